import dns from "node:dns";
import type { IncomingMessage } from "node:http";
import { isIP, type LookupFunction } from "node:net";
import { TroupeError } from "../error/error.js";
import { limitCrossed } from "../limits/limit-crossed.js";
import type { Limits } from "../limits/limits.js";
import { isPublicAddress } from "../limits/public-address.js";
import type { Trust } from "../limits/trust.js";
import { trustedHost } from "../limits/trusted-host.js";

export interface FetchOptions {
  readonly limits: Limits;
  readonly trust: Trust;
  readonly signal?: AbortSignal | undefined;
}

const redirects = 5;

/**
 * The bytes at an http or https URL. Each address on the way is held to `trust.hosts`: a name is looked up once, and the connection goes to
 * the address that was checked. Body and time are held to the limits.
 * @param name what errors call the URL
 * @throws TroupeError `MEDIA_UNREACHABLE`, `MEDIA_UNTRUSTED`, `LIMIT_CROSSED`; the signal's reason
 */
export async function fetchBytes(url: URL, name: string, { limits, trust, signal }: FetchOptions): Promise<Uint8Array> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), Math.min(limits.fetchMs, 2 ** 31 - 1));
  const bound = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  try {
    let at = url;
    for (let hops = 0; hops <= redirects; hops++) {
      const answer = await ask(at, name, trust, bound);
      const { statusCode = 0, statusMessage = "", headers } = answer;
      if (statusCode >= 300 && statusCode < 400 && headers.location) {
        answer.destroy();
        if (!URL.canParse(headers.location, at.href)) throw unreachable("it is redirected to no address", name);
        at = new URL(headers.location, at);
        continue;
      }
      if (statusCode === 206) throw unreachable("the server sends a part of it, though it was asked for the whole", name);
      if (statusCode < 200 || statusCode > 299) throw unreachable(`the server answers ${statusCode} ${statusMessage}`.trim(), name);
      if (!["identity", ""].includes(headers["content-encoding"] ?? "")) throw unreachable("the server packs what it sends", name);
      return await bodyOf(answer, limits, name);
    }
    throw unreachable(`it is redirected more than ${redirects} times`, name);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (late.signal.aborted) throw limitCrossed("fetchMs", limits, "A medium that takes more milliseconds to fetch", { file: name });
    throw cause;
  } finally {
    clearTimeout(timer);
    late.abort(); // what is still open is let go of
  }
}

async function ask(url: URL, name: string, trust: Trust, signal: AbortSignal): Promise<IncomingMessage> {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw unreachable(`${url.protocol} is not fetched`, name);
  const trusted = trustedHost(url, trust);
  const refused = (why: string) =>
    new TroupeError("MEDIA_UNTRUSTED", `A medium is not fetched: ${url.hostname} ${why}`, {
      file: name,
      hint: `Name the host, if you trust it: trust: { hosts: ["*", ${JSON.stringify(url.hostname)}] }.`,
    });
  if (!trusted) throw refused("is not trusted");
  const allowed = (address: string) => trusted === "named" || isPublicAddress(address);
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) && !allowed(literal)) throw refused("is no public address");
  // Whoever connects uses what this gives, and asks nobody again.
  const lookup: LookupFunction = (hostname, options, done) => {
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = error ? [] : found.filter(({ address }) => allowed(address));
      if (error || !addresses[0]) done(error ?? refused("has no public address"), []);
      else if (options.all) done(null, addresses);
      else done(null, addresses[0].address, addresses[0].family);
    });
  };
  const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
  const headers = { accept: "*/*", "accept-encoding": "identity", "user-agent": "troupe" };
  return new Promise((resolve, reject) => {
    // A connection of its own: one that is kept alive may have been made under another trust.
    const asking = request(url, { agent: false, signal, lookup, headers }, resolve);
    asking.on("error", (cause) => reject(cause instanceof TroupeError ? cause : unreachable(cause.message || String(cause), name, cause)));
    // One that goes over to another protocol gives neither an answer nor an error.
    asking.on("close", () => reject(unreachable("the connection ended without an answer", name)));
    asking.end();
  });
}

async function bodyOf(answer: IncomingMessage, limits: Limits, name: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = Number(answer.headers["content-length"] ?? 0);
  const held = () => {
    if (size > limits.mediaBytes) throw limitCrossed("mediaBytes", limits, "A medium of more bytes", { file: name });
  };
  held();
  size = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      size += part.length;
      held();
      parts.push(part);
    }
  } catch (cause) {
    throw cause instanceof TroupeError ? cause : unreachable((cause as Error).message, name, cause);
  }
  return Buffer.concat(parts);
}

/** The error that a URL gave nothing. */
export function unreachable(why: string, name: string, cause?: unknown): TroupeError {
  return new TroupeError("MEDIA_UNREACHABLE", `A medium cannot be fetched: ${why}`, {
    file: name,
    hint: "Check the address (http, https, file and data URLs are opened), or fetch it yourself and give a path or its bytes.",
    cause,
  });
}
