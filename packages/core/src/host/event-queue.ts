/** Events on their way to one listener, which may be slower than the run. */
export interface EventQueue<T> {
  push(event: T): void;
  /** Ends after what was pushed. */
  end(): void;
  [Symbol.asyncIterator](): AsyncGenerator<T, void>;
}

export function eventQueue<T>(): EventQueue<T> {
  const waiting: T[] = [];
  let ended = false;
  let wake = () => {};
  return {
    push(event) {
      waiting.push(event);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        for (const event of waiting.splice(0)) yield event;
        if (waiting.length) continue;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
