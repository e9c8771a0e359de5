import { abortError } from "./abort-error.js";

/**
 * Work that a signal ends: once that is aborted, what the work throws is `ABORTED`, or `TIMEOUT` of a signal by time, whatever its reason is.
 * @param of what begins the sentence: "measure"
 * @example
 * const models = await stoppable("The download", signal, () => fetchAll({ signal }));
 */
export async function stoppable<T>(of: string, signal: AbortSignal | undefined, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw signal?.aborted ? abortError(signal.reason, of) : thrown;
  }
}
