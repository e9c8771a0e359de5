import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TroupeError } from "@troupe/core";
import type { Address } from "../address.js";
import type { KnownFile, Weights } from "../catalogue.js";
import { hubAddress } from "./hub-address.js";
import type { Fetching } from "./source.js";

/** Hubs that did not answer, with why: a process asks each at most once, for offline machines wait on every request. */
const silent = new Map<string, string>();

const connectMs = 5000;
/** Without a byte. */
const idleMs = 60_000;
const mostHops = 5;

/**
 * Fetches a model's files from Hugging Face (`$HF_ENDPOINT` for a mirror; `$HF_HUB_OFFLINE=1` to never ask), in the revision that is known.
 *
 * Throws HUB_UNREACHABLE, and MODEL_CHECKSUM where more comes than is known.
 */
export async function fromHub(
  hub: NonNullable<Weights["hub"]>,
  parts: Readonly<Record<string, KnownFile>>,
  { dir, signal, progress }: Fetching,
): Promise<void> {
  const address = hubAddress();
  if (/^(1|true|yes|on)$/i.test(process.env.HF_HUB_OFFLINE ?? "")) throw unreachable(address.url, "HF_HUB_OFFLINE is set");
  const known = silent.get(address.url);
  if (known) throw unreachable(address.url, known);

  let done = 0;
  const total = Object.values(parts).reduce((sum, { bytes }) => sum + bytes, 0);
  for (const [name, { bytes }] of Object.entries(parts)) {
    const url = `${address.url}/${hub.repository}/resolve/${hub.revision}/${hub.paths[name]}`;
    const response = await ask(address, url, signal);
    const idle = new AbortController();
    let timer = setTimeout(() => undefined, 0);
    let got = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(unreachable(address.url, `nothing came for ${idleMs / 1000} s`)), idleMs);
    };
    const count = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        wait();
        got += chunk.length;
        done += chunk.length;
        if (got > bytes) return next(new TroupeError("MODEL_CHECKSUM", `${url} gives more than ${bytes} bytes`, { hint: "Try again" }));
        progress(done, total);
        next(null, chunk);
      },
    });
    wait();
    const stop = AbortSignal.any([idle.signal, ...(signal ? [signal] : [])]);
    try {
      await pipeline(Readable.fromWeb(response.body as any), count, createWriteStream(join(dir, name), { mode: 0o600 }), { signal: stop });
    } catch (error) {
      throw idle.signal.aborted && !signal?.aborted ? idle.signal.reason : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A file's body. A repository that was renamed, or a mirror, leads on to where it lies; never from https to anything else. */
async function ask(address: Address, first: string, signal: AbortSignal | undefined): Promise<Response> {
  let url = first;
  for (let hop = 0; hop <= mostHops; hop++) {
    const response = await head(address, url, signal);
    if (response.ok && response.body) return response;
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (!location) throw unreachable(address.url, `${first} answers ${response.status} ${response.statusText}`);
    const next = new URL(location, url);
    if (next.protocol !== "https:" && !(next.protocol === "http:" && new URL(url).protocol === "http:"))
      throw unreachable(address.url, `${first} leads away from https, to ${next.protocol}`);
    url = next.href;
  }
  throw unreachable(address.url, `${first} leads on more than ${mostHops} times`);
}

async function head(address: Address, url: string, signal: AbortSignal | undefined): Promise<Response> {
  const wait = new AbortController();
  const timer = setTimeout(() => wait.abort(), connectMs);
  try {
    // Compressed, a small file has other bytes than are known. The hub's password is for the hub.
    const own = new URL(url).origin === new URL(address.url).origin ? address.headers : {};
    const headers = { ...own, "accept-encoding": "identity" };
    return await fetch(url, { headers, redirect: "manual", signal: AbortSignal.any([wait.signal, ...(signal ? [signal] : [])]) });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const why = wait.signal.aborted ? `no answer in ${connectMs / 1000} s` : String((cause as any)?.cause?.message ?? cause);
    silent.set(address.url, why);
    throw unreachable(address.url, why, cause);
  } finally {
    clearTimeout(timer);
  }
}

const unreachable = (origin: string, why: string, cause?: unknown) =>
  new TroupeError("HUB_UNREACHABLE", `${origin} is not reached: ${why}`, { cause });
