import { accessSync, constants } from "node:fs";
import { dirname, resolve } from "node:path";
import { TroupeError } from "@troupe/core";
import type { ArgsDef } from "citty";
import type { ModelNames } from "./bind-models.js";
import type { Flags } from "./parse-flags.js";
import { defaultJournal } from "./resume-command.js";

const named = "provider:name, with llamacpp, ollama, openai, google, anthropic or mistral";

/** Flags of `run` and `resume` alike. */
export const runFlags = {
  model: { type: "string", valueHint: "name", description: `The chat model of the role "default": ${named}` },
  planner: { type: "string", valueHint: "name", description: "The chat model that plans for teams; without it they plan by types" },
  embeddings: { type: "string", valueHint: "name", description: "The embedding model: llamacpp, ollama or openai" },
  journal: { type: "string", valueHint: "path", description: `The journal's file (default: ${defaultJournal})` },
  timeout: { type: "string", valueHint: "ms", description: "Milliseconds one occurrence may take where the graph says nothing" },
  json: { type: "boolean", description: "Print events as JSON, one a line; what is meant for people goes to stderr" },
  out: { type: "string", valueHint: "file", description: "Write the output to a file, as JSON" },
} as const satisfies ArgsDef;

export interface RunSettings {
  readonly models: ModelNames;
  readonly journal: string;
  readonly timeout: number | undefined;
  readonly json: boolean;
  readonly out: string | undefined;
  readonly debug: boolean;
}

/** What those flags say. @throws TroupeError `FLAG_VALUE` before anything has run. */
export function runSettings(flags: Flags): RunSettings {
  const roles = { default: flags.value("model"), planner: flags.value("planner"), embeddings: flags.value("embeddings") };
  const out = flags.value("out");
  if (out !== undefined) writable(out);
  return {
    models: Object.fromEntries(Object.entries(roles).filter((role): role is [string, string] => role[1] !== undefined)),
    journal: flags.value("journal") ?? defaultJournal,
    timeout: milliseconds(flags.value("timeout")),
    json: flags.has("json"),
    out,
    debug: flags.has("debug"),
  };
}

function milliseconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Number(text);
  // What setTimeout takes.
  if (Number.isInteger(ms) && ms > 0 && ms < 2 ** 31) return ms;
  throw new TroupeError("FLAG_VALUE", `--timeout ${text} is no number of milliseconds`, { hint: "Write --timeout 60000 for a minute." });
}

/** It would be a pity to learn this after the run. */
function writable(file: string): void {
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (cause) {
    throw new TroupeError("FLAG_VALUE", "The output could not be written there", {
      file,
      hint: "Give --out a file in a folder that exists.",
      cause,
    });
  }
}
