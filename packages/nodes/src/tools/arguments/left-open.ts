import { type JsonSchema, senseOf } from "@troupe/core";
import { alternatives, endsOf } from "../../text/extraction/one-of-two.js";
import { parametersOf } from "../parameter.js";
import { boundOf } from "./bounds.js";
import { isNumeric } from "./numbers-for.js";
import type { Said } from "./said.js";

/** How far behind a number another one takes its place. */
const reach = 40;
/** `4, no, make that 6`; `4, sorry, 6`. */
const takenBack =
  /^[^.!?\d]*?(?:(?<!\p{L})(?:no|sorry|wait|nein|entschuldigung|perdón)\s*[,–-]|(?<!\p{L})(?:make (?:it|that)|i mean|or rather|ich meine|mejor dicho)(?!\p{L}))[^.!?\d]*$/iu;
/** `From 5 to 10` says where it goes. */
const led = /(?<!\p{L})(?:from|von|vom|de|desde)\s*$/iu;
/** What stands before a number in whose place another one is. */
const replaced = /(?<!\p{L})(?:instead of|rather than|(?:an)?statt|en (?:vez|lugar) de)\s*$/iu;

/** A number that is not to be passed is said all the same: `no more than 6`, `nicht länger als 30`. */
const bounded =
  /(?<!\p{L})(?:than|over|above|below|under|beyond|past|before|after|until|als|über|unter|vor|nach|bis|(?:más|menos|mayor|menor|antes|después) (?:de|del|que))\s*$/iu;

/**
 * What a request says for a function that takes one number: without those that it leaves open between two (`between 4 and 6 guests`,
 * `4 or 6`), or says in the place of another, and without those that it denies beside another (`4, not 6`). A function that takes several
 * may take both, and so may one that takes the most or the least.
 */
export function leftOpen(said: Said, parameters: JsonSchema): Said {
  const takers = parametersOf(parameters).filter(
    ({ type, either, items }) => !["string", "boolean"].includes(String(type)) || either || items,
  );
  const [only, ...more] = takers;
  if (!only || more.length > 0 || !isNumeric(only) || boundOf(only.name) !== undefined) return said;
  const { text, numbers } = said;
  const denied = numbers.filter(({ start, end }) => {
    const front = text.slice(Math.max(0, start - 16), start);
    return replaced.test(front) || (!bounded.test(front) && senseOf(text, start, end) === false);
  });
  const open = new Set([
    ...(denied.length < numbers.length ? denied : []),
    ...numbers.flatMap((first, i) => {
      const second = numbers[i + 1];
      if (!second) return [];
      const pair = [first, second] as const;
      const amid = text.slice(first.end, second.start);
      const isRange = endsOf(text, pair).size > 0 && !led.test(text.slice(Math.max(0, first.start - 8), first.start));
      return isRange || alternatives(text, pair).size > 0 || (amid.length <= reach && takenBack.test(amid)) ? pair : [];
    }),
  ]);
  return open.size === 0 ? said : { ...said, numbers: numbers.filter((one) => !open.has(one)) };
}
