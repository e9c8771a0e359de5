/**
 * Whether a state is blank: all of its texts are, and there is nothing else in it. Of nothing, models say what they like best.
 * @example
 * saysNothing({ mail: " ", notes: [] }); // true
 */
export function saysNothing(state: unknown): boolean {
  if (typeof state === "string") return state.trim() === "";
  return state === undefined || state === null || (typeof state === "object" && Object.values(state).every(saysNothing));
}
