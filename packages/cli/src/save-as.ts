import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, extname, relative, resolve, sep } from "node:path";
import { type MadePlan, savePlan, TroupeError } from "@troupe/core";
import type { TeamSpecialist } from "./find-team.js";
import type { Target } from "./load/load-target.js";

/** Whether a plan can be saved there, told before it is made. @throws TroupeError `OPTION_INVALID` for another ending, or a file that is there */
export function savable(name: string): void {
  if (![".json", ".ts"].includes(extname(name).toLowerCase()))
    throw invalid(name, "A plan is saved as .json or .ts", "Give the file such an ending.");
  if (existsSync(name)) throw invalid(name, "The file is there already", "Name another file.");
  if (!existsSync(dirname(resolve(name)))) throw invalid(name, "There is no such folder", "Make it, or name another file.");
}

const invalid = (file: string, what: string, hint: string) => new TroupeError("OPTION_INVALID", what, { file, hint });

/**
 * Writes a team's plan as a graph, as the file's ending says: a graph file in JSON, or code. Its members are named by the exports of the module
 * that the team was loaded from; what the request said is an input, and that the plan was a guess a comment. Never writes over a file.
 * @throws TroupeError `OPTION_INVALID` for another ending, a file that is there, a member that the module does not export
 */
export async function saveAs(
  name: string,
  team: TeamSpecialist,
  { plan, guesses = [] }: Pick<MadePlan, "plan" | "guesses">,
  { file: from, module = {} }: Target,
  request?: string,
): Promise<void> {
  const file = resolve(name);
  savable(name);
  const path = relative(dirname(file), from).split(sep).join("/");
  const place = path.startsWith(".") ? path : `./${path}`;
  const used = new Set(plan.tasks.map(({ member }) => member));
  const modules = Object.fromEntries(
    team.team.members.flatMap((member) => {
      if (!used.has(member.name)) return [];
      const found = Object.keys(module).find((key) => module[key] === member);
      if (found === undefined)
        throw invalid(name, `${from} does not export the member ${member.name}`, "Export each member, so that the saved graph finds it.");
      return [[member.name, `${place}#${found}`]];
    }),
  );
  const { file: content, code } = savePlan(team, plan, { modules, guesses, ...(request === undefined ? {} : { request }) });
  const text = extname(name).toLowerCase() === ".ts" ? code : `${JSON.stringify(content, null, 2)}\n`;
  await writeFile(file, text, { flag: "wx" }).catch((cause: NodeJS.ErrnoException) => {
    throw invalid(name, cause.code === "EEXIST" ? "The file is there already" : "The file can't be written", "Name another file.");
  });
}
