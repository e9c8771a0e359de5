import type { FetchLike } from "@modelcontextprotocol/sdk/shared/transport.js";
import { unrounded } from "./unrounded.js";

/** Why a request gets no answer any more. */
export class Lost extends Error {}

interface Fetching {
  /** The most bytes of one message. */
  readonly most: number;
  /** Requests on their way by their ids, each with what ends the stream of its answer; whoever hears an answer takes its request out. */
  readonly unanswered: Map<unknown, AbortController>;
  /** Hears of a request that gets no answer any more; those beside it go on. */
  readonly lost: (id: unknown, why: Lost) => void;
  /** Ends a stream that is taken up again behind an event, once nobody waits for it; nothing where nobody does. */
  readonly resumed: (event: string | null) => AbortSignal | undefined;
}

/** Milliseconds that a server is given to hear that a request is taken back, before its answer is let go all the same. */
const patienceMs = 2000;

/**
 * A fetch whose answers hold no message of more than `most` bytes, whether it comes whole or as an event of a stream. A stream of
 * the server's own is not opened, so that nothing keeps Node running while nothing is asked; one that was cut is taken up again as far as
 * somebody waits for it. A request is lost whose answer breaks off, or ends in good order without it; the answer of one that is taken
 * back is let go, however long the server would hold it open.
 */
export const boundedFetch =
  ({ most, unanswered, lost, resumed }: Fetching): FetchLike =>
  async (url, init) => {
    const { id, takenBack } = sent(init);
    const own = new AbortController();
    if (id !== undefined) unanswered.set(id, own);
    const unwanted = init?.method === "GET" ? resumed(new Headers(init.headers).get("last-event-id")) : own.signal;
    if (!unwanted) return new Response(null, { status: 405 });
    const patience = takenBack === undefined ? [] : [AbortSignal.timeout(patienceMs)];
    const signal = AbortSignal.any([unwanted, ...patience, ...(init?.signal ? [init.signal] : [])]);
    let answer: Response | undefined;
    try {
      answer = await fetch(url, { ...init, signal });
    } finally {
      unanswered.get(takenBack)?.abort();
      for (const done of answer?.ok ? [takenBack] : [takenBack, id]) unanswered.delete(done);
    }
    const stream = /^text\/event-stream/i.test(answer.headers.get("content-type") ?? "");
    const bound = bounded(most, stream);
    const ended = async (error?: Error) => {
      // What came last is heard first.
      await new Promise((resolve) => setImmediate(resolve));
      if (!unanswered.delete(id) || (bound.isResumable() && !(error instanceof Lost))) return;
      lost(id, new Lost(error?.message ?? "its answer ended without what was asked for", { cause: error }));
    };
    if (!answer.body || answer.status === 202) {
      void ended();
      return answer;
    }
    answer.body.pipeTo(bound.writable).then(() => ended(), ended);
    const { status, statusText, headers } = answer;
    // What was answered by whom is asked of redirects.
    return Object.defineProperties(new Response(bound.readable, { status, statusText, headers }), {
      url: { value: answer.url },
      redirected: { value: answer.redirected },
    });
  };

/** The id of the request that is sent, if it is one, and of another that is taken back by it. */
function sent(init: RequestInit | undefined): { readonly id?: unknown; readonly takenBack?: unknown } {
  if (init?.method !== "POST") return {};
  const { id, method, params } = Object(JSON.parse(String(init.body)));
  if (method === "notifications/cancelled") return { takenBack: params?.requestId };
  return method === undefined ? {} : { id };
}

function bounded(most: number, stream: boolean) {
  let size = 0;
  let resumable = false;
  /** The end of what came, which is not yet a whole line of a stream, or all of what comes whole. */
  const rest: Buffer[] = [];
  // Byte by byte, so that no character is parted.
  const exact = (bytes: Buffer) => {
    const text = bytes.toString("latin1");
    return Buffer.from(stream ? text.replace(/^data:.*/gm, unrounded) : unrounded(text), "latin1");
  };
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const end = stream ? Math.max(text.lastIndexOf("\n\n"), text.lastIndexOf("\n\r\n")) : -1;
      resumable ||= stream && /^id:/m.test(text.toString("latin1"));
      size = end < 0 ? size + chunk.length : chunk.length - end;
      if (size > most) throw new Lost(`a message of more than ${most.toLocaleString("en")} bytes`);
      const line = stream ? Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1 : 0;
      if (line > 0) controller.enqueue(exact(Buffer.concat([...rest.splice(0), text.subarray(0, line)])));
      if (line < text.length) rest.push(text.subarray(line));
    },
    flush(controller) {
      controller.enqueue(exact(Buffer.concat(rest)));
    },
  });
  return { readable, writable, isResumable: () => resumable };
}
