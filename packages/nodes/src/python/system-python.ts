import { resolve } from "node:path";

/** The Python to use where none of Troupe's own environments is needed: `$TROUPE_PYTHON`, a path or a name, else the system's. */
export function systemPython(): string {
  const own = process.env.TROUPE_PYTHON;
  if (!own) return process.platform === "win32" ? "python" : "python3";
  // A path is meant from where the user stands, and Python is not started there.
  return /[/\\]/.test(own) ? resolve(own) : own;
}
