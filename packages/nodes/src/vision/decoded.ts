import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Limits, limitCrossed } from "@troupe/core";
import { afterCpu } from "./after-cpu.js";
import { workable } from "./picture.js";

/** A page's greys, a byte a pixel, row by row. */
interface Greys {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The pages of a PDF or a BMP, decoded one by one in a thread that ends with this. */
export interface Decoded {
  readonly pages: number;
  /** A page, counted from 0. Rejects with LIMIT_CROSSED, what the decoder says, and the signal's reason. */
  page(number: number): Promise<Greys>;
  close(): void;
}

type Answer = Greys | { readonly tooMany: number } | { readonly failed: string } | { readonly pages: number };

/** Opens a PDF or a BMP. Rejects as its pages do. */
export async function decoded(
  bytes: Uint8Array,
  type: string,
  { limits, signal }: { readonly limits: Limits; readonly signal: AbortSignal },
): Promise<Decoded> {
  const worker = new Worker(new URL("./decode-worker.js", import.meta.url), {
    workerData: { bytes, type, most: limits.pixels, workable },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const answer = async <A extends Answer>(): Promise<A> => {
    const done = new AbortController();
    const stop = AbortSignal.any([signal, done.signal]);
    const disarm = afterCpu(limits.cpuMs, () => done.abort(limitCrossed("cpuMs", limits, "Decoding a page")));
    try {
      const [said] = (await Promise.race([
        once(worker, "message", { signal: stop }),
        once(worker, "exit", { signal: stop }).then(() => [{ failed: "its decoder ended" }]),
      ])) as [Answer];
      if ("failed" in said) throw new Error(said.failed);
      if ("tooMany" in said) throw limitCrossed("pixels", limits, `A page of ${said.tooMany.toLocaleString("en")} pixels`);
      return said as A;
    } catch (error) {
      worker.terminate();
      throw stop.aborted ? stop.reason : error;
    } finally {
      disarm();
      done.abort();
    }
  };
  const { pages } = await answer<{ pages: number }>();
  return {
    pages,
    page: (number) => {
      worker.postMessage(number);
      return answer<Greys>();
    },
    close: () => void worker.terminate(),
  };
}
