import { createHash } from "node:crypto";
import { type Calibration, TroupeError } from "@troupe/core";
import { z } from "zod";
import { featuresFor } from "./features.js";
import type { Head } from "./train-head.js";

/** A head that was trained apart, with what it was made from and how well it does. */
export interface KeptHead extends Head {
  /** The embedding model whose vectors it was trained on, as `provider:name`, and the numbers a vector has. */
  readonly embeddings: {
    readonly model: string;
    readonly size: number;
    /** Its vector of the first label, by which it is known again: floats as those of the weights. Absent where that is nothing. */
    readonly probe?: string | undefined;
  };
  readonly examples: number;
  /** On examples held out in turn: the share that is right, and the calibration error over 15 bins. */
  readonly measured: { readonly right: number; readonly error: number };
}

const version = 2;

const form = z.object({
  head: z.literal(version),
  labels: z.array(z.string()).min(2),
  embeddings: z.object({ model: z.string(), size: z.int().positive(), probe: z.string().optional() }),
  examples: z.int().nonnegative(),
  measured: z.object({ right: z.number(), error: z.number() }),
  calibration: z.object({
    version: z.literal(1),
    data: z.string(),
    cases: z.int(),
    scale: z.object({ temperature: z.number().positive(), none: z.number() }),
    risk: z.number().optional(),
    threshold: z.number().optional(),
  }),
  /** Little-endian floats of 32 bits, in base64. */
  weights: z.string(),
  offsets: z.array(z.number()),
  /** Of labels, offsets and weights: which label is whose is told by their order alone. */
  digest: z.string(),
});

/**
 * A head as the text of its file: JSON that names its version, labels, embedding model, calibration and the hash of its data.
 * @example
 * await writeFile("topics.head.json", writeHead(await train(examples, { embeddings: embeddings("llamacpp:minilm") })));
 */
export function writeHead({ linear, ...head }: KeptHead): string {
  const [offsets, weights] = [[...linear.offsets], packed(linear.weights)];
  const told = { head: version, ...head, offsets, digest: sha256([head.labels, offsets, weights]), weights };
  return `${JSON.stringify(told, null, 1)}\n`;
}

/**
 * The head of a file's text.
 * @throws TroupeError `HEAD_INVALID`, which names the file.
 * @example
 * const { labels, calibration } = readHead(await readFile("topics.head.json", "utf8"), "topics.head.json");
 */
export function readHead(text: string, file: string): KeptHead {
  const invalid = (why: string, cause?: unknown) =>
    new TroupeError("HEAD_INVALID", `${file} holds no head that this version reads: ${why}`, {
      file,
      hint: "Train it again: troupe train EXAMPLES --out FILE.",
      cause,
    });
  let given: unknown;
  try {
    // An editor may have put a mark before it.
    given = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw invalid("it is no JSON", cause);
  }
  const read = form.safeParse(given);
  if (!read.success) throw invalid(z.prettifyError(read.error).replaceAll("\n", " "));
  const { head: _, weights, offsets, digest, calibration, ...told } = read.data;
  const numbers = unpacked(weights);
  const { size, probe } = told.embeddings;
  const count = told.labels.length * featuresFor(size);
  if (offsets.length !== told.labels.length || numbers.length !== count) throw invalid("its weights do not fit its labels");
  if (new Set(told.labels).size < told.labels.length) throw invalid("a label stands in it twice");
  // Letters that are none of base64 are passed over where they are read.
  if (packed(numbers) !== weights || !numbers.every(Number.isFinite)) throw invalid("its weights are damaged");
  if (probe !== undefined && unpacked(probe).length !== size) throw invalid("its probe is damaged");
  // A number of JSON may be more than one of 32 bits holds.
  const added = Float32Array.from(offsets);
  if (!added.every(Number.isFinite)) throw invalid("an offset of it is too large");
  if (digest !== sha256([told.labels, offsets, weights])) throw invalid("its labels or weights are not those that were trained");
  return { ...told, calibration: calibration as Calibration, linear: { weights: numbers, offsets: added } };
}

/** Numbers as little-endian floats of 32 bits, in base64. */
export function packed(numbers: Iterable<number>): string {
  const floats = Float32Array.from(numbers);
  const bytes = Buffer.alloc(floats.length * 4);
  for (const [i, one] of floats.entries()) bytes.writeFloatLE(one, i * 4);
  return bytes.toString("base64");
}

/** The numbers that such a text holds. */
export function unpacked(text: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}

/** `sha256:` and the hash of texts and what is known of each, in their order. */
export function hashOfExamples(plain: readonly (readonly [text: string, known: unknown])[]): string {
  return sha256(plain);
}

const sha256 = (value: unknown): string => `sha256:${createHash("sha256").update(JSON.stringify(value)).digest("hex")}`;
