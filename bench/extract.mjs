// How long `extract` takes by size and kind of text, what each of its engines gets right on receipts, and what a model gets right that
// is simply asked.
// node bench/extract.mjs [receipts.jsonl] [default model] [engine …]     every engine where none is named
// One receipt a line: { id, merchant, date, total or total_cents } and its text: lines [[text]], or rows, or boxes.
import { readFile } from "node:fs/promises";
import { compile, defineGraph, END, specialist } from "@troupe/core";
import { embeddings, extract, model } from "@troupe/nodes";
import { z } from "zod";
import { denseTexts } from "./dense-texts.mjs";

const [file = new URL("receipts.jsonl", import.meta.url), name = "llamacpp:smollm2-135m", ...only] = process.argv.slice(2);
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

/** A specialist in a graph of its own. */
function app(it, outputs) {
  return compile(
    defineGraph({
      name: "extract",
      state: { text: z.string(), ...outputs },
      input: ["text"],
      output: Object.keys(outputs),
      nodes: { it: { specialist: it, read: {}, write: {}, set: {} } },
      start: "it",
      edges: { it: END },
    }),
    { models },
  );
}

const kinds = { merchant: "organisation", technician: "person", date: "date", total: "amount", hours: "number" };
const five = app(
  extract({ engine: "patterns", fields: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { kind }])) }),
  { ...Object.fromEntries(Object.keys(kinds).map((name) => [name, z.any()])), places: z.any() },
);
await five.invoke({ text: "Bolt 3.60" });
const times = {};
for (const size of [12_500, 25_000, 50_000, 100_000]) {
  for (const [kind, text] of denseTexts(size)) {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    await five.invoke({ text });
    const { user, system } = process.cpuUsage(cpu);
    const wall = Math.round(performance.now() - started);
    (times[kind] ??= {})[`${size / 1000} kB`] = `${wall} (${Math.round((user + system) / 1000)})`;
  }
}
console.log("Five fields by patterns: ms, and of them ms of the processor");
console.table(times);

const letters = (text) =>
  String(text ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
/** The merchant counts where its name, or the first four letters of one longer, are in the answer. */
const named = (said, name) =>
  letters(said).includes(letters(name)) || (letters(name).length > 4 && letters(said).includes(letters(name).slice(0, 4)));

const forms = ["lines", "rows", "boxes"].filter((form) => form in receipts[0]);
const textOf = (receipt, form) => (form === "lines" ? receipt.lines.map(([text]) => text).join("\n") : receipt[form]);
const rows = {};
for (const [engine, it] of Object.entries(engines).filter(([engine]) => !only.length || only.includes(engine))) {
  for (const form of forms) {
    const reader = app(it, engine === "model, asked" ? found : { ...found, places: z.any() });
    const right = { merchant: 0, date: 0, total: 0 };
    const started = performance.now();
    let tokens = 0;
    for (const [i, receipt] of receipts.entries()) {
      const thread = `${engine} ${i}`;
      const out = await reader.invoke({ text: textOf(receipt, form) }, { thread }).catch((error) => ({ error }));
      const total = receipt.total_cents ?? Math.round(receipt.total * 100);
      if (named(out.merchant, receipt.merchant)) right.merchant++;
      if (out.date === receipt.date) right.date++;
      if (Math.round((out.total ?? 0) * 100) === total) right.total++;
      tokens += (await reader.ledger(thread)).models.reduce((sum, { input, output }) => sum + input + output, 0);
    }
    const each = (count) => `${count}/${receipts.length}`;
    rows[`${engine}, ${form}`] = {
      merchant: each(right.merchant),
      date: each(right.date),
      total: each(right.total),
      "ms each": Math.round((performance.now() - started) / receipts.length),
      "tokens each": Math.round(tokens / receipts.length),
    };
  }
}
console.table(rows);
process.exit(0);
