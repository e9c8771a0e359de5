import type { KeptPlan, KeptPlans } from "../../specialist/specialist.js";

/**
 * Keeps plans in memory, or in a file of JSON lines, so that a team plans once for the same request. Hand it to `team({ kept })`. The
 * file is the user's own to read and to delete; lines that are no plans are passed over.
 *
 * @example
 * const desk = team({ …, kept: keptPlans("plans.jsonl") });
 */
export function keptPlans(file?: string): KeptPlans {
  const memory: KeptPlan[] = [];
  const all = async (): Promise<readonly KeptPlan[]> => {
    if (file === undefined) return memory;
    const { readFile } = await import("node:fs/promises");
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) =>
      error.code === "ENOENT" ? "" : Promise.reject(error),
    );
    return text.split("\n").flatMap((line) => lineOf(line) ?? []);
  };
  return {
    of: async (team) => (await all()).filter((kept) => kept.team === team),
    async add(kept) {
      const { team, request, plan, by } = kept;
      if ((await all()).some((one) => one.team === team && one.request === request)) return;
      if (file === undefined) memory.push(kept);
      else await (await import("node:fs/promises")).appendFile(file, `${JSON.stringify({ team, request, by, plan })}\n`);
    },
  };
}

function lineOf(line: string): KeptPlan | undefined {
  try {
    const kept = JSON.parse(line) as KeptPlan;
    const isPlan =
      Array.isArray(kept.plan.tasks) &&
      kept.plan.tasks.every(({ id, member, args }) => typeof id === "string" && typeof member === "string" && Object(args) === args);
    return isPlan && Object(kept.plan.output) === kept.plan.output && typeof kept.request === "string" ? kept : undefined;
  } catch {
    return undefined;
  }
}
