import { dirname } from "node:path";
import { pythonFile } from "./python-file.js";
import { pythonVariables } from "./python-variables.js";

/**
 * How Python is started, wherever it is: it runs no module and reads no setting that lies in the working folder, in the user's site or in
 * a `PYTHON…` variable, and sees no keys. Its standard streams are UTF-8 and unbuffered.
 */
export const isolation = (pip = false) => ({
  flags: ["-I", "-B", "-u", "-X", "utf8"] as const,
  /** A folder of the package's own. On Windows a program is looked for in it, too, before the path. */
  cwd: dirname(pythonFile("watched.py")),
  env: pythonVariables(pip),
});
