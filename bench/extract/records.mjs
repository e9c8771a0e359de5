import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** The records of a JSONL file. */
export const recordsOf = async (file) =>
  (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Which half of a file a record belongs to, by the last bit of its id's hash: the odd one was looked at while building. */
export const halfOf = ({ id }) => (createHash("sha256").update(id).digest().at(-1) % 2 ? "odd" : "even");

/** Equal but for case, accents, spaces and punctuation. */
export const squeezed = (text) =>
  String(text ?? "")
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
