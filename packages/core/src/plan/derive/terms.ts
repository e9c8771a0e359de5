import { valuesOf } from "../../schema/resolve.js";
import type { Brief, Card } from "../brief.js";
import { conceptOf, conceptsOf } from "./concepts.js";

/** The words of a member, as concepts. */
export interface Terms {
  readonly name: readonly string[];
  /** Of each field that it gives. */
  readonly fields: readonly (readonly string[])[];
  readonly labels: readonly string[];
  readonly does: readonly string[];
  readonly all: ReadonlySet<string>;
}

/** What the words of each member are. */
export type TermsOf = (card: Card) => Terms;

export function termsOf(card: Card): Terms {
  const fields = Object.values(card.gives).map(({ name }) => conceptsOf(name));
  const labels = Object.values(card.takes).flatMap(({ schema }) => (valuesOf(schema) ?? []).filter((one) => typeof one === "string"));
  return {
    name: conceptsOf(card.name),
    fields,
    all: new Set([...conceptsOf(`${card.name} ${card.does}`), ...fields.flat()]),
    labels: labels.map((label) => conceptOf(label)),
    does: conceptsOf(
      `${card.does} ${Object.values(card.takes)
        .filter(({ schema }) => schema.type !== "string")
        .map(({ description }) => description)
        .join(" ")}`,
    ),
  };
}

/** How much a word tells in a team: less the more members have it. */
export function rarityOf({ members }: Brief): (concept: string) => number {
  const found = new Map<string, number>();
  for (const card of members) for (const one of new Set(conceptsOf(`${card.name} ${card.does}`))) found.set(one, (found.get(one) ?? 0) + 1);
  return (concept) => Math.log(1 + members.length / (found.get(concept) ?? 1));
}
