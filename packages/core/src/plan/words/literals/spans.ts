import { isRounded } from "../../../schema/is-rounded.js";
import { lazily } from "../../lazily.js";
import { quotedIn } from "../quoted.js";
import type { Literal } from "./literal.js";

const email = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const url = /(?<![A-Za-z\d])https?:\/\/[^\s"'<>]*[^\s"'<>.,;:!?)]|(?<![A-Za-z\d])www\.[^\s"'<>]*[^\s"'<>.,;:!?)]/gu;
const phone =
  /(?<![\p{L}\d])0\d{2,4}[ /-]\d{5,8}(?!\d)|(?<![\p{L}\d])\+\d[\d\s()-]{5,}\d|(?<![\d-])\d{3}[-.\s]\d{3,4}[-.\s]\d{4}(?!\d)|(?<!\d)\d{7,15}(?!\d)/gu;
const code =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])(?=[\p{L}\p{N}_/-]{0,63}\d)(?=[\p{L}\p{N}_/-]{0,63}\p{Lu})[\p{L}\p{N}]+(?:[-_/][\p{L}\p{N}]+)*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])[A-Z][A-Z0-9]{1,9}(?![\p{L}\p{N}])|#[\p{L}\d][\p{L}\d_-]*/gu;
/** Versions, ratios, numbers of files and locales: `3.8.1`, `4:3`, `4-3-3`, `2026-771`, `fr-FR`. */
const numbered =
  /(?<![\p{L}\p{N}.,:/-])(?:v?\d+(?:\.\d+){2,}|\d+(?:-\d+){2,}|\d{3,}-\d+|\d+:\d+(?:-[\p{L}\p{N}]+)*|[a-z]{2}-[A-Z]{2})(?![\p{L}\p{N}%]|[.,:/-]\d)/gu;
/** Numbers that lose digits as numbers: those of orders and parcels. */
const long = /(?<![\p{L}\p{N}.,:/+-])\d{16,}(?![\p{L}\p{N}%]|[.,:/-]\d)/gu;
const capital = String.raw`(?:\p{Lu}\p{L}{0,2}\.(?=\s)|(?:\p{Lu}\.)+|\p{Lu}[\p{L}\p{N}'’&-]*(?:\.[\p{L}\p{N}]+)*)`;
const joiner = String.raw`(?:\s+(?:of|de|del|von|van|the|&|la|le|du|da)){0,2}`;
const name = lazily(
  () => new RegExp(String.raw`(?<![\p{L}\p{N}])${capital}(?:${joiner}\s+${capital}|\s+\d{1,4}(?![\p{L}\d%]|[.,:/-]\d))*`, "gu"),
);
/** Where a sentence begins a capital says nothing. */
const beginning = /(?:^|[.!?:;\n]\s*|["“„«'(]\s*)$/;

/** Quotations, addresses (mail, web, telephone), codes and names in a text, as they stand. */
export function spansIn(text: string): readonly Literal[] {
  const of = (kind: Literal["kind"], pattern: RegExp): Literal[] =>
    [...text.matchAll(pattern)].map((one) => {
      const said = one[0].replace(/(?:['’]s|[.'’&-]+)$/u, (tail) => (/\.\p{Lu}\.$/u.test(one[0]) ? tail : ""));
      return { kind, value: said, text: said, start: one.index, end: one.index + said.length };
    });
  const names = of("name", name()).flatMap((one): Literal[] => {
    if (/^(?:I|I['’]\p{L}+)$/u.test(one.text)) return [];
    if (!beginning.test(text.slice(Math.max(0, one.start - 3), one.start))) return [one];
    const rest = /\s+(\p{Lu}.*)$/su.exec(one.text)?.[1];
    return rest ? [{ ...one, value: rest, text: rest, start: one.end - rest.length }] : [];
  });
  const quotations = quotedIn(text)
    .filter(({ bracket, start, end }) => !bracket && end > start && end - start < text.trim().length - 2)
    .map(({ start, end }): Literal => ({ kind: "quoted", value: text.slice(start, end), text: text.slice(start, end), start, end }));
  return [
    ...quotations,
    ...of("email", email),
    ...of("url", url),
    ...of("phone", phone),
    ...of("code", code),
    ...of("code", numbered),
    ...of("code", long).filter(({ text }) => isRounded(text)),
    ...names,
  ].sort((a, b) => a.start - b.start);
}
