/** Characters at the end of a stream in which its last events stand. */
const lastEvents = 64_000;
/** Why a model stopped, where its server failed while it wrote. */
const failed = /"finish_reason"\s*:\s*"error"/;

/**
 * A streamed answer that fails where it stops before its server said that it is done, so that half an answer is never taken for a whole
 * one: a connection that is closed in good order looks no different. What was no stream of events at all fails too.
 */
export function wholeStream(response: Response, done: RegExp): Response {
  if (!response.body) return response;
  const decoder = new TextDecoder();
  let end = "";
  let events = false;
  const watched: ReadableStream<Uint8Array> = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, stream) {
        const text = decoder.decode(bytes, { stream: true });
        if (failed.test(end.slice(-100) + text)) return stream.error(new CutStream());
        end = (end + text).slice(-lastEvents);
        events ||= /^data:/m.test(end);
        stream.enqueue(bytes);
      },
      flush(stream) {
        if (!events) stream.error(new NoStream(response.headers.get("content-type") ?? "no type", end.slice(0, 200)));
        else if (!done.test(end)) stream.error(new CutStream());
      },
    }),
  );
  return new Response(watched, response);
}

/** A stream that ended before it was done; its code is the one of a connection that broke, which is what it is. */
class CutStream extends Error {
  readonly code = "ECONNRESET";
  constructor() {
    super("The answer was cut: it ended before the server said that it is done");
  }
}

/** What is no stream of events, where one was asked for. */
class NoStream extends SyntaxError {
  constructor(type: string, text: string) {
    super(`The server was asked for a stream of events and gave ${type}: ${text}`);
  }
}
