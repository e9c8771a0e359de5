import { existsSync } from "node:fs";
import { type ModelCard, nearest, TroupeError } from "@troupe/core";
import { catalogue } from "./catalogue.js";
import { adapted } from "./llamacpp/adapted.js";
import { pathOf } from "./llamacpp/weights-file.js";
import { split } from "./model.js";
import { peekKept } from "./pull/kept.js";

/**
 * Holds a model's name to what there is of its kind, without loading anything: weights of this process by the catalogue, by what is kept
 * in the cache, by a path; a head by its file. What other names stand for their servers know. Models are lazy, and one that a run
 * happens not to ask would never say that it is none.
 *
 * Throws MODEL_UNKNOWN, MODEL_KIND, MODEL_MISSING, FILE_MISSING, PROVIDER_UNKNOWN.
 * @example
 * checkName("llamacpp:minilm", "embeddings");
 */
export function checkName(id: string, kind: ModelCard["kind"]): void {
  const { provider, name } = split(id);
  if (kind === "decisions" && provider === "embeddings") return checkName(name, "embeddings");
  if (kind === "decisions" && provider === "head" && !existsSync(name))
    throw new TroupeError("FILE_MISSING", `There is no head at ${name}`, { hint: "troupe train makes one." });
  if (provider !== "llamacpp") return;
  const { base, adapter } = kind === "embeddings" ? { base: name } : adapted(name);
  const path = pathOf(base);
  if (path !== undefined) {
    if (!existsSync(path)) throw new TroupeError("MODEL_MISSING", "There is no model file at this path", { file: path });
    return;
  }
  const known = Object.hasOwn(catalogue, base) ? catalogue[base] : undefined;
  if (!known && peekKept(base) === undefined) throw unknown(base, kind);
  const is = adapter?.kind ?? known?.kind;
  // Any chat weights decide.
  if (is !== undefined && is !== kind && !(is === "chat" && kind === "decisions" && !adapter))
    throw new TroupeError("MODEL_KIND", `${name} is a model for ${is}, not for ${kind}`, { hint: `For ${kind} there are ${names(kind)}` });
}

function unknown(name: string, kind: ModelCard["kind"]): TroupeError {
  const near = nearest(name, Object.keys(catalogue));
  const hint = `${near ? `Did you mean ${near}? ` : ""}For ${kind} there are ${names(kind)}; a path of a GGUF file is taken too, and troupe models pull ${name} --path FILE keeps one under this name.`;
  return new TroupeError("MODEL_UNKNOWN", `There is no model named ${name}`, { hint });
}

/** The catalogue's names of a kind; chat weights decide too. */
const names = (kind: ModelCard["kind"]): string =>
  Object.entries(catalogue)
    .flatMap(([name, one]) => (one.kind === (kind === "decisions" ? "chat" : kind) ? [name] : []))
    .join(", ");
