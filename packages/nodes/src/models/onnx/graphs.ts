import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CaptionerFile } from "./captioner-file.js";
import type { Decoder } from "./decoding/decoding.js";

/** A captioner's graphs in a thread of their own. One thing is asked of them at a time. */
export interface Graphs extends Decoder {
  /** Looks at images, one after the other in one array: the rows that follow belong to them, as many in turn to each. */
  see(pixels: Float32Array): Promise<void>;
  /** Lets go of what was seen and written. */
  rest(): Promise<void>;
  /** Frees the graphs and ends their thread. */
  close(): Promise<void>;
  /** Settles once the thread has ended, in whatever way. */
  readonly ended: Promise<unknown>;
}

type Answer = { readonly answer?: unknown } | { readonly failed: string };

/** Loads them. Rejects with what onnxruntime says, or that its thread ended. */
export async function loadGraphs(file: CaptionerFile): Promise<Graphs> {
  const { encoder, decoder, layers, heads, size, side } = file;
  const worker = new Worker(new URL("./graphs-worker.js", import.meta.url), {
    workerData: { encoder, decoder, layers, heads, size, side, threads: availableParallelism() },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  // What fails there, the exit tells.
  worker.on("error", () => undefined);
  const ask = async (asks: string, request: object = {}, transfer: ArrayBuffer[] = []): Promise<any> => {
    const done = new AbortController();
    // What is at work holds the program; what waits does not.
    worker.ref();
    try {
      worker.postMessage({ asks, ...request }, transfer);
      const [said] = (await Promise.race([
        once(worker, "message", { signal: done.signal }),
        once(worker, "exit", { signal: done.signal }).then(() => [{ failed: "its thread ended" }]),
      ])) as [Answer];
      if ("failed" in said) throw new Error(said.failed);
      return said.answer;
    } finally {
      done.abort();
      worker.unref();
    }
  };
  const graphs: Graphs = {
    ended: new Promise((resolve) => worker.once("exit", resolve)),
    see: (pixels) => ask("see", { pixels }, [pixels.buffer as ArrayBuffer]),
    async next(ids, order) {
      const logits: Float32Array = await ask("next", { ids, order });
      const width = logits.length / ids.length;
      return ids.map((_, row) => logits.subarray(row * width, (row + 1) * width));
    },
    rest: () => ask("rest"),
    async close() {
      await ask("release");
      await worker.terminate();
    },
  };
  try {
    await ask("load");
    return graphs;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}
