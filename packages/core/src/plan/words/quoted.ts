export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Opening marks, each with those that close it. */
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "„": "“”",
  "‘": "’",
  "‚": "‘’",
  "«": "»",
  "»": "«",
  "‹": "›",
  "(": ")",
  "[": "]",
  "{": "}",
};
const brackets = /[([{]/;
const inWord = /[\p{L}\p{N}]/u;

/** What stands between quotation marks, the marks left out, and between brackets, these included; the outermost, in order. */
export function quotedIn(text: string): readonly (Span & { readonly bracket: boolean })[] {
  const found: (Span & { bracket: boolean })[] = [];
  const unclosed = new Set<string>();
  for (let i = 0; i < text.length; i++) {
    const mark = text.charAt(i);
    const closing = closers[mark];
    const bracket = brackets.test(mark);
    // An apostrophe stands behind a letter, a quotation mark does not.
    if (closing === undefined || unclosed.has(mark) || (!bracket && inWord.test(text[i - 1] ?? ""))) continue;
    const end = closedAt(text, i + 1, closing, bracket);
    if (end === undefined) {
      unclosed.add(mark);
      continue;
    }
    found.push(bracket ? { start: i, end: end + 1, bracket } : { start: i + 1, end, bracket });
    i = end;
  }
  return found;
}

function closedAt(text: string, from: number, closing: string, bracket: boolean): number | undefined {
  for (let i = from; i < text.length; i++) {
    if (!closing.includes(text.charAt(i))) continue;
    if (bracket || !inWord.test(text[i + 1] ?? "")) return i;
  }
  return undefined;
}
