import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { TroupeError } from "@troupe/core";
import { packageMissing, peer } from "../peer.js";

export interface Reader {
  /** Runs Tesseract once over the picture. Rejects with what Tesseract said. */
  recognize(options: Readonly<Record<string, unknown>>, output: Readonly<Record<string, boolean>>): Promise<any>;
}

/**
 * Lends a Tesseract worker (a thread of its own) with the packaged English data to some work on one picture, and ends it afterwards, or
 * at once on abort. Nothing is fetched.
 *
 * Throws PACKAGE_MISSING, INSTALL_DAMAGED, and the signal's reason.
 */
export async function withTesseract<T>(
  picture: Uint8Array,
  { signal, progress }: { signal: AbortSignal; progress(part: number): void },
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { createWorker, OEM } = await peer("tesseract.js", () => import("tesseract.js"), data);
  const langPath = dataFolder();
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  let working = false;
  const starting = createWorker("eng", OEM.LSTM_ONLY, {
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
  const aborted = () => fail(signal.reason);
  signal.addEventListener("abort", aborted, { once: true });
  try {
    const worker = await Promise.race([starting, failed]);
    working = true;
    const { worker: thread } = worker as unknown as { worker: import("node:worker_threads").Worker };
    thread.on("error", fail);
    // What is wrong with a picture is told by an error; its library's chatter is not for the terminal.
    thread.stderr.unpipe(process.stderr);
    thread.stderr.resume();
    const reader: Reader = {
      recognize: async (options, output) =>
        (await Promise.race([worker.recognize(picture as any, options as any, output as any), failed])).data,
    };
    return await work(reader);
  } finally {
    signal.removeEventListener("abort", aborted);
    starting.then(
      (worker) => worker.terminate(),
      () => undefined,
    );
  }
}

const data = "@tesseract.js-data/eng";

/** The folder of the English data. With a file missing, Tesseract would wait for ever. */
function dataFolder(): string {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(`${data}/package.json`)), "4.0.0_best_int");
    if (existsSync(join(folder, "eng.traineddata.gz"))) return folder;
  } catch {
    // Not installed.
  }
  throw packageMissing([data]);
}
