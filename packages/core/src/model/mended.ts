/** A repair takes time in more than proportion to a text. */
const longest = 50_000;

/** Texts in quotation marks, of which the last may have no end, and comments, which are none in a text. */
const strings =
  /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|'(?:[^'\\]|\\[\s\S]?)*(?:'|$)|“(?:[^”\\]|\\[\s\S]?)*(?:”|$)|`[^`]*(?:`|$)|(?<![\p{L}:])\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/gu;
/** A backslash that is more than a mark of Markdown or a shell, as in `\d` and `C:\Users`: a repair would drop it. */
const escapes = /\\(?!["“”‘’\\/bfnrtu_'\s#&~`<>!@%=,:;]|\$\d|[*-]\s)[\s\S]/;
const unescaped = /\\\\/g;

/** What a repair would fill in by itself, each with what to do about it. Strings are blank in what they are looked for in. */
const made: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})(?:\.\.\.|…)/u, "It leaves something out: write all of it"],
  [/:\s*(?:[,}\]]|$)/, "It has a name without a value: give one, or leave the name out"],
  [/[[:,]\s*(?:-|-?\d[\d.]*e[+-]?)\s*(?:[,}\]]|$)/i, "It has a number that ends half way: write all of it"],
  [/''\s*[\p{L}\p{N}]/u, "It has a quotation mark within a text: write texts in double quotation marks"],
];
const open = "It ends half way, or lacks a quotation mark: close all that it opens";

/** Apostrophes between letters end no text; a repair takes them for ends of texts in single quotation marks. */
const apostrophe = /(?<=\p{L})['’](?=\p{L})/gu;
const stands = { "'": "\uE000", "’": "\uE001" } as const;

/**
 * A broken JSON text made whole: quotation marks, commas, comments, and brackets that are missing at its end, of which there may be none
 * where it has to be `closed`, or one, behind a part that ends, where it has to be so `within`. Undefined where whoever mends it would have to make something up, or would lose something; why is told in `unread`.
 * @example
 * await mended("{'a': 1,}", { closed: false, unread: new Set() }); // '{"a": 1}'
 */
export async function mended(
  broken: string,
  { closed, unread }: { readonly closed: boolean | "within"; readonly unread: Set<string> },
): Promise<string | undefined> {
  if (broken === "" || broken.length > longest) return undefined;
  const marked = broken.replace(apostrophe, (one) => stands[one as keyof typeof stands]);
  const why = unreadable(marked, closed);
  if (why !== undefined) {
    unread.add(why);
    return undefined;
  }
  const { jsonrepair } = await import("jsonrepair");
  try {
    return jsonrepair(marked).replaceAll(stands["'"], "'").replaceAll(stands["’"], "’");
  } catch {
    return undefined; // no JSON, or nested deeper than the repair can follow
  }
}

function unreadable(text: string, closed: boolean | "within"): string | undefined {
  if (escapes.test(text.replace(unescaped, ""))) return "It has a backslash that escapes nothing: write it twice";
  if (/"""|'''/.test(text)) return "It has three quotation marks in a row: write texts in double quotation marks";
  const bare = text.replace(strings, blank).trim();
  const found = made.find(([pattern]) => pattern.test(bare));
  if (found) return found[1];
  const count = openIn(bare);
  const isBehindPart = /[\]}]\s*$/.test(text);
  if (count === 0 || (closed === "within" && count === 1 && isBehindPart)) return undefined;
  // A text or a word that it ends in may have gone on; a number is whole where its writer ended of itself.
  const last = bare.replace(/""|''|``|\b(?:true|false|null|True|False|None)\b/g, "0");
  const isAmid = !isBehindPart && /["'`]|[\p{L},]$/u.test(last);
  return closed || isAmid ? open : undefined;
}

/** How many brackets are left open; what stands in one that is closed is so too, though its own bracket was forgotten: `{"a": [1}`. */
function openIn(bare: string): number {
  const mates: string[] = [];
  for (const c of bare) {
    if (c === "{" || c === "[") mates.push(c === "{" ? "}" : "]");
    else if (c === "}" || c === "]") while (mates.length > 0 && mates.pop() !== c);
  }
  return mates.length;
}

/** The quotation marks of a text, only the first where it has no end; of a comment nothing. */
function blank(one: string): string {
  const mark = one[0] === "“" ? '"' : one[0]!;
  if (mark === "/") return "";
  return one.length > 1 && one.endsWith(one[0] === "“" ? "”" : mark) ? mark + mark : mark;
}
