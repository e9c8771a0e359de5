import { optionInvalid } from "../error/option-invalid.js";
import { isRecord, say } from "../schema/say.js";

/**
 * Holds a state to text, JSON or messages. Of anything else a model would be told `null` or `{}`, and answer all the same.
 * @throws TroupeError `OPTION_INVALID`, which says what stands in it
 * @example
 * checkState({ mail: "I was charged twice", since: new Date() }); // throws: it holds an object of class Date
 */
export function checkState(state: unknown): void {
  const hint = "Give a text, JSON or LangChain's messages: ctx.decide({ state: ticket.text, questions }).";
  const wrong = state === undefined || state === null ? `is ${say(state)}` : holds(state, new Set());
  if (wrong !== undefined) throw optionInvalid("decide", "state", wrong, hint);
}

/** What of a value cannot be told, in words; undefined where all can. `around` are the objects that it stands in. */
function holds(value: unknown, around: Set<object>): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `holds ${value}, which is no number of JSON`;
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") return `holds ${say(value)}`;
  if (typeof value !== "object" || value === null || isMessage(value)) return undefined;
  if (around.has(value)) return "holds itself";
  const parts = Object.values(value);
  // A date, a map, a promise: what they say stands in no field of theirs.
  if (parts.length === 0 && !Array.isArray(value) && !isRecord(value)) return `holds ${say(value)}`;
  around.add(value);
  for (const part of parts) {
    const wrong = holds(part, around);
    if (wrong !== undefined) return wrong;
  }
  around.delete(value);
  return undefined;
}

/** A message of whichever copy of LangChain, which the model reads by its own means. */
const isMessage = (value: object): boolean => typeof (value as { getType?: unknown }).getType === "function";
