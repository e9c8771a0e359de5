import { createHash, randomBytes } from "node:crypto";
import {
  type App,
  asSpecialist,
  compile,
  dataOf,
  fileJournal,
  jsonSchemaOf,
  objectFields,
  type Signature,
  TroupeError,
} from "@troupe/core";
import { commandLine } from "../command-line.js";
import { compareLines } from "../compare/compare-lines.js";
import { mostFor } from "../compare/cost-bound.js";
import { judge } from "../compare/judged.js";
import { costLine, keepTo, maxCostOf, refuseCost } from "../compare/max-cost.js";
import { openedInputs } from "../compare/opened-inputs.js";
import { type Ran, runCase } from "../compare/run-case.js";
import { type Case, readSuite } from "../compare/suite.js";
import { type Compared, type Done, summaryOf } from "../compare/summary.js";
import { readConfig } from "../config.js";
import { giantNamed } from "../giant-named.js";
import { graphOf } from "../load/graph-of.js";
import { graphIn, loadTarget } from "../load/load-target.js";
import { outside } from "../outside.js";
import type { Flags } from "../parse-flags.js";
import { modelFlags, runFlags, runSettings, trustFlags } from "../run-flags.js";
import { duration } from "../show/amounts.js";
import { columnsOf } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import { printable } from "../show/printable.js";
import { withModels } from "../with-models.js";
import { type Command, target } from "./command.js";

const { journal, timeout, ...named } = { ...modelFlags, journal: runFlags.journal };

export const compare: Command<"file" | "suite"> = {
  meta: { name: "compare", description: "Run a suite of cases on a team and on one large model alone, and tell both side by side" },
  args: {
    file: target,
    suite: { type: "positional", description: "The cases, in YAML or JSON: [{ id, input, expect }]" },
    giant: { type: "string", valueHint: "name", description: "The large model: provider:name, or a role of the configuration" },
    "max-cost": { type: "string", valueHint: "dollars", description: "US dollars that it may cost; nothing is asked that could cross it" },
    thread: { type: "string", valueHint: "name", description: "The comparison's durable name, to go on with it (default: a new one)" },
    ...named,
    timeout,
    ...trustFlags,
    journal,
    json: { type: "boolean", description: "Print all cases and figures as JSON" },
  },
  async carryOut(flags, streams) {
    const { out } = streams;
    const config = await readConfig();
    const { trust } = runSettings(flags, config);
    const maxCost = maxCostOf(flags);
    const giantName = flags.value("giant");
    if (giantName === undefined)
      throw new TroupeError("FLAG_VALUE", "There is no --giant to compare with", { hint: "Add --giant openai:gpt-4o, say." });
    const found = await loadTarget(flags.args.file, { trust });
    const graph = graphIn(found);
    const task = asSpecialist(graph);
    const giant = await giantNamed(giantName, config);
    const cases = await readSuite(flags.args.suite, task);
    const settings = runSettings(flags, config, outside(found.file));
    const inputs = await openedInputs(task, cases, flags.args.suite, settings.trust, config.limits);
    const most = cases.map((one) => mostFor(giant, task, one));
    const known = most.filter((one) => one !== undefined);
    const total = known.length < most.length ? undefined : known.reduce((sum, one) => sum + one, 0);
    refuseCost(giant.id, total, maxCost, cases.length);
    const name = flags.value("thread") ?? `${graph.name}-compare-${randomBytes(4).toString("hex")}`;
    const again = commandLine(wordsOf(flags, name, settings.again));

    return withModels(settings.models, config, streams, async ({ models, show, signal }) => {
      const { soloist } = await import("@troupe/nodes");
      const book = fileJournal(settings.journal);
      const { limits = {}, services } = config;
      const options = { models, journal: book, limits, trust, ...(settings.timeout === undefined ? {} : { timeout: settings.timeout }) };
      const alone = soloist(task, giant);
      const bound = Object.entries({ ...config.models, ...settings.models }).map(([role, one]) => [role, typeof one === "string" && one]);
      const sides = {
        team: { app: compile(graph, options) as App, of: [dataOf(graph), bound], outputs: (output: Outputs) => output },
        giant: { app: compile(graphOf(alone), options) as App, of: [dataOf(graph), giant.id], outputs: asTaskNames(task) },
      };
      const compared: Compared[] = [];
      const side = async (which: "team" | "giant", one: Case, i: number): Promise<Done> => {
        const { app, of, outputs } = sides[which];
        const thread = `${name}:${which}:${one.id}`;
        const run = { app, journal: book, thread, input: inputs[i]!, of: digest([of, one.hash]), signal, services };
        const { output, ...ran } = await runCase(run);
        const done: Ran = output ? { ...ran, output: outputs(output) } : ran;
        const judged = { ...done, ...judge(one, done) };
        show.say(printable(`${i + 1} of ${cases.length}  ${one.id}  ${which}  ${how(judged)}  ${duration(done.ms)}`));
        return judged;
      };
      const tell = () => {
        const summary = summaryOf(compared);
        const outputs = Object.keys(objectFields(jsonSchemaOf(task.output, "output"))?.properties ?? {});
        if (settings.json) out.write(`${jsonText(asJson(name, giant.id, cases.length, compared, summary))}\n`);
        else if (compared.length)
          out.write(`${compareLines(compared, summary, { giant: giant.id, outputs, width: columnsOf(out) }).join("\n")}\n`);
      };
      try {
        show.say(`comparison ${printable(name)} of ${printable(graph.name)}; if it stops, go on with:`, `  ${printable(again)}`);
        show.say(printable(costLine(giant.id, total, cases.length)));
        if (!giant.card.embedded) await giant.load(trust);
        for (const [i, one] of cases.entries()) {
          keepTo(maxCost, compared, most[i]);
          // In turns who is first, so that neither always has the machine that the other warmed.
          const order = i % 2 === 0 ? (["team", "giant"] as const) : (["giant", "team"] as const);
          const first = await side(order[0], one, i);
          const second = await side(order[1], one, i);
          const [team, other] = i % 2 === 0 ? [first, second] : [second, first];
          compared.push({ case: one, team, giant: other });
        }
        show.end();
        tell();
      } catch (error) {
        show.end();
        tell();
        show.say(`${compared.length} of ${cases.length} cases are done, and kept. Go on with:`, `  ${printable(again)}`);
        if (!signal.aborted) {
          await book.close().catch(() => {});
          throw error;
        }
      }
      // What it could not keep is no success, though the figures are there.
      await book.close();
    });
  },
};

type Outputs = NonNullable<Ran["output"]>;

/** How a case went, in a word or two. */
const how = ({ error, verdict }: Done): string =>
  error && verdict === "failed" ? `failed, ${error.code}` : verdict === "none" ? "done" : verdict;

/** A specialist's outputs that are named like inputs have other names in its graph. */
function asTaskNames(task: Signature): (output: Outputs) => Outputs {
  const taken = Object.keys(objectFields(jsonSchemaOf(task.input, "input"))?.properties ?? {});
  const names = new Map(taken.map((name) => [`${name}Result`, name]));
  const given = new Set(Object.keys(objectFields(jsonSchemaOf(task.output, "output"))?.properties ?? {}));
  return (output) =>
    Object.fromEntries(Object.entries(output).map(([name, value]) => [given.has(name) ? name : (names.get(name) ?? name), value]));
}

const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** What was typed, with the name. */
function wordsOf(flags: Flags<"file" | "suite">, thread: string, again: readonly string[]): string[] {
  const typed = Object.keys({ giant: 1, "max-cost": 1, ...named, timeout: 1 }).flatMap((flag) =>
    flags.values(flag).flatMap((value) => [`--${flag}`, value]),
  );
  return ["compare", flags.args.file, flags.args.suite, ...typed, ...again, "--thread", thread, ...(flags.has("json") ? ["--json"] : [])];
}

function asJson(comparison: string, giant: string, cases: number, compared: readonly Compared[], summary: ReturnType<typeof summaryOf>) {
  const told = ({ ledger, ...done }: Done) => ({ ...done, models: ledger.models, energy: ledger.energy, cost: ledger.cost });
  return {
    comparison,
    giant,
    cases,
    ...{ team: summary.team, alone: summary.giant, paired: summary.paired },
    done: compared.map(({ case: { id }, team, giant: other }) => ({ id, team: told(team), alone: told(other) })),
  };
}
