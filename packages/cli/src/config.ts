import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Bindable, type Limits, limitsOf, nearest, TroupeError, type Trust, trustOf } from "@troupe/core";
import { moduleLoader } from "./load/load-module.js";

/**
 * What `troupe.config.ts` in the working directory exports as its default: what a run is given that no flag can say. Flags come before
 * it.
 * @example
 * import type { Config } from "@troupe/cli";
 *
 * export default {
 *   models: { judge: "openai:gpt-4o" },
 *   services: { tickets: new TicketClient(process.env.TICKETS_URL) },
 *   trust: { hosts: ["files.internal"] },
 * } satisfies Config;
 */
export interface Config {
  /** Models by role: a `provider:name`, or a model. */
  readonly models?: Readonly<Record<string, string | Bindable>>;
  /** Handed to specialists as `ctx.services`; never journalled. */
  readonly services?: unknown;
  /** What foreign data may take, beside the defaults. */
  readonly limits?: Partial<Limits>;
  /** What is trusted, beside the defaults; `--trust` adds to it. */
  readonly trust?: Partial<Trust>;
  /** The journal's file. Default: `.troupe/journal.db`. */
  readonly journal?: string;
}

const files = ["ts", "mts", "js", "mjs"].map((ending) => `troupe.config.${ending}`);
const options = ["models", "services", "limits", "trust", "journal"];

/**
 * The working directory's configuration; an empty one where there is none. `tell` hears that it is going to be loaded.
 * @throws TroupeError `FILE_FAILED`, `CONFIG_INVALID`, `OPTION_INVALID`.
 */
export async function readConfig(tell?: (module: string) => void): Promise<Config> {
  const file = files.map((name) => resolve(name)).find((path) => existsSync(path));
  if (file === undefined) return {};
  const { default: config } = (await moduleLoader(file, { tell })(file)) as { default?: Config };
  if (typeof config !== "object" || config === null) {
    throw new TroupeError("CONFIG_INVALID", "The configuration has no default export that is an object", {
      file,
      hint: "Write export default { models: { … } } satisfies Config, with Config of @troupe/cli.",
    });
  }
  const refuse = (option: string, why: string, hint: string) => new TroupeError("OPTION_INVALID", `${option} ${why}`, { file, hint });
  for (const name of Object.keys(config)) {
    if (options.includes(name)) continue;
    const near = nearest(name, options);
    throw refuse(`config.${name}`, "is none of its options", `${near ? `Did you mean ${near}? ` : ""}There are ${options.join(", ")}.`);
  }
  for (const [role, model] of Object.entries(config.models ?? {}))
    if (!isModel(model)) throw refuse(`models.${role}`, "is no model", 'Write a name, as in "openai:gpt-4o", or what model() gives.');
  if (config.journal !== undefined && typeof config.journal !== "string")
    throw refuse("config.journal", "is no path", 'Write journal: "runs/journal.db".');
  limitsOf(config.limits);
  trustOf(config.trust);
  return config;
}

const isModel = (model: unknown): boolean =>
  typeof model === "string" ||
  (typeof model === "object" && model !== null && (("load" in model && "card" in model) || "_llmType" in model || "_classify" in model));
