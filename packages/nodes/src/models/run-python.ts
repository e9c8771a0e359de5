import { spawn } from "node:child_process";
import { TroupeError } from "@troupe/core";

/** The Python to use: `$TROUPE_PYTHON`, else `python3` (`python` on Windows). */
export const pythonCommand = (): string => process.env.TROUPE_PYTHON || (process.platform === "win32" ? "python" : "python3");

/**
 * Runs Python to its end and gives what it printed. The child stays in this process's group, so that a Ctrl-C reaches it too.
 *
 * Throws PYTHON_MISSING where there is none, PYTHON_FAILED with the end of its error output, and the signal's reason.
 */
export function runPython(
  args: readonly string[],
  { signal, env = {}, python = pythonCommand() }: { signal?: AbortSignal | undefined; env?: NodeJS.ProcessEnv; python?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const child = spawn(python, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    const end = () => child.kill("SIGKILL");
    process.once("exit", end);
    signal?.addEventListener("abort", end, { once: true });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err = (err + data).slice(-4000)));
    const done = (settle: () => void) => {
      process.off("exit", end);
      signal?.removeEventListener("abort", end);
      settle();
    };
    child.on("error", (cause) =>
      done(() =>
        reject(
          new TroupeError("PYTHON_MISSING", `Python does not start: ${python}`, {
            hint: "Install Python 3 with venv and pip, or name another with TROUPE_PYTHON",
            cause,
          }),
        ),
      ),
    );
    child.on("close", (code) =>
      done(() => {
        if (signal?.aborted) return reject(signal.reason);
        if (code === 0) return resolve(out);
        const text = err.trim().split("\n").slice(-3).join(" ");
        reject(new TroupeError("PYTHON_FAILED", `${python} ended with code ${code}: ${text}`, { text: err }));
      }),
    );
  });
}
