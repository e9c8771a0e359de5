import { compile, defineGraph, END, type Graph, ledgerOf, type Specialist, TroupeError } from "@troupe/core";
import { bindModels } from "../bind-models.js";
import { readConfig } from "../config.js";
import { exitCode } from "../exit-code.js";
import { interruptible } from "../interruptible.js";
import { nothing } from "../nothing.js";
import { readQuestions } from "../read-questions.js";
import { modelFlags, modelNames, timeoutOf } from "../run-flags.js";
import { colorsFor, columnsOf, isTerminal } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import { ledgerTable } from "../show/ledger-table.js";
import { liveShow } from "../show/live-show.js";
import { plainShow } from "../show/plain-show.js";
import { trusting } from "../trusting.js";
import type { Command } from "./command.js";

const { decisions, bind, timeout } = modelFlags;

export const decide: Command = {
  meta: { name: "decide", description: "Answer closed questions about states, a JSON line each" },
  args: {
    file: { type: "positional", description: "Questions and states, in YAML, JSON or JSON lines; - is stdin" },
    decisions,
    bind,
    timeout,
  },
  async carryOut(flags, streams) {
    const names = modelNames(flags);
    const bound = timeoutOf(flags);
    const config = await readConfig();
    const trust = trusting([], config);
    const asked = await readQuestions(flags.args.file!);
    const stop = interruptible();
    const { out, err } = streams;
    const show = isTerminal(err) ? await liveShow(err, colorsFor(err)) : plainShow(err);
    streams.hear(show.say);
    try {
      const models = await bindModels(names, config, { signal: stop.signal, show });
      const model = models.decisions!;
      // Inside a run, so that models, tokens, Ctrl-C and the ledger are those of every run.
      const decider: Specialist = {
        name: "decide",
        does: "Answers questions",
        input: nothing,
        output: nothing,
        run: async (_: object, ctx) => {
          for (const { id, state, questions, place } of asked) {
            const answers = await ctx.decide({ state, questions }).catch((error) => {
              throw error instanceof TroupeError ? error.placed({ file: place }) : error;
            });
            out.write(`${jsonText({ id, answers, ...("id" in model ? { model: model.id } : {}) })}\n`);
          }
          return {};
        },
      };
      const nodes = { decide: decider };
      const graph = (defineGraph as (graph: object) => Graph)({
        ...{ name: "decide", state: {}, input: [], output: [] },
        ...{ nodes, start: "decide", edges: { decide: END } },
      });
      const entries: any[] = [];
      const { limits = {} } = config;
      const app = compile(graph, { models, limits, trust, ...(bound === undefined ? {} : { timeout: bound }) });
      for await (const event of app.events({}, { signal: stop.signal })) if ("seq" in event) entries.push(event);
      show.end();
      err.write(`\n${ledgerTable(ledgerOf(entries), columnsOf(err)).join("\n")}\n`);
      return stop.exitCode ?? exitCode.ok;
    } catch (error) {
      show.end();
      if (stop.exitCode !== undefined) return stop.exitCode;
      throw error;
    } finally {
      await stop.done();
    }
  },
};
