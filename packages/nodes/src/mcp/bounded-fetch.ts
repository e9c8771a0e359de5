import type { FetchLike } from "@modelcontextprotocol/sdk/shared/transport.js";

/**
 * A fetch whose answers hold no message of more than `most` bytes, whether it comes whole or as an event of a stream. A stream of
 * the server's own is not opened, so that nothing keeps Node running while nothing is asked; one that was cut is taken up again.
 */
export const boundedFetch =
  (most: number): FetchLike =>
  async (url, init) => {
    const headers = new Headers(init?.headers);
    if (init?.method === "GET" && !headers.has("last-event-id")) return new Response(null, { status: 405 });
    const answer = await fetch(url, init);
    if (!answer.body) return answer;
    const stream = /^text\/event-stream/i.test(answer.headers.get("content-type") ?? "");
    const { status, statusText, headers: said } = answer;
    const bounded = new Response(answer.body.pipeThrough(bound(most, stream)), { status, statusText, headers: said });
    // What was answered by whom is asked of redirects.
    return Object.defineProperties(bounded, { url: { value: answer.url }, redirected: { value: answer.redirected } });
  };

function bound(most: number, stream: boolean): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const end = stream ? Math.max(text.lastIndexOf("\n\n"), text.lastIndexOf("\n\r\n")) : -1;
      size = end < 0 ? size + chunk.length : chunk.length - end;
      if (size > most) controller.error(new Error(`a message of more than ${most.toLocaleString("en")} bytes`));
      else controller.enqueue(chunk);
    },
  });
}
