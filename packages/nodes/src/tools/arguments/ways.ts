import type { Json } from "@troupe/core";
import type { Parameter } from "../parameter.js";
import { candidatesFor } from "./candidates-for.js";
import type { Said } from "./said.js";
import { alike, spoken, wordsOf } from "./words-said.js";

/** Parameters that say where something comes from and where it goes, and the words that lead to each in a request. */
const from = {
  place: /\b(?:from|source|origin|input|base|start|departure)\b/i,
  leads: /(?:\bfrom|\bbetween|\bconvert(?:ing)?(?: the)?|\bvon|\baus|\bdesde|\d)\s*$/i,
};
const to = {
  place: /\b(?:to|target|destination|output|end|arrival)\b/i,
  leads: /(?:\bhow many|\bhow much|\bto|\binto|\bin|\bas|\band|\bnach|\ba)\s*$/i,
};

/**
 * Of two texts that say where something comes from and where it goes the way round that the request's words say: `How many cups are in
 * 3 litres` goes from litres to cups. As they are where its words say neither.
 */
export function ways(args: Readonly<Record<string, Json>>, fields: readonly Parameter[], said: Said): Readonly<Record<string, Json>> {
  const texts = fields.filter(({ name, type }) => type === "string" && typeof args[name] === "string");
  const sources = texts.filter(({ name }) => from.place.test(spoken(name)));
  const targets = texts.filter(({ name }) => to.place.test(spoken(name)) && !from.place.test(spoken(name)));
  const [source] = sources;
  const [target] = targets;
  if (!source || !target || sources.length + targets.length > 2) return args;
  const own = [args[source.name] as string, args[target.name] as string] as const;
  const values = [...new Set([...own, ...[source, target].flatMap((one) => (candidatesFor(one, said) ?? []).map(String))])];
  const pairs = values.flatMap((one) => values.filter((other) => other !== one).map((other) => [one, other] as const));
  const allowed = pairs.filter(([one, other]) => isFor(one, source) && isFor(other, target));
  const worth = ([one, other]: readonly [string, string]) =>
    one === other ? -1 : leads(one, from.leads, said) + leads(other, to.leads, said);
  const best = allowed.reduce((most, one) => (worth(one) > worth(most) ? one : most), own);
  return { ...args, [source.name]: best[0], [target.name]: best[1] };
}

const isFor = (value: string, { labels }: Parameter): boolean => !labels || labels.includes(value);

/** How often a text is led to by such words in a request. */
function leads(value: string, lead: RegExp, { text }: Said): number {
  const [first] = wordsOf(value);
  if (!first) return 0;
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(
    ({ 0: word, index }) => alike(wordsOf(word)[0] ?? "", first) && lead.test(text.slice(Math.max(0, index - 24), index)),
  ).length;
}
