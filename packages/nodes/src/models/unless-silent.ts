import { TroupeError } from "@troupe/core";

/**
 * The same `fetch`, which ends a request whose server says nothing for so many milliseconds: before its headers, or while more of its answer
 * is waited for. Requests and answers fail with TIMEOUT then.
 */
export function unlessSilent(send: typeof fetch, ms: number): typeof fetch {
  return async (input, init) => {
    const gone = new AbortController();
    const signals = [gone.signal, init?.signal].filter((one): one is AbortSignal => Boolean(one));
    const silent = silentFor(ms, input instanceof Request ? input.url : String(input));
    /** What is waited for, or the error where it does not come in time. */
    const within = async <T>(waited: Promise<T>): Promise<T> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(silent);
          gone.abort(silent);
        }, ms);
      });
      return Promise.race([waited, late]).finally(() => clearTimeout(timer));
    };
    const response = await within(send(input, { ...init, signal: AbortSignal.any(signals) }));
    const reader = response.body?.getReader();
    if (!reader) return response;
    const heard = new ReadableStream<Uint8Array>({
      async pull(stream) {
        const { done, value } = await within(reader.read()).catch((error) => {
          throw init?.signal?.aborted ? init.signal.reason : error;
        });
        if (done) stream.close();
        else stream.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
    return new Response(heard, response);
  };
}

// Packages take an error that speaks of time for one of their own, and keep nothing of it.
const silentFor = (ms: number, url: string): TroupeError =>
  new TroupeError("TIMEOUT", `${new URL(url).origin} has said nothing for ${ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} minutes`}`, {
    hint: "See whether it still works. What is done is kept: resuming the run's thread asks it again.",
  });
