/**
 * What a promise gives, or the signal's reason as soon as it is aborted, whether or not the work notices.
 * @example
 * const vectors = await unlessAborted(loaded.embedDocuments(texts), signal);
 */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
