import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { TroupeError } from "@troupe/core";
import { z } from "zod";

const about = z.object({
  /** Pixels of the square that it sees. */
  side: z.int().positive(),
  /** Parts that it is seen as, with the whole. */
  parts: z.int().positive(),
  /** What is remembered of a row: for each layer keys and values, of so many heads with so many numbers each. */
  layers: z.int().positive(),
  heads: z.int().positive(),
  size: z.int().positive(),
  begin: z.int().nonnegative(),
  end: z.int().nonnegative(),
  pad: z.int().nonnegative(),
  /** Ids of a caption at the most: where it is not said, and at all. */
  longest: z.int().positive(),
  positions: z.int().positive(),
  /** With one for what is made of no other. */
  tokens: z.array(z.string()).refine((all) => all.includes("[UNK]")),
});

/** What `blip_to_onnx.py` wrote beside the graphs, and the bytes of these. */
export interface CaptionerFile extends z.infer<typeof about> {
  readonly encoder: string;
  readonly decoder: string;
  readonly bytes: number;
}

/** Reads what is known of a captioner in a folder. Throws MODEL_MISSING and MODEL_DAMAGED. */
export function readCaptioner(folder: string): CaptionerFile {
  const [encoder, decoder] = [join(folder, "encoder.onnx"), join(folder, "decoder.onnx")];
  try {
    const known = about.parse(JSON.parse(readFileSync(join(folder, "captioner.json"), "utf8")));
    return { ...known, encoder, decoder, bytes: statSync(encoder).size + statSync(decoder).size };
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new TroupeError(missing ? "MODEL_MISSING" : "MODEL_DAMAGED", `There is no ${missing ? "" : "whole "}captioner in this folder`, {
      file: folder,
      hint: "Give a folder with encoder.onnx, decoder.onnx and captioner.json, as blip_to_onnx.py writes them",
      cause,
    });
  }
}
