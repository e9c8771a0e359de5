import { valuesOf } from "../../schema/resolve.js";
import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import { labelsIn } from "../words/literals/labels-in.js";
import { namedCodesIn } from "../words/literals/named-codes.js";
import { classOf } from "./class-of.js";
import type { Work } from "./made.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import { spoken } from "./words.js";

/** Whether the words of an output name the label, the language or the currency that a task takes, 1, or another, -1. */
export function labelledOf({ members }: Brief): (output: Slot, work: Work) => number {
  /** Whether a text says a label that some member takes. */
  const saysLabel = memo((text: string): boolean =>
    members.some((one) => Object.values(one.takes).some(({ schema }) => labelsIn(text, valuesOf(schema) ?? []).length > 0)),
  );
  /** Whether an output is in a language or currency that some member takes as it is told, and this one has not by itself. */
  const saysOption = memoOfTwo((output: Slot, card: Card): boolean => {
    const slots = members.flatMap(({ takes }) => Object.values(takes)).filter(({ schema }) => valuesOf(schema) === undefined);
    const codes = sorts.flatMap((sort) => (slots.some((slot) => classOf(slot) === sort) ? codesIn(output, sort) : []));
    const own = namedCodesIn([card.name, card.does, ...Object.keys(card.gives)].map(spoken).join(". ")).map(({ value }) => value);
    return codes.some((code) => !own.includes(code));
  });
  const saidFor = (slot: Slot, output: Slot, text: string, value: string): readonly string[] => {
    const values = valuesOf(slot.schema);
    if (values) return labelsIn(text, values).concat(values.includes(output.name) ? [output.name] : []);
    const sort = classOf(slot);
    const codes = isSort(sort) ? codesIn(output, sort) : [];
    return codes.map((code) => (codesOf(value).includes(code) ? value : code));
  };
  return (output, { card, args }) => {
    const text = `${spoken(output.name)} ${output.description}`;
    const found = Object.values(card.takes).map((slot): number => {
      const from = args[slot.name]?.from;
      if (!from || !("literal" in from)) return 0;
      const value = String(from.literal);
      const said = saidFor(slot, output, text, value);
      return said.length === 0 ? 0 : said.includes(value) ? 1 : -1;
    });
    if (found.every((one) => one === 0) && (saysLabel(text) || saysOption(output, card))) return -1;
    return found.includes(-1) ? -1 : Math.max(0, ...found);
  };
}

const sorts = ["language", "currency"] as const;
type Sort = (typeof sorts)[number];
const isSort = (sort: string | undefined): sort is Sort => sorts.some((one) => one === sort);

/** The languages or currencies that an output is said to be in, as codes: by what they are called, or by the end of its name, `price_usd`. */
function codesIn({ name, description }: Slot, sort: Sort): readonly string[] {
  const named = namedCodesIn(`${spoken(name)}. ${description}`).filter(({ kind }) => kind === sort);
  const end = / (?:(\p{L}{2})|(\p{L}{3}))$/u.exec(spoken(name));
  const code = sort === "language" ? end?.[1] : end?.[2]?.toUpperCase();
  return [...named.map(({ value }) => String(value)), ...(code ? [code] : [])];
}

/** What a value is the code of, or is itself. */
const codesOf = (value: string): readonly string[] => [
  value.length === 2 ? value.toLowerCase() : value.toUpperCase(),
  ...namedCodesIn(value).map((one) => String(one.value)),
];
