import type { Issue } from "../error/issue.js";
import { didYouMean, listed } from "../error/nearest.js";
import { parted } from "../graph/plan.js";
import { compatible } from "../schema/compatible.js";
import type { Brief } from "./brief.js";
import { type Place, placeName, type Source, sourceName } from "./derive/edges.js";
import { publicFor, trustedFor } from "./derive/marked.js";
import { itemOf } from "./slot.js";

/**
 * What a team settles for good that is no place, comes from nowhere, or can't stand there.
 * @example
 * checkSettle({ "translate.txt": "summarize.summary" }, brief); // unknown-place: Did you mean "translate.text"?
 */
export function checkSettle(settle: Readonly<Record<string, string>>, brief: Brief): readonly Issue[] {
  const places = placesOf(brief);
  const sources = sourcesOf(brief);
  return Object.entries(settle).flatMap(([to, from]): Issue[] => {
    const path = ["settle", to];
    const place = places.get(to);
    if (!place) {
      const hint = didYouMean(to, places.keys(), `There are ${listed([...places.keys()])}.`);
      return [{ code: "unknown-place", path, message: `"${to}" is no argument of a member and no output.`, hint }];
    }
    const source = sources.get(from);
    if (!source) {
      const hint = didYouMean(from, sources.keys(), `There are ${listed([...sources.keys()])}.`);
      return [{ code: "unknown-source", path, message: `"${from}" is no input and no field that a member gives.`, hint }];
    }
    const why = unfit(place, source) ?? unmarked(place, source, brief) ?? circle(place, source, settle);
    return why === undefined ? [] : [{ code: "settle-unfit", path, message: `"${to}" can't be settled with "${from}": ${why}.` }];
  });
}

/** A place of a plan and its source; a member that is asked twice has its places twice. */
type Standing = { readonly place: string; readonly source: string };

/**
 * Open places with their likeliest sources as an option of a team, beside what it settles already, ready to paste. Undefined where each source is a list or a literal,
 * which no place is settled with, where two tasks of one member have two sources there, or where the team names no outputs and these are
 * the places.
 * @example
 * settleLine(derived, brief); // settle: {"translate.text":"summarize.summary"}
 */
export function settleLine(
  { open, settled }: { readonly open: readonly Standing[]; readonly settled: readonly Standing[] },
  brief: Brief,
): string | undefined {
  const [places, sources] = [placesOf(brief), sourcesOf(brief)];
  const isOne = (one: Standing) => settled.every(({ place, source }) => place !== one.place || source === one.source);
  const named = open.flatMap((one) => (places.has(one.place) && sources.has(one.source) && isOne(one) ? [[one.place, one.source]] : []));
  return named.length === 0 ? undefined : `settle: ${JSON.stringify({ ...brief.settle, ...Object.fromEntries(named) })}`;
}

/** Why the derivation would not take a source at a place. */
function unfit(place: Place, source: Source): string | undefined {
  if (source.card && source.card === place.card) return "a task can't take its own answer";
  if (source.card?.effects && place.card) return `${source.card.name} acts on the world, and no task takes what it gives`;
  if (source.card && !source.slot.required) return `${source.card.name} may leave it out`;
  const item = itemOf(place.slot.schema);
  const why = compatible(source.slot.schema, place.slot.schema);
  return why === undefined || (item && compatible(source.slot.schema, item) === undefined) ? undefined : why;
}

/** Which mark of a place a source goes against, whatever a run gives. */
function unmarked(place: Place, source: Source, { labels }: Brief): string | undefined {
  const { card, slot } = source;
  if (!trustedFor(place, source, {})) return "it takes only what is trusted";
  const secret = card ? card.passage?.gives[slot.name]?.private : labels?.[slot.name]?.private;
  return secret && !publicFor(place, { private: true }) ? "it takes nothing private" : undefined;
}

/** Why what is settled leads back to where it began. */
function circle({ card: taker }: Place, { card: giver }: Source, settle: Readonly<Record<string, string>>): string | undefined {
  if (!taker || !giver) return undefined;
  const feeds = new Set([giver.name]);
  // A set gives also what is added while it is gone through.
  for (const one of feeds) {
    for (const [to, from] of Object.entries(settle)) if (parted(to)[0] === one) feeds.add(parted(from)[0]);
  }
  return feeds.has(taker.name) ? `${giver.name} is settled to work on what ${taker.name} gives` : undefined;
}

function placesOf({ members, wanted }: Brief): ReadonlyMap<string, Place> {
  const places: Place[] = [
    ...Object.values(wanted).map((slot) => ({ slot })),
    ...members.flatMap((card) => Object.values(card.takes).map((slot) => ({ card, slot }))),
  ];
  return new Map(places.map((place) => [placeName(place), place]));
}

function sourcesOf({ members, given }: Brief): ReadonlyMap<string, Source> {
  const sources: Source[] = [
    ...Object.values(given).map((slot) => ({ slot })),
    ...members.flatMap((card) => Object.values(card.gives).map((slot) => ({ card, slot }))),
  ];
  return new Map(sources.map((source) => [sourceName(source), source]));
}
