import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { silence } from "./silence.js";
import { unlessSilent } from "./unless-silent.js";

/**
 * `fetch` for a server that may think for long before its first byte: Node's own gives up on headers after 300 s. The signal given
 * here ends a request too, before its headers as well as after; so does a server that says nothing for as long as `silence` has it.
 */
export const patientFetch = (signal?: AbortSignal): typeof fetch => unlessSilent(sending(signal), silence.other);

function sending(signal: AbortSignal | undefined): typeof fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : String(input));
      const stop = AbortSignal.any([signal, init.signal ?? undefined].filter((one): one is AbortSignal => Boolean(one)));
      if (stop.aborted) return reject(stop.reason);
      const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(
        url,
        {
          method: init.method ?? "GET",
          headers: Object.fromEntries(new Headers(init.headers).entries()),
          // No connection is kept open: one would keep the process from ending.
          agent: false,
        },
        (response) => {
          const headers = new Headers();
          for (const [name, value] of Object.entries(response.headers)) if (value !== undefined) headers.set(name, String(value));
          const status = response.statusCode ?? 0;
          const body = status === 204 || status === 304 ? null : (Readable.toWeb(response) as ReadableStream<Uint8Array>);
          resolve(new Response(body, { status, statusText: response.statusMessage ?? "", headers }));
        },
      );
      const end = () => request.destroy(stop.reason instanceof Error ? stop.reason : new Error(String(stop.reason)));
      stop.addEventListener("abort", end, { once: true });
      request.once("close", () => stop.removeEventListener("abort", end));
      request.once("error", (error) => reject(stop.aborted ? stop.reason : error));
      request.end(init.body === undefined || init.body === null ? undefined : String(init.body));
    });
}
