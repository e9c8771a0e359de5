import { patientFetch } from "../patient-fetch.js";
import type { Server } from "./server.js";

/** What a server needs to know of a request, whichever package makes it. */
const carried = ["accept", "content-type", "user-agent", "anthropic-version", "anthropic-beta"];

/**
 * `fetch` for one server. A redirect is an answer: it is not followed with a key. Where the server is not the provider's own, requests
 * carry the key named for it and nothing that a provider's package took from the environment: organisations, projects, headers, tokens;
 * and such a server may think for long before its first byte.
 */
export function serverFetch({ own }: Server, credentials: Readonly<Record<string, string>>): typeof fetch {
  if (own) return (input, init) => fetch(input, { ...init, redirect: "manual" });
  const send = patientFetch();
  return (input, init = {}) => {
    const given = new Headers(init.headers);
    const headers = new Headers(credentials);
    for (const name of carried) if (given.has(name)) headers.set(name, given.get(name)!);
    return send(input, { ...init, headers });
  };
}
