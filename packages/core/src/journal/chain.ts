import { createHash } from "node:crypto";

/** Enough to notice damage by; it is no proof against forgery. */
const bytes = 16;

/** What a chain begins with. */
export const start = Buffer.alloc(bytes);

/** What is kept of a batch, and stands under its link. */
export interface Linked {
  readonly run: number;
  readonly seq: number;
  readonly time: number;
  readonly kept: string | null;
  /** JSON, in UTF-8. */
  readonly records: string | Uint8Array;
}

/** The link of a batch: a digest over it and the link before it. A thread's name is not in it, so that a chain can be gone on with elsewhere. */
export function linkOf(before: Uint8Array, { run, seq, time, kept, records }: Linked): Buffer {
  return digest(before, `${run} ${seq} ${time} ${kept ?? ""}\n`, records);
}

/** A digest over some values, told apart from one another. */
export const sumOf = (values: readonly (string | number | null)[]): Buffer => digest(JSON.stringify(values));

function digest(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, bytes);
}
