import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { TroupeError } from "@troupe/core";

/** A file of the package's `python` folder; how far up that is depends on whether this runs from source or from the build. */
export function pythonFile(name: string): string {
  for (const up of ["../python", "../../python", "../../../python"]) {
    const path = fileURLToPath(new URL(`${up}/${name}`, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new TroupeError("INSTALL_DAMAGED", `${name} is not in the package @troupe/nodes`, { hint: "Install it again." });
}
