import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What gives answers, as objects, asked each thing once, with the milliseconds that each took: where a folder is named, also over runs, so
 * that a run that ended goes on. `about` is what else the answers depend on.
 */
export function keptAnswers(ask, folder, about) {
  if (!folder) return ask;
  const hash = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
  const file = join(folder, `${hash(about)}.jsonl`);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const known = new Map(lines.map((line) => JSON.parse(line)));
  return async (...asked) => {
    const key = hash(asked);
    if (!known.has(key)) {
      const started = performance.now();
      const answer = await ask(...asked);
      known.set(key, { ...answer, ms: performance.now() - started });
      appendFileSync(file, `${JSON.stringify([key, known.get(key)])}\n`);
    }
    return known.get(key);
  };
}
