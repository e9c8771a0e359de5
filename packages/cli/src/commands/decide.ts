import { type Questions, TroupeError } from "@troupe/core";
import { readConfig } from "../config.js";
import { inARun } from "../in-a-run.js";
import { readQuestions } from "../read-questions.js";
import { modelFlags, modelNames, timeoutOf } from "../run-flags.js";
import { columnsOf } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import { ledgerTable } from "../show/ledger-table.js";
import { trusting } from "../trusting.js";
import { withModels } from "../with-models.js";
import type { Command } from "./command.js";

const { decisions, bind, timeout } = modelFlags;

export const decide: Command<"file"> = {
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
    const asked = await readQuestions(flags.args.file);
    const { out, err } = streams;
    return withModels(names, config, streams, async (given) => {
      const { atHand } = await import("@troupe/nodes");
      // What is asked of several states is one thing to those who keep what they know of the options.
      const askers = new Map<Questions, ReturnType<typeof atHand>>();
      const ledger = await inARun(
        async (ctx) => {
          for (const { id, state, questions, place } of asked) {
            const ask = askers.get(questions) ?? atHand(questions, "auto", names.decisions === undefined ? undefined : "decisions");
            askers.set(questions, ask);
            const { answers, models } = await ask(state, ctx).catch((error) => {
              throw error instanceof TroupeError ? error.placed({ file: place }) : error;
            });
            out.write(`${jsonText({ id, answers, model: models.join(", ") })}\n`);
          }
        },
        { ...given, name: "decide", config, trust, timeout: bound },
      );
      given.show.end();
      err.write(`\n${ledgerTable(ledger, columnsOf(err)).join("\n")}\n`);
    });
  },
};
