import type { Parameter } from "../parameter.js";
import type { Said } from "./said.js";
import { stateOfCity, usStates } from "./us-states.js";
import { spoken } from "./words-said.js";

const places = /\b(?:locations?|cit(?:y|ies)|towns?|places?|address(?:es)?|destinations?|origins?|where|venues?|area)\b/i;
const regions = /\b(?:countr(?:y|ies)|states?|regions?|provinces?)\b/i;
/** A description that wants a city with its state, as it says or as its example shows: `e.g. Denver, CO`. */
const withState = /\bcity(?:,| and| &) state\b|\p{Lu}\p{L}+, \p{Lu}{2}\b/iu;
const codeShown = /\p{Lu}\p{L}+, \p{Lu}{2}(?!\p{L})/u;
const codes: ReadonlySet<string> = new Set(usStates.values());

/**
 * A place that a request says, as its parameter takes it: whole, with the country or the state that stands behind it (`Rome, Italy`), unless
 * another parameter takes these; and where the description wants a city with its state, with the state of a city that has no namesake.
 */
export function placeFor(value: string, one: Parameter, siblings: readonly Parameter[], said: Said): string {
  const { description = "" } = one;
  if (!places.test(spoken(one.name)) && !places.test(description)) return value;
  const apart = siblings.some((other) => other !== one && regions.test(spoken(other.name)));
  const whole = apart ? value : withRegion(value, said);
  if (!withState.test(description) || apart) return whole;
  const [city, state] = whole.split(/,\s*/);
  if (state) return codeShown.test(description) && usStates.has(state) ? `${city}, ${usStates.get(state)}` : whole;
  const known = stateOfCity.get(whole.toLowerCase());
  return known ? `${whole}, ${known}` : whole;
}

/** A place with the country or state that the request says right behind it. */
function withRegion(value: string, { text, regions: named }: Said): string {
  const at = text.toLowerCase().indexOf(value.toLowerCase());
  if (at < 0 || value.includes(",")) return value;
  const [behind = "", called] = /^,\s+(\p{Lu}[\p{L}.]*(?:\s\p{Lu}\p{L}+)*)/u.exec(text.slice(at + value.length)) ?? [];
  const region = called?.replace(/\.$/, "");
  if (!region || !(usStates.has(region) || codes.has(region) || named.has(region))) return value;
  return text.slice(at, at + value.length + behind.length).replace(/\.$/, "");
}
