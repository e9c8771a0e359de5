/**
 * What LangGraph throws to speak to itself (an interrupt, a command to a parent), where it stands behind an error as its cause: it has to
 * reach LangGraph as it is.
 */
export function bubbleIn(thrown: unknown): unknown {
  for (let one = thrown, depth = 0; one !== undefined && one !== null && depth < 8; one = Object(one).cause, depth++)
    if (Object(one).is_bubble_up === true) return one;
  return undefined;
}
