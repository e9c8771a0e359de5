import { TroupeError, type Trust } from "@troupe/core";
import type { ArgsDef } from "citty";
import { defaultJournal } from "./command-line.js";
import type { Config } from "./config.js";
import { filesRead } from "./files-read.js";
import type { ModelNames } from "./named-models.js";
import type { Flags } from "./parse-flags.js";
import { trusting } from "./trusting.js";
import { writable } from "./writable.js";

const named = "provider:name, with llamacpp, ollama, openai, google, anthropic or mistral";

/** Flags that name models. */
export const namingFlags = {
  model: { type: "string", valueHint: "name", description: `The chat model of the role "default": ${named}` },
  planner: { type: "string", valueHint: "name", description: "The chat model that plans for teams; without it they plan by types" },
  embeddings: { type: "string", valueHint: "name", description: "The embedding model: llamacpp, ollama or openai" },
  decisions: {
    type: "string",
    valueHint: "name",
    description: "The decision model: llamacpp, systemone, ollama, openai, google, anthropic, mistral, embeddings or head",
  },
  bind: { type: "string", valueHint: "role=name", description: "The model of any role; repeatable" },
} as const satisfies ArgsDef;

/** Flags of commands that ask models. */
export const modelFlags = {
  ...namingFlags,
  timeout: { type: "string", valueHint: "ms", description: "Milliseconds one occurrence may take where the graph says nothing" },
} as const satisfies ArgsDef;

/** The flag that trusts more than the working directory. */
export const trustFlags = {
  trust: {
    type: "string",
    valueHint: "kind=value",
    description: "Trust modules=PATH (or a package), folders=PATH for media, or hosts=NAME to fetch them from; repeatable",
  },
} as const satisfies ArgsDef;

/** Flags that give an input. */
export const inputFlags = {
  input: {
    type: "string",
    valueHint: "name=value",
    description: "A field of the input: text, JSON, a medium's path, @FILE for a file's text; repeatable",
  },
  "input-file": { type: "string", valueHint: "file", description: "The input, or some fields of it, as a JSON object; - is stdin" },
} as const satisfies ArgsDef;

/** Flags of `run` and `resume` alike. */
export const runFlags = {
  ...modelFlags,
  ...trustFlags,
  journal: { type: "string", valueHint: "path", description: `The journal's file (default: ${defaultJournal})` },
  json: { type: "boolean", description: "Print events as JSON, one a line; what is meant for people goes to stderr" },
  out: { type: "string", valueHint: "file", description: "Write the output to a file, as JSON" },
  giant: { type: "string", valueHint: "name", description: "Also tell what the same tokens would have cost on this model" },
} as const satisfies ArgsDef;

export interface RunSettings {
  readonly models: ModelNames;
  readonly config: Config;
  readonly trust: Trust;
  readonly journal: string;
  /** Flags that `resume` needs to find and trust what the run did. */
  readonly again: readonly string[];
  readonly timeout: number | undefined;
  readonly json: boolean;
  readonly out: string | undefined;
  /** The model whose cost for the same tokens is told. */
  readonly giant: string | undefined;
  readonly debug: boolean;
}

/**
 * What those flags and the configuration say, with what else is trusted, as `--trust` takes it.
 * @throws TroupeError `FLAG_VALUE` before anything has run.
 */
export function runSettings(flags: Flags, config: Config, trusted: readonly string[] = []): RunSettings {
  const out = flags.value("out");
  const named = flags.value("journal");
  const journal = named ?? config.journal ?? defaultJournal;
  const all = [...new Set([...flags.values("trust"), ...trusted])];
  if (out !== undefined) writable(out, [...filesRead(flags), journal]);
  return {
    models: modelNames(flags),
    config,
    trust: trusting(all, config),
    journal,
    again: [...(named === undefined ? [] : ["--journal", named]), ...all.flatMap((one) => ["--trust", one])],
    timeout: timeoutOf(flags),
    json: flags.has("json"),
    out,
    giant: flags.value("giant"),
    debug: flags.has("debug"),
  };
}

/** The names given, by role. */
export function modelNames(flags: Flags): ModelNames {
  const bound = flags.values("bind").map((one): [string, string] => {
    const [, role, name] = /^([^=]+)=(.+)$/s.exec(one) ?? [];
    if (role !== undefined && name !== undefined) return [role, name];
    throw new TroupeError("FLAG_VALUE", `--bind ${one} binds no model to a role`, { hint: "Write --bind judge=openai:gpt-4o." });
  });
  const own = ["planner", "embeddings", "decisions"] as const;
  const roles = { default: flags.value("model"), ...Object.fromEntries(own.map((role) => [role, flags.value(role)])) };
  const names = new Map<string, string>();
  for (const [role, name] of [...bound, ...Object.entries(roles)]) {
    if (name === undefined) continue;
    const before = names.get(role);
    if (before !== undefined && before !== name)
      throw new TroupeError("FLAG_VALUE", `The role ${role} is bound twice, to ${before} and to ${name}`, { hint: "Bind it once." });
    names.set(role, name);
  }
  return Object.fromEntries(names);
}

export function timeoutOf(flags: Flags): number | undefined {
  const text = flags.value("timeout");
  if (text === undefined) return undefined;
  const ms = Number(text);
  // What setTimeout takes.
  if (Number.isInteger(ms) && ms > 0 && ms < 2 ** 31) return ms;
  throw new TroupeError("FLAG_VALUE", `--timeout ${text} is no number of milliseconds`, { hint: "Write --timeout 60000 for a minute." });
}
