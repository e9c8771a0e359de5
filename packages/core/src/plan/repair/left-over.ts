import { misfits } from "../../check/misfits.js";
import type { Json } from "../../graph/json.js";
import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { holdsMedia, itemOf, type Slot } from "../slot.js";
import { bare } from "./step.js";

/** Values that a request states so plainly that they can be told from its words: numbers, quoted texts, days, addresses of mail. */
const stated: readonly { readonly kind: "number" | "text"; readonly pattern: RegExp }[] = [
  { kind: "text", pattern: /(?<![\p{L}\p{N}])'([^'\n]{1,80})'(?![\p{L}\p{N}])|"([^"\n]{1,80})"|“([^”\n]{1,80})”/gu },
  { kind: "text", pattern: /\b(\d{4}-\d{2}-\d{2})\b/g },
  { kind: "text", pattern: /\b([\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,20})\b/g },
  { kind: "number", pattern: /(?<![\p{L}\d.,-])(\d{1,12}(?:\.\d{1,6})?)(?![\p{L}\d]|[.,-]\d)/gu },
];

/** A request longer than this is a document, whose values are not all meant for the plan. */
const longest = 2000;

/**
 * The one value that a request states, that is of the slot's type, and that no argument holds yet; undefined where there are none or
 * several.
 */
export function leftOver({ request, shown, given }: Brief, plan: Plan, slot: Slot): Json | undefined {
  if (request.length > longest || Object.keys(shown).length > 0 || holdsMedia(slot.schema) || itemOf(slot.schema)) return undefined;
  const kind =
    slot.schema.type === "string" ? "text" : slot.schema.type === "number" || slot.schema.type === "integer" ? "number" : undefined;
  if (kind === undefined) return undefined;
  const held = plan.tasks.flatMap(({ args }) => Object.values(args)).flatMap((value) => textsIn(value as Json));
  const names = new Set(Object.keys(given).map(bare));
  const left = valuesIn(request).filter(({ text }) => !names.has(bare(text)));
  for (const one of held) {
    const at = left.findIndex(({ text }) => text === one);
    if (at >= 0) left.splice(at, 1);
  }
  const open = left.filter((one) => one.kind === kind && !held.some((text) => text.includes(one.text)) && isOfUnit(one.unit, slot));
  const values = kind === "number" ? open.map(({ text }) => Number(text)) : open.map(({ text }) => text);
  return values.length === 1 && misfits(slot.schema, values[0]).length === 0 ? values[0] : undefined;
}

/** Words for what a number counts, that a place may ask for in another one. */
const units = new Set(
  "second minute hour day week month year millisecond kilometer mile meter km kg gram pound liter gallon cent".split(" "),
);

/** Whether a number counts what a place asks for, as far as either says: five minutes are no five seconds. */
function isOfUnit(unit: string, { name, description }: Slot): boolean {
  const asked =
    `${name} ${description}`
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.map((word) => word.replace(/s$/, "")) ?? [];
  return !units.has(unit) || !asked.some((word) => units.has(word)) || asked.includes(unit);
}

/** What a request states, each once, and no part of another. */
function valuesIn(request: string): { readonly kind: "number" | "text"; readonly text: string; readonly unit: string }[] {
  let rest = request;
  return stated.flatMap(({ kind, pattern }) => {
    const found = [...rest.matchAll(pattern)].map((match) => ({
      kind,
      text: match
        .slice(1)
        .find((group) => group !== undefined)!
        .trim(),
      unit: /^[ -]([a-z]{2,12}?)s?\b/.exec(request.slice(match.index + match[0].length).toLowerCase())?.[1] ?? "",
    }));
    rest = rest.replace(pattern, (all) => " ".repeat(all.length));
    return found;
  });
}

const textsIn = (value: Json): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap((one) => textsIn(one as Json)) : [String(value)];
