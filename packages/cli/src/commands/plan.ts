import type { Specialist } from "@troupe/core";
import { jsonSchemaOf, objectFields } from "@troupe/core";
import { bindModels } from "../bind-models.js";
import { readConfig } from "../config.js";
import { exitCode } from "../exit-code.js";
import { findTeam } from "../find-team.js";
import { interruptible } from "../interruptible.js";
import { loadTarget } from "../load/load-target.js";
import { planOnly } from "../plan-only.js";
import { readInput } from "../read-input.js";
import { inputFlags, modelFlags, modelNames, timeoutOf, trustFlags } from "../run-flags.js";
import { saveAs } from "../save-as.js";
import { colorsFor, columnsOf, isTerminal } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import { ledgerTable } from "../show/ledger-table.js";
import { liveShow } from "../show/live-show.js";
import { plainShow } from "../show/plain-show.js";
import { planLines } from "../show/plan-lines.js";
import { trusting } from "../trusting.js";
import { type Command, target as targetArgument } from "./command.js";

export const plan: Command = {
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
    const config = await readConfig();
    const trust = trusting(flags.values("trust"), config);
    const target = await loadTarget(flags.args.file!, { trust });
    const team = findTeam(target, flags.value("team"));
    const given = await readInput(team, flags.values("input"), flags.value("input-file"), { partial: true });
    const asked = requested(team, given, flags.value("request"));
    const stop = interruptible();
    const { out, err } = streams;
    const show = isTerminal(err) ? await liveShow(err, colorsFor(err)) : plainShow(err);
    streams.hear(show.say);
    try {
      const models = await bindModels(names, config, { signal: stop.signal, show });
      const { made, ledger } = await planOnly(asked.team, asked.values, {
        models,
        config,
        trust,
        signal: stop.signal,
        timeout,
        listen: show.event,
      });
      show.end();
      const width = columnsOf(out);
      const lines = flags.has("json") ? [jsonText(made, 2)] : planLines({ at: team.name, ...made }, width);
      const saved = flags.value("save");
      if (saved !== undefined) await saveAs(saved, team, made.plan, target);
      out.write(`${lines.join("\n")}\n`);
      if (ledger.models.length) err.write(`\n${ledgerTable(ledger, columnsOf(err)).join("\n")}\n`);
      return exitCode.ok;
    } catch (error) {
      show.end();
      if (stop.exitCode !== undefined) return stop.exitCode;
      throw error;
    } finally {
      await stop.done();
    }
  },
};

/** What the team plans for: with a request alone, an input that has all fields; the request is the field that says it, or what the team is for. */
function requested(team: Specialist, given: Readonly<Record<string, unknown>>, request: string | undefined) {
  const field = team.team!.request;
  if (request === undefined) return { team, values: Object.keys(given).length ? given : undefined };
  if (field === undefined) return { team: { ...team, does: request }, values: Object.keys(given).length ? given : undefined };
  const { properties = {} } = objectFields(jsonSchemaOf(team.input, "input")) ?? {};
  const all = Object.keys(given).length ? given : Object.fromEntries(Object.keys(properties).map((name) => [name, {}]));
  return { team, values: { ...all, [field]: request } };
}
