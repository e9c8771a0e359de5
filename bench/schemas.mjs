// How many of a hundred schemas a model answers validly: the 135M under a grammar in this process, on a real Ollama, and told only.
// node bench/schemas.mjs [grammar] [ollama] [told] [--only PART-OF-A-NAME] [--verbose]
import { parseArgs } from "node:util";
import { compile, defineGraph, END, specialist, TroupeError } from "@troupe/core";
import { model } from "@troupe/nodes";
import { z } from "zod";
import { startOllama } from "../scripts/ollama.mjs";
import { table } from "./schemas/table.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, verbose: { type: "boolean" } },
});
const rows = values.only ? table.filter(({ name }) => name.includes(values.only)) : table;
const here = model("llamacpp:smollm2-135m");
const ways = {
  grammar: async () => ({ named: here }),
  ollama: async () => {
    const server = await startOllama({ say: console.error });
    if ("why" in server) return server;
    process.env.OLLAMA_HOST = server.url;
    return { named: model("ollama:smollm2:135m"), stop: server.stop };
  },
  told: async () => ({ named: { ...here, id: here.id, card: { ...here.card, structured: "none" }, load: here.load } }),
};

/** One call of a model through a run, as a specialist makes it, with all its defaults. */
async function ask(named, { schema, ask: prompt }) {
  const it = specialist({
    name: "it",
    does: "Answers",
    input: z.object({ prompt: z.string() }),
    output: z.object({ said: z.string() }),
    run: async (input, ctx) => ({ said: JSON.stringify((await ctx.generate({ prompt: input.prompt, schema, temperature: 0 })).value) }),
  });
  const state = { prompt: z.string(), said: z.string() };
  const graph = defineGraph({ name: "one", state, input: ["prompt"], output: ["said"], nodes: { it }, start: "it", edges: { it: END } });
  const app = compile(graph, { models: { default: named } });
  const started = performance.now();
  let result;
  try {
    result = { said: (await app.invoke({ prompt }, { thread: "t" })).said };
  } catch (error) {
    result = { error };
  }
  const { models } = await app.ledger("t");
  const tokens = models.reduce((sum, { output }) => sum + output, 0);
  return { ...result, tokens, seconds: (performance.now() - started) / 1000 };
}

let broken = 0;
for (const way of positionals.length ? positionals : Object.keys(ways)) {
  const { named, why, stop } = await ways[way]();
  if (why) {
    console.log(`${way}: left out, ${why}`);
    continue;
  }
  const errors = new Map();
  let valid = 0;
  let slowest = { seconds: 0, name: "", tokens: 0 };
  for (const row of rows) {
    const { said, error, seconds, tokens } = await ask(named, row);
    if (seconds > slowest.seconds) slowest = { seconds, name: row.name, tokens };
    let outcome = "valid";
    if (error) {
      const typed = error instanceof TroupeError;
      if (!typed) broken++;
      outcome = typed ? [error.code, error.issues[0]?.code].filter(Boolean).join(" ") : `untyped ${error}`;
      errors.set(outcome, (errors.get(outcome) ?? 0) + 1);
    } else valid++;
    if (values.verbose)
      console.log(
        `${way}  ${row.name}  ${outcome}  ${tokens} tokens  ${seconds.toFixed(1)} s  ${
          error
            ? error.issues
                ?.map((i) => i.message)
                .join("; ")
                .slice(0, 200)
            : said.slice(0, 120)
        }`,
      );
  }
  const rest = [...errors].map(([outcome, count]) => `${count} ${outcome}`).join(", ") || "no errors";
  console.log(
    `${way}: ${valid} of ${rows.length} valid; ${rest}; slowest ${slowest.name}, ${slowest.seconds.toFixed(1)} s, ${slowest.tokens} tokens`,
  );
  await stop?.();
}
process.exit(broken ? 1 : 0);
