import { access, appendFile, constants, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { TroupeError } from "../../error/error.js";
import type { KeptPlan, KeptPlans } from "../../specialist/specialist.js";

/**
 * Keeps plans in memory, or in a file of JSON lines, so that a team plans once for the same request. Hand it to `team({ kept })`. The
 * file is the user's own to read and to delete; lines that are no plans, as one that was cut off, are passed over. A run fails with
 * `PLANS_UNKEPT` before its plan is made where the file cannot be read or its folder not written to.
 *
 * @example
 * const desk = team({ …, kept: keptPlans("plans.jsonl") });
 */
export function keptPlans(file?: string): KeptPlans {
  let memory = "";
  const written = async (): Promise<string> => (file === undefined ? memory : textOf(file));
  const plansIn = (text: string, team: string) => text.split("\n").flatMap((line) => keptIn(line, team));
  const add = async ({ team, request, by, plan, notes = [] }: KeptPlan): Promise<void> => {
    const text = await written();
    const told = (one: Omit<KeptPlan, "team">) => JSON.stringify([one.request, one.by, one.plan]);
    if (plansIn(text, team).some((one) => told(one) === told({ request, by, plan }))) return;
    const line = JSON.stringify({ team, request, by, plan, ...(notes.length > 0 ? { notes } : {}) });
    // What was cut off stays a line of its own.
    const added = `${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
    if (file === undefined) memory += added;
    else await appendFile(file, added, { mode: 0o600 }).catch(unkept(file));
  };
  // One after the other: each sees what the one before it added.
  let last: Promise<unknown> = Promise.resolve();
  return {
    of: async (team) => plansIn(await written(), team),
    async add(kept) {
      const added = last.catch(() => {}).then(() => add(kept));
      last = added;
      return added;
    },
  };
}

const textOf = (file: string): Promise<string> =>
  readFile(file, "utf8")
    .catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      await access(dirname(file), constants.W_OK);
      return "";
    })
    .catch(unkept(file));

const unkept = (file: string) => (cause: Error) => {
  throw new TroupeError("PLANS_UNKEPT", `Plans cannot be kept in ${file}: ${cause.message}`, {
    cause,
    hint: "Name a file that can be read and written, in a folder that is there.",
  });
};

/** The plan that a line holds, where it is one of this team. */
function keptIn(line: string, team: string): readonly KeptPlan[] {
  try {
    const kept = JSON.parse(line.trim()) as KeptPlan;
    return kept.team === team ? [kept] : [];
  } catch {
    return [];
  }
}
