import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isolation } from "./isolation.js";
import { systemPython } from "./system-python.js";

export interface PythonHere {
  /** What was started, or would have been. */
  readonly command: string;
  /** `[3, 11, 7]`; absent where it does not start. */
  readonly version?: readonly [number, number, number];
  /** Whether it has venv and ensurepip, which environments are made with. */
  readonly venv: boolean;
}

const look = `import json, sys
try:
    import venv, ensurepip
    has = True
except ImportError:
    has = False
print(json.dumps({"version": list(sys.version_info[:3]), "venv": has}))`;

/**
 * Which Python engines would be run with, as `troupe doctor` tells. Nothing is installed and nothing of the working folder is run.
 * @example const { version, venv } = await pythonHere();
 */
export async function pythonHere(): Promise<PythonHere> {
  const command = systemPython();
  const { flags, cwd, env } = isolation();
  try {
    const { stdout } = await promisify(execFile)(command, [...flags, "-c", look], { cwd, env, timeout: 20_000, windowsHide: true });
    return { command, ...JSON.parse(stdout) };
  } catch {
    return { command, venv: false };
  }
}
