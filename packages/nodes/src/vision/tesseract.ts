import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Limits, limitCrossed, TroupeError } from "@troupe/core";
import { packageMissing } from "../peer.js";
import { afterCpu } from "./after-cpu.js";
import type { Picture } from "./picture.js";

/** A Tesseract worker (a thread of its own) with the packaged English data, started when it is first used. Nothing is fetched. */
export interface Reader {
  /**
   * Runs Tesseract once over a picture, which may take `limits.cpuMs` for each million of its pixels. Rejects with what Tesseract said,
   * LIMIT_CROSSED, INSTALL_DAMAGED, and the signal's reason.
   */
  recognize(picture: Picture, options: Readonly<Record<string, unknown>>, output: Readonly<Record<string, boolean>>): Promise<any>;
  /** Ends it, whatever it is at. */
  close(): void;
}

export interface ReaderOptions {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Told how far a page is, from 0 to 1. */
  progress(part: number): void;
}

export function openReader({ limits, signal, progress }: ReaderOptions): Reader {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const aborted = () => fail(signal.reason);
  signal.addEventListener("abort", aborted, { once: true });
  let starting: ReturnType<typeof start> | undefined;
  return {
    async recognize(picture, options, output) {
      signal.throwIfAborted();
      starting ??= start(fail, progress);
      const worker = await Promise.race([starting, failed]);
      const ms = limits.cpuMs * Math.max(1, (picture.width * picture.height) / 1e6);
      const disarm = afterCpu(ms, () => fail(limitCrossed("cpuMs", limits, "Reading a page, for each million of its pixels,")));
      try {
        return (await Promise.race([worker.recognize(picture.png as any, options as any, output as any), failed])).data;
      } finally {
        disarm();
      }
    },
    close() {
      signal.removeEventListener("abort", aborted);
      starting?.then(
        (worker) => worker.terminate(),
        () => undefined,
      );
    },
  };
}

async function start(fail: (error: unknown) => void, progress: (part: number) => void) {
  const langPath = dataFolder();
  const { createWorker, OEM } = await import("tesseract.js");
  let working = false;
  const worker = await createWorker("eng", OEM.LSTM_ONLY, {
    langPath,
    cacheMethod: "none",
    gzip: true,
    logger: ({ status, progress: part }) => {
      if (status === "recognizing text") progress(part);
    },
    // Without it an error in the worker ends the process; while it starts, its promise would never settle.
    errorHandler: (error) => {
      if (!working)
        fail(new TroupeError("INSTALL_DAMAGED", `Tesseract does not start: ${error}`, { hint: "Install @troupe/nodes again." }));
    },
  });
  working = true;
  const { worker: thread } = worker as unknown as { worker: import("node:worker_threads").Worker };
  thread.on("error", fail);
  // What is wrong with a picture is told by an error; its library's chatter is not for the terminal.
  thread.stderr.unpipe(process.stderr);
  thread.stderr.resume();
  return worker;
}

/** The folder of the English data. With a file missing, Tesseract would wait for ever. */
function dataFolder(): string {
  const name = "@tesseract.js-data/eng";
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "4.0.0_best_int");
    if (existsSync(join(folder, "eng.traineddata.gz"))) return folder;
  } catch {
    // Not installed.
  }
  throw packageMissing([name]);
}
