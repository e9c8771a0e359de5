import { literalsOf, type Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import { wordsOf } from "../derive/words.js";
import { holdsMedia, itemOf, type Slot } from "../slot.js";
import { groundedFor } from "../words/literals/grounded.js";
import type { Literal } from "../words/literals/literal.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { bare } from "./step.js";

/** A request longer than this is a document, whose values are not all meant for the plan. */
const longest = 2000;
/** What must speak for a value, by its kind and the words about it, and how much more than for any other. */
const enough = 0.9;
const ahead = 0.3;

/**
 * The value that a request states for an argument, as a derivation weighs it: by its kind and the words about it, among those that no
 * argument holds yet. Undefined where others are about as likely.
 */
export function stated(brief: Brief, plan: Plan, slot: Slot): Json | undefined {
  const { request, shown } = brief;
  if (request.length > longest || Object.keys(shown).length > 0 || holdsMedia(slot.schema) || itemOf(slot.schema)) return undefined;
  const [best, ...others] = groundedFor(slot, request, openLiterals(brief, plan));
  if (!best || best.score < enough) return undefined;
  const next = others.find(({ start, end }) => start >= best.end || end <= best.start);
  return next && best.score - next.score < ahead ? undefined : best.value;
}

/** What a request says that no argument holds, and that is no word of an input or of a member of the plan. */
function openLiterals({ request, given, members }: Brief, plan: Plan): readonly Literal[] {
  const names = new Set(Object.keys(given).map(bare));
  const own = new Set(
    members.filter(({ name }) => plan.tasks.some(({ member }) => member === name)).flatMap(({ name, does }) => wordsOf(`${name} ${does}`)),
  );
  const isName = ({ kind, text }: Literal) => (kind === "name" || kind === "code") && wordsOf(text).every((word) => own.has(word));
  let left = literalsIn(request).filter((one) => !names.has(bare(one.text)) && !isName(one));
  for (const held of literalsOf(plan)) {
    const same = left.find(({ text, value }) => text === held || String(value) === held);
    const taken = same ? [same] : left.filter(({ text }) => text.length > 2 && held.includes(text));
    left = left.filter(({ start, end }) => !taken.some((one) => start < one.end && end > one.start));
  }
  return left;
}
