import { valuesOf } from "../../schema/resolve.js";
import type { Brief } from "../brief.js";
import { itemOf } from "../slot.js";
import { labelsIn } from "../words/literals/labels-in.js";
import { namedCodesIn } from "../words/literals/named-codes.js";
import { suits } from "../words/literals/suits.js";
import { partsOf } from "../words/parts.js";
import { cancel, isCanceller } from "./canceller.js";
import { conceptOf, conceptsOf } from "./concepts.js";
import { orderIn } from "./order-in.js";
import { spoken } from "./words.js";

/** What is done to the world, as concepts: nothing that is only like it stands for it. */
const acts = new Set(["send", "publish", "order", "book", "pay", "cancel"]);
const into = new Set("in into ins auf zu al en".split(" "));
/** How far before a language such a word stands. */
const near = 24;

/**
 * What a request asks for that nobody in a team does, whatever comes near: an act on the world, or a language that none of those who
 * take or make languages has.
 */
export function beyond({ request, members, given, wanted }: Brief): readonly string[] {
  if (request === "") return [];
  const parts = partsOf(request).filter(({ negated }) => !negated);
  const acting = members.filter(({ effects }) => effects);
  const done = new Set(acting.flatMap((card) => (isCanceller(card) ? [cancel()] : conceptsOf(`${card.name} ${card.does}`))));
  const missing = parts.flatMap(({ text }) => {
    const act = conceptOf(orderIn(text) ?? "");
    return acts.has(act) && !done.has(act) ? [`what "${text}" asks for`] : [];
  });
  return [...missing, ...foreign()];

  /** Languages that are asked for, where members speak of others. */
  function foreign(): readonly string[] {
    const takes = members.flatMap((card) => Object.values(card.takes));
    if (takes.some((slot) => slot.schema.enum === undefined && suits(slot, "language") === 1)) return [];
    const slots = [...members.flatMap(({ takes, gives }) => [takes, gives]), given].flatMap((all) => Object.values(all));
    const texts = [
      ...members.map(({ name, does }) => `${spoken(name)}. ${does}`),
      ...slots.map(({ name, description }) => `${spoken(name)}. ${description}`),
    ];
    const known = new Set(texts.flatMap(languagesIn).map(({ value }) => value));
    const spokenOf = new Set(
      Object.values(wanted)
        .flatMap(({ description }) => languagesIn(description))
        .map(({ value }) => value),
    );
    const has = (value: unknown, text: string) => known.has(value as string) || labels.some((all) => labelsIn(text, all).length > 0);
    const labels = takes.map(({ schema }) => valuesOf(itemOf(schema) ?? schema) ?? []);
    const named = Object.values(wanted).filter(({ name, description }) => {
      const [one, ...more] = languagesIn(spoken(name));
      return one && more.length === 0 && !languagesIn(description).some(({ value }) => value !== one.value) && !has(one.value, one.text);
    });
    return [
      ...named.map(({ name }) => name),
      ...languagesIn(request).flatMap(({ value, text, start }) => {
        const before =
          request
            .slice(Math.max(0, start - near), start)
            .toLowerCase()
            .match(/\p{L}+/gu)
            ?.at(-1) ?? "";
        return has(value, text) || spokenOf.has(value) || !into.has(before) ? [] : [`anything in ${text}`];
      }),
    ];
  }
}

const languagesIn = (text: string) => namedCodesIn(text).filter(({ kind }) => kind === "language");
