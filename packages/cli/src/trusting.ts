import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearest, TroupeError, type Trust, trustOf } from "@troupe/core";
import type { Config } from "./config.js";

const kinds = ["modules", "folders", "hosts"] as const;
const hint = "Write --trust modules=PATH (or a package's name), --trust folders=PATH or --trust hosts=NAME.";

/**
 * What is trusted: the configuration's, and what `--trust KIND=VALUE` adds.
 * @throws TroupeError `FLAG_VALUE`, and `OPTION_INVALID` for a value that names nothing
 */
export function trusting(given: readonly string[], { trust = {} }: Config): Trust {
  const more: Record<(typeof kinds)[number], string[]> = { modules: [], folders: [], hosts: [] };
  for (const one of given) {
    const [, word = "", value = ""] = /^([^=]*)=(.*)$/s.exec(one) ?? [];
    const kind = kinds.find((name) => name === word);
    if (kind === undefined || value === "") {
      const near = nearest(word, kinds);
      const what = `--trust ${one} names nothing to trust`;
      throw new TroupeError("FLAG_VALUE", what, { hint: near && !kind ? `Did you mean ${near}=${value}? ${hint}` : hint });
    }
    // What is there is meant, and no package of that name.
    more[kind].push(kind === "modules" && existsSync(resolve(value)) ? resolve(value) : value);
  }
  const { modules = [], folders = ["."], hosts = ["*"] } = trust;
  const all = (had: readonly string[], added: readonly string[]) => [...new Set([...had, ...added])];
  return trustOf({
    ...trust,
    modules: all(modules, more.modules),
    folders: all(folders, more.folders),
    hosts: all(hosts, more.hosts),
  });
}
