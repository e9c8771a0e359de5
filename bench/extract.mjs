// What each engine of `extract` gets right on receipts, and what a model gets right that is simply asked.
// node bench/extract.mjs [receipts.jsonl] [default model]     one receipt a line: { id, merchant, date, total_cents, lines: [[text]] }
import { readFile } from "node:fs/promises";
import { compile, defineGraph, END, specialist } from "@troupe/core";
import { embeddings, extract, model } from "@troupe/nodes";
import { z } from "zod";

const [file = new URL("receipts.jsonl", import.meta.url), name = "llamacpp:smollm2-135m"] = process.argv.slice(2);
const receipts = (await readFile(file, "utf8"))
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const models = { default: model(name), embeddings: embeddings("llamacpp:minilm") };

const fields = {
  merchant: { kind: "organisation", description: "name of the shop or company that was paid" },
  date: { kind: "date", description: "day of the purchase" },
  total: { kind: "amount", description: "total amount that was paid" },
};
const found = { merchant: z.string().nullable(), date: z.string().nullable(), total: z.number().nullable() };
const asked = specialist({
  name: "asked",
  does: "Asks a model for the facts and takes what it writes",
  input: z.object({ text: z.string() }),
  output: z.object(found),
  run: async ({ text }, ctx) => {
    const prompt = `${text}\n\nFrom the receipt above give the merchant, the date as YYYY-MM-DD and the total amount paid, as a JSON object: merchant, date, total.`;
    return (await ctx.generate({ prompt, schema: z.object(found), maxTokens: 120, temperature: 0 })).value;
  },
});
const engines = {
  "model, asked": asked,
  ...Object.fromEntries(["patterns", "embeddings", "model", "auto"].map((engine) => [engine, extract({ fields, engine })])),
};

const letters = (text) =>
  String(text ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
/** The merchant counts where its name, or the first four letters of one longer, are in the answer. */
const named = (said, name) =>
  letters(said).includes(letters(name)) || (letters(name).length > 4 && letters(said).includes(letters(name).slice(0, 4)));

const rows = {};
for (const [engine, it] of Object.entries(engines)) {
  const graph = defineGraph({
    name: "extract",
    state: { text: z.string(), ...found },
    input: ["text"],
    output: ["merchant", "date", "total"],
    nodes: { it: { specialist: it, read: {}, write: {}, set: {} } },
    start: "it",
    edges: { it: END },
  });
  const places = { ...graph, state: { ...graph.state, places: z.any() } };
  const app = compile(engine === "model, asked" ? graph : places, { models });
  const right = { merchant: 0, date: 0, total: 0 };
  const started = performance.now();
  let tokens = 0;
  for (const [i, { merchant, date, total_cents, lines }] of receipts.entries()) {
    const thread = `${engine} ${i}`;
    const out = await app.invoke({ text: lines.map(([text]) => text).join("\n") }, { thread }).catch((error) => ({ error }));
    if (named(out.merchant, merchant)) right.merchant++;
    if (out.date === date) right.date++;
    if (Math.round((out.total ?? 0) * 100) === total_cents) right.total++;
    tokens += (await app.ledger(thread)).models.reduce((sum, { input, output }) => sum + input + output, 0);
  }
  const each = (count) => `${count}/${receipts.length}`;
  rows[engine] = {
    merchant: each(right.merchant),
    date: each(right.date),
    total: each(right.total),
    "ms each": Math.round((performance.now() - started) / receipts.length),
    "tokens each": Math.round(tokens / receipts.length),
  };
}
console.table(rows);
process.exit(0);
