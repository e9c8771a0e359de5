import { TroupeError } from "@troupe/core";
import { freeMemory } from "../llamacpp/memory.js";
import { letGo, loadedOnce } from "../loaded.js";
import { type CaptionerFile, readCaptioner } from "./captioner-file.js";
import { beamSearch } from "./decoding/beams.js";
import type { Decoder, Decoding } from "./decoding/decoding.js";
import { greedy } from "./decoding/greedy.js";
import { loadGraphs } from "./graphs.js";
import { type WordPiece, wordPiece } from "./wordpiece.js";

export interface Captioned {
  readonly text: string;
  /** As the model wrote them, with those it began with, and the end where it came to one. */
  readonly ids: readonly number[];
  /** Whether the caption came to its end before the bound. */
  readonly ended: boolean;
}

/** A captioner in memory. It computes in threads of its own, for one batch at a time. */
export interface Captioner {
  readonly file: CaptionerFile;
  readonly words: WordPiece;
  /**
   * Captions for images that are looked at together, each as `pixelsOf` gives it. All begin with the same ids. An abort is heeded before
   * each step; rejects with its reason.
   */
  caption(pixels: readonly Float32Array[], begin: readonly number[], decoding: Decoding, signal: AbortSignal): Promise<Captioned[]>;
  /** Frees it once it has done what it was asked. `loadCaptioner` gives another one then. */
  dispose(): Promise<void>;
}

/** Bytes that the runtime takes beside the weights, for a few images. */
const buffers = 1_200_000_000;

/** Bytes that a captioner takes when it is at work. */
export const memoryOf = ({ bytes, parts }: Pick<CaptionerFile, "bytes" | "parts">): number => bytes + Math.round((buffers * parts) / 577);

/** The captioner in a folder, loaded once. Throws MODEL_MISSING, MODEL_DAMAGED and MODEL_MEMORY. */
export function loadCaptioner(folder: string): Promise<Captioner> {
  const key = `captioner ${folder}`;
  return loadedOnce(key, async () => {
    const file = readCaptioner(folder);
    const needed = memoryOf(file);
    if (needed > freeMemory())
      throw new TroupeError("MODEL_MEMORY", `The model needs about ${(needed / 1e9).toFixed(1)} GB, and less is free`, {
        file: folder,
        hint: "Free memory",
      });
    const graphs = await loadGraphs(file).catch((cause) => {
      throw new TroupeError("MODEL_DAMAGED", `onnxruntime does not load this model: ${cause.message}`, {
        file: folder,
        hint: "Write it again with blip_to_onnx.py, or fetch it again",
        cause,
      });
    });
    const words = wordPiece(file.tokens);
    let there = true;
    const leave = () => {
      if (there) letGo(key);
      there = false;
    };
    graphs.ended.then(leave);
    const inTurn = queue();
    return {
      file,
      words,
      caption: (pixels, begin, decoding, signal) =>
        inTurn(async () => {
          const size = 3 * file.side ** 2;
          const together = new Float32Array(pixels.length * size);
          for (const [i, one] of pixels.entries()) together.set(one, i * size);
          signal.throwIfAborted();
          await graphs.see(together);
          const decoder: Decoder = {
            next(ids, order) {
              signal.throwIfAborted();
              return graphs.next(ids, order);
            },
          };
          try {
            const decode = decoding.beams > 1 ? beamSearch : greedy;
            const all = await decode(decoder, [file.begin, ...begin], pixels.length, decoding, file);
            return all.map((ids) => ({ text: words.decode(ids), ids, ended: ids.at(-1) === file.end }));
          } finally {
            await graphs.rest();
          }
        }),
      async dispose() {
        if (!there) return;
        leave();
        await inTurn(() => graphs.close());
      },
    };
  });
}

/** Does one thing after the other. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
