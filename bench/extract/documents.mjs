import { performance } from "node:perf_hooks";
import { specialist } from "@troupe/core";
import { extract } from "@troupe/nodes";
import { z } from "zod";
import { app, engineOf } from "./app.mjs";
import { baseline } from "./baseline.mjs";
import { halfOf, recordsOf, squeezed } from "./records.mjs";

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

/** A reader of receipts by name: the baseline, the model simply asked, or an engine of `extract`; each gives the fields and the tokens. */
function readerFor(engine, models) {
  if (engine === "baseline") return async (text) => ({ ...baseline(text), tokens: 0 });
  const asking = engineOf(engine, models);
  const it = engine === "model, asked" ? asked : extract({ fields, engine: asking.engine });
  const reader = app(it, engine === "model, asked" ? found : { ...found, places: z.any() }, z.string(), asking.models);
  let runs = 0;
  return async (text) => {
    const thread = `${engine} ${runs++}`;
    const out = await reader.invoke({ text }, { thread }).catch((error) => ({ error }));
    const used = (await reader.ledger(thread)).models.reduce((sum, { input, output }) => sum + input + output, 0);
    return { ...out, tokens: used };
  };
}

const letters = (text) => squeezed(text).replace(/[^a-z]/g, "");
/** A logo is seldom read well: a till's merchant counts where its name, or the first four letters of one longer, are in the answer. */
const holds = (said, name) =>
  letters(said).includes(letters(name)) || (letters(name).length > 4 && letters(said).includes(letters(name).slice(0, 4)));

const textOf = (record, form) => (form === "lines" ? record.lines.map(([text]) => text).join("\n") : record[form]);

/** What each engine gets right of a file of documents, by form, and by half and once a merchant where all three fields count. */
export async function documents(file, engines, models, verbose) {
  const records = await recordsOf(file);
  const table = {};
  for (const engine of engines) {
    for (const form of ["lines", "boxes", "rows"].filter((form) => form in records[0])) {
      const read = readerFor(engine, models);
      const right = { merchant: 0, date: 0, total: 0, "all three": 0, even: 0, odd: 0 };
      const sizes = { even: 0, odd: 0 };
      const byMerchant = new Map();
      const started = performance.now();
      let tokens = 0;
      for (const record of records) {
        const out = await read(textOf(record, form));
        const total = record.total_cents ?? Math.round(record.total * 100);
        const good = {
          merchant: form === "lines" ? holds(out.merchant, record.merchant) : squeezed(out.merchant) === squeezed(record.merchant),
          date: out.date === record.date,
          total: Math.round((out.total ?? 0) * 100) === total,
        };
        const all = good.merchant && good.date && good.total;
        const half = halfOf(record);
        for (const [name, ok] of Object.entries({ ...good, "all three": all, [half]: all })) right[name] += ok ? 1 : 0;
        sizes[half]++;
        byMerchant.set(record.merchant, [...(byMerchant.get(record.merchant) ?? []), all ? 1 : 0]);
        tokens += out.tokens;
        if (verbose && !all && half === "odd") console.log(engine, form, record.id, out.merchant, out.date, out.total);
      }
      const shares = [...byMerchant.values()].map((each) => each.reduce((sum, one) => sum + one, 0) / each.length);
      table[`${engine}, ${form}`] = {
        ...Object.fromEntries(["merchant", "date", "total", "all three"].map((name) => [name, `${right[name]}/${records.length}`])),
        "once a merchant": `${shares.reduce((sum, one) => sum + one, 0).toFixed(1)}/${shares.length}`,
        "odd half": `${right.odd}/${sizes.odd}`,
        "even half": `${right.even}/${sizes.even}`,
        "ms each": Math.round((performance.now() - started) / records.length),
        "tokens each": Math.round(tokens / records.length),
      };
    }
  }
  console.log(String(file));
  console.table(table);
}
