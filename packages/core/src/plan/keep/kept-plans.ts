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
  return {
    of: async (team) => (await written()).split("\n").flatMap((line) => keptIn(line, team)),
    async add({ team, request, by, plan, notes = [] }) {
      const text = await written();
      const told = JSON.stringify([request, by, plan]);
      if (text.split("\n").some((line) => keptIn(line, team).some((one) => JSON.stringify([one.request, one.by, one.plan]) === told)))
        return;
      const line = JSON.stringify({ team, request, by, plan, ...(notes.length > 0 ? { notes } : {}) });
      // What was cut off stays a line of its own.
      const added = `${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
      if (file === undefined) memory += added;
      else await appendFile(file, added, { mode: 0o600 }).catch(unkept(file));
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
