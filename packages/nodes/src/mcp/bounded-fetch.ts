import type { FetchLike } from "@modelcontextprotocol/sdk/shared/transport.js";

/**
 * A fetch whose answers hold no message of more than `most` bytes, whether it comes whole or as an event of a stream. A stream of
 * the server's own is not opened, so that nothing keeps Node running while nothing is asked; one that was cut is taken up again, and one
 * that ends in good order without the answer that it is for is an error. `unanswered` are the ids of requests; whoever hears an answer
 * takes its id out.
 */
export const boundedFetch =
  (most: number, unanswered: Set<unknown>): FetchLike =>
  async (url, init) => {
    const headers = new Headers(init?.headers);
    const id = noted(init, unanswered);
    if (init?.method === "GET" && !headers.has("last-event-id")) return new Response(null, { status: 405 });
    const answer = await fetch(url, init);
    if (!answer.body) return answer;
    const stream = /^text\/event-stream/i.test(answer.headers.get("content-type") ?? "");
    const { status, statusText, headers: said } = answer;
    const bounded = new Response(answer.body.pipeThrough(bound(most, stream, () => unanswered.has(id))), {
      status,
      statusText,
      headers: said,
    });
    // What was answered by whom is asked of redirects.
    return Object.defineProperties(bounded, { url: { value: answer.url }, redirected: { value: answer.redirected } });
  };

/** The id of the request that is sent, if it is one; what is taken back by another waits for no answer. */
function noted(init: RequestInit | undefined, unanswered: Set<unknown>): unknown {
  if (init?.method !== "POST") return undefined;
  const { id, method, params } = Object(JSON.parse(String(init.body)));
  if (method === "notifications/cancelled") unanswered.delete(params?.requestId);
  if (id === undefined || method === undefined) return undefined;
  unanswered.add(id);
  return id;
}

function bound(most: number, stream: boolean, isUnanswered: () => boolean): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  let resumable = false;
  return new TransformStream({
    transform(chunk, controller) {
      const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const end = stream ? Math.max(text.lastIndexOf("\n\n"), text.lastIndexOf("\n\r\n")) : -1;
      resumable ||= /^id:/m.test(text.toString("latin1"));
      size = end < 0 ? size + chunk.length : chunk.length - end;
      if (size > most) controller.error(new Error(`a message of more than ${most.toLocaleString("en")} bytes`));
      else controller.enqueue(chunk);
    },
    async flush(controller) {
      if (!stream || resumable) return;
      // What came last is heard first.
      await new Promise((resolve) => setImmediate(resolve));
      if (isUnanswered()) controller.error(new Error("the stream of an answer ended without it"));
    },
  });
}
