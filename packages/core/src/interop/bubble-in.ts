/**
 * What LangGraph throws to speak to itself (an interrupt, a command to a parent), where it stands behind an error as its cause: it has to
 * reach LangGraph as it is.
 */
function bubbleIn(thrown: unknown): unknown {
  try {
    for (let one = thrown, depth = 0; one !== undefined && one !== null && depth < 8; one = Object(one).cause, depth++)
      if (Object(one).is_bubble_up === true) return one;
  } catch {
    // What cannot be looked at is none of it.
  }
  return undefined;
}

/** A run inside LangGraph's: what that throws to speak to itself passes through the run as it is. */
export async function bubbling<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw bubbleIn(thrown) ?? thrown;
  }
}

/** The same of what a run gives piece by piece. */
export async function* bubblingEach<T>(pieces: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* pieces;
  } catch (thrown) {
    throw bubbleIn(thrown) ?? thrown;
  }
}
