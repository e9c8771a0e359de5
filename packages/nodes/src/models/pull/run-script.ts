import { TroupeError } from "@troupe/core";
import { watchedPython } from "../../python/watched-python.js";

/** The Python to use where none of Troupe's own environments is needed. */
export const systemPython = (): string => process.env.TROUPE_PYTHON || (process.platform === "win32" ? "python" : "python3");

/**
 * Runs a Python script that watches its standard input, to its end.
 *
 * Throws PYTHON_MISSING, PYTHON_FAILED with the end of its error output, and the signal's reason.
 */
export async function runScript(python: string, args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const { child, gone, errors } = watchedPython(python, [...args], () => undefined);
  const stop = () => child.stdin.end();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const code = await gone;
    signal?.throwIfAborted();
    if (code === 0) return;
    const text = errors();
    throw new TroupeError("PYTHON_FAILED", `${python} ended with ${code}: ${text.split("\n").slice(-3).join(" ")}`, { text });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
