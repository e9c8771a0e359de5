import { checkTeams, formatIssue, jsonSchemaOf, type MadePlan, objectFields, planFor, TroupeError, teamHints } from "@troupe/core";
import { readConfig } from "../config.js";
import { findTeam, type TeamSpecialist } from "../find-team.js";
import { inARun } from "../in-a-run.js";
import { graphOf } from "../load/graph-of.js";
import { loadTarget } from "../load/load-target.js";
import { readInput } from "../read-input.js";
import { inputFlags, modelFlags, modelNames, timeoutOf, trustFlags } from "../run-flags.js";
import { savable, saveAs } from "../save-as.js";
import { columnsOf } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import { ledgerTable } from "../show/ledger-table.js";
import { planLines } from "../show/plan-lines.js";
import { printable } from "../show/printable.js";
import { trusting } from "../trusting.js";
import { withModels } from "../with-models.js";
import { type Command, target as targetArgument } from "./command.js";

export const plan: Command<"file"> = {
  meta: { name: "plan", description: "Show how a team would split its work, without doing it" },
  args: {
    file: targetArgument,
    team: { type: "string", valueHint: "name", description: "Which team, where the graph has several" },
    request: { type: "string", valueHint: "text", description: "What to plan for, in words" },
    ...inputFlags,
    ...modelFlags,
    ...trustFlags,
    save: { type: "string", valueHint: "file", description: "Write the plan as a graph: a graph file in .json, or .ts for code" },
    json: { type: "boolean", description: "Print the plan as JSON" },
  },
  async carryOut(flags, streams) {
    const names = modelNames(flags);
    const timeout = timeoutOf(flags);
    const saved = flags.value("save");
    if (saved !== undefined) savable(saved);
    const config = await readConfig();
    const trust = trusting(flags.values("trust"), config);
    const target = await loadTarget(flags.args.file, { trust });
    const team = findTeam(target, flags.value("team"));
    const given = await readInput(team, flags.values("input"), flags.value("input-file"), { partial: true });
    const request = flags.value("request");
    if (request === undefined) wordsNeeded(team, given);
    const asked = requested(team, given, request);
    const hints = await looks(team, target.file);
    const { out, err } = streams;
    return withModels(names, config, streams, async (known) => {
      let made: MadePlan | undefined;
      const ledger = await inARun(
        async (ctx) => {
          made = await planFor(asked.team, asked.values, ctx);
        },
        { ...known, name: team.name, config, trust, timeout, listen: known.show.event },
      );
      known.show.end();
      const lines = flags.has("json") ? [jsonText(made!, 2)] : planLines({ at: team.name, ...made! }, columnsOf(out));
      if (saved !== undefined) await saveAs(saved, team, made!, target, request ?? said(team, given));
      out.write(`${lines.join("\n")}\n`);
      for (const hint of hints) err.write(`– ${printable(hint)}\n`);
      if (ledger.models.length) err.write(`\n${ledgerTable(ledger, columnsOf(err)).join("\n")}\n`);
    });
  },
};

/** What is worth a second look in a team. @throws TroupeError `GRAPH_INVALID` where no plan could be right, whoever makes it */
async function looks(team: TeamSpecialist, file: string): Promise<readonly string[]> {
  const graph = graphOf(team);
  const issues = checkTeams(graph);
  if (issues.length > 0) {
    const what = `No plan of ${team.name} can be carried out`;
    throw new TroupeError("GRAPH_INVALID", what, { file, issues, hint: "Put right what is listed; troupe check lists it again." });
  }
  return (await teamHints(graph)).filter(({ code }) => !answered.has(code)).map(formatIssue);
}

/** What the plan itself answers. */
const answered = new Set(["open-place", "act-held", "not-derived"]);

/** A team that names no outputs does what it is asked in words. @throws TroupeError `INPUT_MISSING` where there are none */
function wordsNeeded(team: TeamSpecialist, given: Readonly<Record<string, unknown>>): void {
  const field = team.team.request;
  const named = objectFields(jsonSchemaOf(team.output, "output"))?.properties ?? {};
  if (field === undefined || given[field] !== undefined || Object.keys(named).length > 0) return;
  throw new TroupeError("INPUT_MISSING", `${team.name} does what it is asked in words, and is asked nothing`, {
    hint: `Say what to plan for: --request "…", or --input ${field}="…".`,
  });
}

/** What the input says in words. */
function said({ team }: TeamSpecialist, given: Readonly<Record<string, unknown>>): string | undefined {
  const words = team.request === undefined ? undefined : given[team.request];
  return typeof words === "string" ? words : undefined;
}

/** What the team plans for: with a request alone, an input that has all fields; the request is the field that says it, or what the team is for. */
function requested(team: TeamSpecialist, given: Readonly<Record<string, unknown>>, request: string | undefined) {
  const field = team.team.request;
  if (request === undefined) return { team, values: Object.keys(given).length ? given : undefined };
  if (field === undefined) return { team: { ...team, does: request }, values: Object.keys(given).length ? given : undefined };
  const { properties = {} } = objectFields(jsonSchemaOf(team.input, "input")) ?? {};
  const all = Object.keys(given).length ? given : Object.fromEntries(Object.keys(properties).map((name) => [name, {}]));
  return { team, values: { ...all, [field]: request } };
}
