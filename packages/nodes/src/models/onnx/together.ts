/** What waits for a batch. `like` tells which may go together. */
interface Waiting<T, R> {
  readonly item: T;
  readonly like: string;
  readonly signal: AbortSignal | undefined;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/** Takes items one by one and has them done together: those that came while others were done, and are alike, are the next batch. */
export type Together<T, R> = (item: T, like: string, signal: AbortSignal | undefined) => Promise<R>;

/**
 * One batch at a time, of at most so many. An item that is aborted leaves at once; the signal that a batch is done under is aborted once
 * all of its items are. A batch that fails, fails all of its items.
 */
export function together<T, R>(most: number, work: (items: readonly T[], signal: AbortSignal) => Promise<readonly R[]>): Together<T, R> {
  const queue: Waiting<T, R>[] = [];
  let busy = false;

  const next = async (): Promise<void> => {
    busy = true;
    for (;;) {
      const [first] = queue;
      if (!first) break;
      const batch = queue.filter(({ like }) => like === first.like).slice(0, most);
      for (const one of batch) queue.splice(queue.indexOf(one), 1);
      const stop = new AbortController();
      const left = () => {
        if (batch.every(({ signal }) => signal?.aborted)) stop.abort(first.signal?.reason);
      };
      for (const { signal } of batch) signal?.addEventListener("abort", left, { once: true });
      try {
        const results = await work(
          batch.map(({ item }) => item),
          stop.signal,
        );
        for (const [i, { resolve }] of batch.entries()) resolve(results[i]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      } finally {
        for (const { signal } of batch) signal?.removeEventListener("abort", left);
      }
    }
    busy = false;
  };

  return (item, like, signal) =>
    new Promise<R>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = () => {
        const at = queue.indexOf(one);
        if (at >= 0) queue.splice(at, 1);
        reject(signal?.reason);
      };
      const settle = <V>(how: (value: V) => void) => {
        return (value: V) => {
          signal?.removeEventListener("abort", leave);
          how(value);
        };
      };
      const one: Waiting<T, R> = { item, like, signal, resolve: settle(resolve), reject: settle(reject) };
      signal?.addEventListener("abort", leave, { once: true });
      queue.push(one);
      // What is asked for in the same moment is one batch.
      if (!busy) {
        busy = true;
        queueMicrotask(() => void next());
      }
    });
}
