import { TroupeError } from "@troupe/core";
import { watchedPython } from "../../python/watched-python.js";

/**
 * Runs a Python script that watches its standard input, to its end.
 *
 * Throws PYTHON_MISSING, PYTHON_FAILED with the end of its error output, and the signal's reason.
 */
export async function runScript(
  python: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
  options: { pip?: boolean } = {},
): Promise<void> {
  signal?.throwIfAborted();
  const { stdin, gone, errors } = watchedPython(python, [...args], () => undefined, options);
  const stop = () => stdin.end();
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
