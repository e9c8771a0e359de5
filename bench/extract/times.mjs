import { performance } from "node:perf_hooks";
import { extract } from "@troupe/nodes";
import { z } from "zod";
import { denseTexts } from "../dense-texts.mjs";
import { app } from "./app.mjs";

const kinds = { merchant: "organisation", technician: "person", date: "date", total: "amount", hours: "number", order: "text" };

/** How long six fields take by patterns, by size and kind of text: milliseconds, and of them the processor's. */
export async function times() {
  const fields = Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { kind }]));
  const outputs = { ...Object.fromEntries(Object.keys(kinds).map((name) => [name, z.any()])), places: z.any() };
  const six = app(extract({ engine: "patterns", fields }), outputs, z.string());
  await six.invoke({ text: "Bolt 3.60" });
  const table = {};
  for (const size of [12_500, 25_000, 50_000, 100_000]) {
    for (const [kind, text] of denseTexts(size)) {
      const [started, cpu] = [performance.now(), process.cpuUsage()];
      await six.invoke({ text });
      const { user, system } = process.cpuUsage(cpu);
      const wall = Math.round(performance.now() - started);
      (table[kind] ??= {})[`${size / 1000} kB`] = `${wall} (${Math.round((user + system) / 1000)})`;
    }
  }
  console.log("Six fields by patterns: ms, and of them ms of the processor");
  console.table(table);
}
