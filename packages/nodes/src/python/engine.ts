import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Json, stoppable, TroupeError } from "@troupe/core";
import { pythonEnvironment } from "./environment.js";
import { pythonFile } from "./python-file.js";
import { type WatchedPython, watchedPython } from "./watched-python.js";

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Told what is done; `part` is from 0 to 1. */
  progress?(message: string, part?: number): void;
}

/** An engine that lives in Python: one child process, started by the first request, ended with this process. */
export interface PythonEngine {
  /**
   * Answers a request. Requests are answered one at a time, in order; an abort ends the child, and the next request starts another.
   *
   * Throws PYTHON_MISSING, PYTHON_SETUP, ENGINE_FAILED with what Python said, the code of a refusal, and ABORTED or TIMEOUT once the signal is aborted.
   */
  ask(request: Readonly<Record<string, Json>>, options?: AskOptions): Promise<Json>;
  /** Ends the child once what was asked before is answered. The next request starts another. */
  close(): Promise<void>;
}

/** What the child writes: how far it is, or how a request ended. */
type Line = { part: number } | Ending;
type Ending = { answer: Json } | { refused: string; what: string } | { failed: string; trace: string };

interface Running extends WatchedPython {
  /** Takes what the child writes of the request under way, and its end. */
  take?: ((line: Line | { gone: unknown }) => void) | undefined;
}

/**
 * Declares the engine of a module: `<name>.py` with `<name>.requirements.txt` (all it needs, pinned, with hashes, as `pip-compile
 * --generate-hashes` writes it) in a folder, by default the package's `python`. The module has `answer(request, progress)`. Nothing is started; the environment is made when first needed.
 *
 * @example
 * const whisper = pythonEngine("whisper");
 * const { text } = (await whisper.ask({ model: path, audio: "memo.wav" }, { signal })) as { text: string };
 */
export function pythonEngine(name: string, folder?: string): PythonEngine {
  const file = (of: string) => (folder ? join(folder, of) : pythonFile(of));
  let running: Running | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = async (options: AskOptions): Promise<Running> => {
    const requirements = await readFile(file(`${name}.requirements.txt`), "utf8");
    const python = await pythonEnvironment(name, requirements, options);
    options.signal?.throwIfAborted();
    const started: Running = { ...watchedPython(python, [pythonFile("engine.py"), file(`${name}.py`)], (line) => started.take?.(line)) };
    const ended = (error: unknown) => {
      if (running === started) running = undefined;
      started.take?.({ gone: error });
    };
    started.gone.then((code) => ended(died(name, code, started.errors())), ended);
    return started;
  };

  const answer = async (request: object, { signal, progress }: AskOptions): Promise<Json> => {
    signal?.throwIfAborted();
    running ??= await start({ ...(signal ? { signal } : {}), ...(progress ? { progress } : {}) });
    const current = running;
    current.keepAlive(true);
    try {
      return await new Promise<Json>((resolve, reject) => {
        const aborted = () => {
          current.kill();
          if (running === current) running = undefined;
          settle(() => reject(signal?.reason));
        };
        const settle = (how: () => void) => {
          signal?.removeEventListener("abort", aborted);
          current.take = undefined;
          how();
        };
        current.take = (line) => {
          if ("part" in line) progress?.(`${name} works`, line.part);
          else if ("gone" in line) settle(() => reject(line.gone));
          else if ("answer" in line) settle(() => resolve(line.answer));
          else settle(() => reject(errorOf(name, line)));
        };
        signal?.addEventListener("abort", aborted, { once: true });
        current.stdin.write(`${JSON.stringify(request)}\n`);
      });
    } finally {
      // It ends when its input closes.
      current.keepAlive(false);
    }
  };

  const asked = (request: object, options: AskOptions): Promise<Json> => {
    const { signal } = options;
    const turn = last.then(() => answer(request, options));
    last = turn.catch(() => undefined);
    if (!signal) return turn;
    // One that waits for its turn does not wait for it to end.
    return new Promise<Json>((resolve, reject) => {
      const aborted = () => reject(signal.reason);
      if (signal.aborted) aborted();
      signal.addEventListener("abort", aborted, { once: true });
      turn.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
    });
  };

  return Object.freeze({
    ask(request: object, options: AskOptions = {}) {
      return stoppable(`The request to ${name}`, options.signal, () => asked(request, options));
    },
    async close() {
      await last;
      const ending = running;
      running = undefined;
      if (!ending) return;
      ending.keepAlive(true);
      ending.stdin.end();
      await ending.gone.catch(() => undefined);
    },
  });
}

function errorOf(name: string, ending: Exclude<Ending, { answer: Json }>): TroupeError {
  if ("refused" in ending) return new TroupeError(ending.refused, ending.what);
  const { failed, trace } = ending;
  const hint = /MemoryError|bad_alloc|out of memory/i.test(failed)
    ? "Close other programs or use a smaller model."
    : "The whole of what Python said is in `text`.";
  return new TroupeError("ENGINE_FAILED", `The Python engine ${name} failed: ${failed}`, { text: trace, hint });
}

function died(name: string, code: number | NodeJS.Signals, errors: string): TroupeError {
  const how = typeof code === "number" ? `with exit code ${code}` : `by ${code}`;
  const why = errors.split("\n").slice(-3).join(" ");
  return new TroupeError("ENGINE_FAILED", `The Python engine ${name} ended ${how} while it worked${why ? `: ${why}` : ""}`, {
    text: errors,
    hint: code === "SIGKILL" ? "The system may have ended it for want of memory; close other programs." : "Ask again: it is started anew.",
  });
}
