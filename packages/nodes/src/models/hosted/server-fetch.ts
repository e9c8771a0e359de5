import { patientFetch } from "../patient-fetch.js";
import { silence } from "../silence.js";
import { unlessSilent } from "../unless-silent.js";
import type { Server } from "./server.js";
import { wholeStream } from "./whole-stream.js";

/** What a server needs to know of a request, whichever package makes it. */
const carried = ["accept", "content-type", "user-agent", "anthropic-version", "anthropic-beta"];

/** What a stream in OpenAI's language, or Mistral's, holds once it is done: its last event, why the model stopped, or an error. */
export const chatStreamEnd =
  /^data:\s*\[DONE\]|"finish_reason"\s*:\s*"|"error"\s*:\s*\{|"type"\s*:\s*"response\.(?:completed|incomplete|failed)"/m;

/** Milliseconds after which a package gives up by itself: never, where the one `fetch` that it is given gives up before. */
export const leftToFetch = 2 * Math.max(...Object.values(silence));

/**
 * `fetch` for one server. A redirect is an answer: it is not followed with a key. Where the server is not the provider's own, requests
 * carry the key named for it and nothing that a provider's package took from the environment: organisations, projects, headers, tokens;
 * and such a server may think for long before its first byte. A stream that stops before its `end` fails, and so does a server that says
 * nothing for too long. `signal` ends every request.
 */
export function serverFetch(
  { own }: Server,
  credentials: Readonly<Record<string, string>>,
  { end, signal }: { readonly end?: RegExp; readonly signal?: AbortSignal } = {},
): typeof fetch {
  const send = own ? unlessSilent((input, init) => fetch(input, init), silence.hosted) : patientFetch();
  return async (input, init) => {
    const given = input instanceof Request ? await partsOf(input) : { url: input, ...init };
    const { url, ...asked } = given;
    const signals = [signal, asked.signal].filter((one): one is AbortSignal => one instanceof AbortSignal);
    const response = await send(url, {
      ...asked,
      redirect: "manual",
      ...(own ? {} : { headers: headersFor(asked.headers, credentials) }),
      ...(signals.length ? { signal: AbortSignal.any(signals) } : {}),
    });
    return end && response.ok && isStreamed(String(url), asked.body) ? wholeStream(response, end) : response;
  };
}

function headersFor(given: RequestInit["headers"], credentials: Readonly<Record<string, string>>): Headers {
  const all = new Headers(given);
  const headers = new Headers(credentials);
  for (const [name, value] of all) if (carried.includes(name)) headers.set(name, value);
  return headers;
}

/** Whether a request asks for a stream; what a message says of streams has its quotation marks escaped. */
const isStreamed = (url: string, body: RequestInit["body"]): boolean =>
  url.endsWith("alt=sse") || (typeof body === "string" && /"stream"\s*:\s*true/.test(body));

async function partsOf(request: Request): Promise<RequestInit & { readonly url: string }> {
  const { url, method, headers, signal } = request;
  return { url, method, headers, signal, body: await request.text() };
}
