import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TroupeError } from "@troupe/core";
import type { Weights } from "../catalogue.js";
import type { Fetching } from "./source.js";

/** Hubs that did not answer, with why: a process asks each at most once, for offline machines wait on every request. */
const silent = new Map<string, string>();

const connectMs = 5000;

/**
 * Fetches a model's files from Hugging Face (`$HF_ENDPOINT` for a mirror; `$HF_HUB_OFFLINE=1` to never ask). The hub publishes size
 * and SHA-256 of large files in the response's headers; what arrives is held against them.
 *
 * Throws HUB_UNREACHABLE and MODEL_CHECKSUM.
 */
export async function fromHub(hub: NonNullable<Weights["hub"]>, { dir, signal, progress }: Fetching): Promise<void> {
  const origin = (process.env.HF_ENDPOINT || "https://huggingface.co").replace(/\/$/, "");
  if (/^(1|true|yes|on)$/i.test(process.env.HF_HUB_OFFLINE ?? "")) throw unreachable(origin, "HF_HUB_OFFLINE is set");
  const known = silent.get(origin);
  if (known) throw unreachable(origin, known);

  let done = 0;
  let total = 0;
  for (const [name, { from }] of Object.entries(hub.files)) {
    const url = `${origin}/${hub.repository}/resolve/main/${from}`;
    let response = await head(origin, url, signal);
    let published: string | undefined;
    let size: string | null = null;
    // A repository that was renamed, or a mirror, leads on to where the file is described, and that to where it lies.
    for (let hop = 0; ; hop++) {
      published ??= response.headers.get("x-linked-etag")?.replace(/"/g, "");
      size ??= response.headers.get("x-linked-size");
      const location = response.headers.get("location");
      if (!location || hop === 5) break;
      await response.body?.cancel();
      response = await head(origin, new URL(location, response.url).href, signal);
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw unreachable(origin, `${url} answers ${response.status} ${response.statusText}`);
    }
    const bytes = Number(size ?? response.headers.get("content-length") ?? 0);
    total += bytes;
    const hash = createHash("sha256");
    let got = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        hash.update(chunk);
        got += chunk.length;
        done += chunk.length;
        progress(done, total);
        next(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body as any), count, createWriteStream(join(dir, name)), signal ? { signal } : {});
    if (bytes && got !== bytes) throw new TroupeError("MODEL_CHECKSUM", `${url} gave ${got} bytes of ${bytes}`, { hint: "Try again" });
    const found = hash.digest("hex");
    if (published && /^[0-9a-f]{64}$/.test(published) && found !== published)
      throw new TroupeError("MODEL_CHECKSUM", `${url} has the checksum ${found}, not ${published} as published`, { hint: "Try again" });
  }
}

async function head(origin: string, url: string, signal: AbortSignal | undefined): Promise<Response> {
  const wait = new AbortController();
  const timer = setTimeout(() => wait.abort(), connectMs);
  try {
    // Compressed, a small file has other bytes than the length says.
    const headers = { "accept-encoding": "identity" };
    return await fetch(url, { headers, redirect: "manual", signal: AbortSignal.any([wait.signal, ...(signal ? [signal] : [])]) });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const why = wait.signal.aborted ? `no answer in ${connectMs / 1000} s` : String((cause as any)?.cause?.message ?? cause);
    silent.set(origin, why);
    throw unreachable(origin, why, cause);
  } finally {
    clearTimeout(timer);
  }
}

const unreachable = (origin: string, why: string, cause?: unknown) =>
  new TroupeError("HUB_UNREACHABLE", `${origin} is not reached: ${why}`, { cause });
