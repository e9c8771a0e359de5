/** Milliseconds that the thread is held at a time. */
const breath = 15;

/** A browser has no `setImmediate`, and waits a little longer. */
const later: (work: () => void) => void = globalThis.setImmediate ?? globalThis.setTimeout;

/** To be awaited again and again amid a long computation. */
export type Breathe = () => Promise<void>;

/** Lets others have the thread every few milliseconds; throws the signal's reason once it is aborted. */
export function breather(signal?: AbortSignal): Breathe {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < breath) return;
    await new Promise<void>((resolve) => later(resolve));
    signal?.throwIfAborted();
    since = performance.now();
  };
}
