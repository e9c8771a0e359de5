import { createHash } from "node:crypto";
import type { RunRecord } from "../engine/record.js";
import type { Statement } from "./database.js";

/** A value whose JSON has at least so many characters, and none of whose parts has, is kept once, beside the records. */
const large = 8192;

/** Where in a batch a value stood (the record's number, then keys), and the SHA-256 of its JSON in hex. */
type Place = readonly [path: readonly (string | number)[], hash: string];

/** A batch as it is kept. */
export interface Parted {
  /** JSON, with `null` for each value that stands beside. */
  readonly records: string;
  /** JSON of where these stood; null where there are none. */
  readonly kept: string | null;
  /** Their JSON, by hash. */
  readonly values: ReadonlyMap<string, string>;
}

/** Takes the large values out of a batch. */
export function parted(records: readonly RunRecord[]): Parted {
  const whole = JSON.stringify(records);
  const places: Place[] = [];
  const values = new Map<string, string>();
  if (whole.length < large) return { records: whole, kept: null, values };
  const path: (string | number)[] = [];
  const keep = (value: unknown): null => {
    const text = JSON.stringify(value);
    const hash = createHash("sha256").update(text).digest("hex");
    places.push([[...path], hash]);
    values.set(hash, text);
    return null;
  };
  /** What is left of the value that was looked at last, where a part of it was taken out. */
  let left: unknown;
  /** About how long a value's JSON is, or -1 where something was taken out. It may have millions of parts, so nothing is made for one that stays. */
  const lengthOf = (value: unknown): number => {
    if (typeof value === "string") return value.length < large ? value.length : taken(value);
    if (!isPlain(value)) return String(value).length;
    let length = 2;
    let rest: any;
    const look = (key: string | number, part: unknown) => {
      path.push(key);
      const found = lengthOf(part);
      path.pop();
      if (found < 0) (rest ??= Array.isArray(value) ? [...value] : { ...value })[key] = left;
      length += String(key).length + found + 4;
    };
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) look(i, value[i]);
    else for (const key of Object.keys(value)) look(key, (value as Record<string, unknown>)[key]);
    if (rest !== undefined) {
      left = rest;
      return -1;
    }
    // A record itself is no value.
    return length < large || path.length < 2 ? length : taken(value);
  };
  const taken = (value: unknown): number => {
    left = keep(value);
    return -1;
  };
  lengthOf(records);
  if (places.length === 0) return { records: whole, kept: null, values };
  return { records: JSON.stringify(left), kept: JSON.stringify(places), values };
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || "toJSON" in value) return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Puts the values back where they stood. @throws TypeError where a place or a value is not there */
export function joined(records: unknown[], kept: string | null, textOf: (hash: string) => string): unknown[] {
  if (kept === null) return records;
  for (const [path, hash] of JSON.parse(kept) as Place[]) {
    let at: any = records;
    for (const key of path.slice(0, -1)) at = ownOf(at, key);
    const last = path.at(-1)!;
    if (ownOf(at, last) !== null) throw new TypeError(`nothing was taken out at ${path.join(".")}`);
    at[last] = JSON.parse(textOf(hash));
  }
  return records;
}

function ownOf(value: any, key: string | number): any {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) throw new TypeError(`there is no ${key}`);
  return value[key];
}

/** Keeps a batch's large values, and says of each of them, and of the media that its records name, that the run uses it. */
export function besides(thread: number, run: number, { records, values }: Parted): Statement[] {
  return [
    ...[...values].flatMap(([hash, text]) => [
      { sql: "INSERT OR IGNORE INTO beside (hash, form, value) VALUES (?, 'json', ?)", values: [bytesOf(hash), text] },
      uses(thread, run, hash, "form = 'json'"),
    ]),
    // A list of many media is a large value itself.
    ...mediaNamed([records, ...values.values()]).map((hash) => uses(thread, run, hash, "form LIKE '.%'")),
  ];
}

const uses = (thread: number, run: number, hash: string, which: string): Statement => ({
  sql: `INSERT OR IGNORE INTO uses SELECT ?, ?, id FROM beside WHERE hash = ? AND ${which}`,
  values: [thread, run, bytesOf(hash)],
});

/** Keeps in mind that a run needs a medium in the folder. */
export const mediumUsed = (thread: number, run: number, hash: string, extension: string): readonly [Statement, Statement] => [
  { sql: "INSERT INTO beside (hash, form) VALUES (?, ?) ON CONFLICT DO UPDATE SET form = form", values: [bytesOf(hash), `.${extension}`] },
  uses(thread, run, hash, "form LIKE '.%'"),
];

const bytesOf = (hash: string): Buffer => Buffer.from(hash.replace(/^sha256:/, ""), "hex");

/** The hashes in texts that may be those of media. */
function mediaNamed(texts: readonly string[]): string[] {
  const named = texts.filter((text) => text.includes('"sha256:'));
  return [...new Set(named.flatMap((text) => [...text.matchAll(/"sha256:([0-9a-f]{64})"/g)].map(([, hash]) => hash!)))];
}
