import { mark, type Specialist, specialist } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { type PersonalKind, personalKinds } from "./redaction/kinds.js";
import { personalIn } from "./redaction/personal-in.js";
import { placeholder, placeholdersIn } from "./redaction/placeholder.js";

export interface RedactOptions {
  /** Default: `redact`. */
  readonly name?: string;
  readonly does?: string;
  /** What is taken out. Default: all kinds. */
  readonly kinds?: readonly PersonalKind[];
}

/** A text without what is personal in it, and what is needed to put it back. */
export interface Redacted {
  /** The text with a placeholder for each: `[PERSON_1]`. */
  readonly redacted: string;
  /** What stood where, by placeholder. */
  readonly vault: Record<string, string>;
  /** How many different ones were found, by kind. */
  readonly found: Partial<Record<PersonalKind, number>>;
}

/**
 * Takes personal data out of a text: names of people, mail addresses, numbers to call, postal addresses, dates of birth, account and card
 * numbers whose checksums hold, numbers that states and firms give to people, web addresses that name a user, addresses of machines. By
 * patterns and by what stands beside, in some twenty languages; no model is asked. What it gives as `redacted` is public, the vault is
 * private. It finds most and never all: for what must not leave in any case, let the private text stay.
 * @throws TroupeError `OPTION_INVALID`
 * @example
 * const redactMails = redactWith({ name: "redactMails", kinds: ["mail"] });
 */
export function redactWith(options: RedactOptions = {}): Specialist<{ text: string }, Redacted> {
  checkOptions("redactWith", options, {
    name: z.string().optional(),
    does: z.string().optional(),
    kinds: z.array(z.enum(personalKinds)).min(1).optional(),
  });
  const { name = "redact", does = "Takes personal data out of a text", kinds = personalKinds } = options;
  return specialist({
    name,
    does,
    input: z.object({ text: z.string() }),
    output: z.object({
      redacted: mark.public(z.string()),
      vault: mark.private(z.record(z.string(), z.string())),
      found: mark.public(z.partialRecord(z.enum(personalKinds), z.int())),
    }),
    run: ({ text }) => redactText(text, kinds),
  }) as Specialist<{ text: string }, Redacted>;
}

/** Takes all kinds of personal data out of a text; `redactWith` has options. */
export const redact = redactWith();

function redactText(text: string, kinds: readonly PersonalKind[]): Redacted {
  const vault: Record<string, string> = {};
  const found: Partial<Record<PersonalKind, number>> = {};
  // One that stands in the text already would be put back wrongly.
  const there = placeholdersIn(text);
  const numbers: Partial<Record<PersonalKind, number>> = {};
  const known = new Map<string, string>();
  const placeholderOf = (kind: PersonalKind, value: string): string => {
    const key = `${kind} ${value}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let made: string;
    do made = placeholder(kind, (numbers[kind] = (numbers[kind] ?? 0) + 1));
    while (there.has(made));
    found[kind] = (found[kind] ?? 0) + 1;
    known.set(key, made);
    vault[made] = value;
    return made;
  };
  let redacted = "";
  let at = 0;
  for (const { start, end, kind } of personalIn(text, kinds)) {
    redacted += text.slice(at, start) + placeholderOf(kind, text.slice(start, end));
    at = end;
  }
  return { redacted: redacted + text.slice(at), vault, found };
}
