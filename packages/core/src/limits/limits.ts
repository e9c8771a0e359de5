import { optionInvalid } from "../error/option-invalid.js";

/** What foreign data may take. What crosses one is the error `LIMIT_CROSSED`, which names it; `Infinity` is no limit. */
export interface Limits {
  /** Bytes of one medium, whether a file, a download or given as they are. Default: 100,000,000. */
  readonly mediaBytes: number;
  /** Milliseconds to fetch one medium, redirects and body included. Default: 60,000. */
  readonly fetchMs: number;
  /** Pixels of one image or page, width times height. Default: 50,000,000. */
  readonly pixels: number;
  /** Seconds of sound in one recording. Default: 3,600. */
  readonly seconds: number;
  /** Pages of one document. Default: 100. */
  readonly pages: number;
  /** Characters (UTF-16 code units) of one text. Default: 1,000,000. */
  readonly characters: number;
  /** Levels of lists and objects in one JSON value. Default: 100. */
  readonly jsonDepth: number;
  /** Characters of one JSON value, written out. Default: 10,000,000. */
  readonly jsonSize: number;
  /** Milliseconds of CPU that one piece of work over foreign data may take: a pattern, a parse, a page. Default: 10,000. */
  readonly cpuMs: number;
  /** Tokens of one answer of a model. Default: 16,384. */
  readonly tokens: number;
}

/** Such that a server can run with them. */
const defaults: Limits = {
  mediaBytes: 100_000_000,
  fetchMs: 60_000,
  pixels: 50_000_000,
  seconds: 3_600,
  pages: 100,
  characters: 1_000_000,
  jsonDepth: 100,
  jsonSize: 10_000_000,
  cpuMs: 10_000,
  tokens: 16_384,
};

/**
 * Limits with the defaults for all that is not given.
 * @throws TroupeError `OPTION_INVALID` for an unknown name, or a value that is no number above 0
 * @example limitsOf({ mediaBytes: 500_000_000 }).pixels // 50_000_000
 */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw optionInvalid("compile", "limits", "is no record", "Write limits: { mediaBytes: 500_000_000 }.");
  const limits: Record<string, number> = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, name))
      throw optionInvalid("limits", name, "is none of them", `There are ${Object.keys(defaults).join(", ")}.`);
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value > 0)) throw optionInvalid("limits", name, "is no number above 0", "Infinity is no limit.");
    limits[name] = value;
  }
  return Object.freeze(limits) as unknown as Limits;
}
