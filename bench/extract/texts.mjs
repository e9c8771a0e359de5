import { performance } from "node:perf_hooks";
import { extract } from "@troupe/nodes";
import { z } from "zod";
import { app, engineOf } from "./app.mjs";
import { firstOfKind } from "./baseline.mjs";
import { halfOf, recordsOf, squeezed } from "./records.mjs";

const written = new Set(["text", "organisation", "person"]);

/** What each engine gets right of a file of texts: whole texts, fields, values that are wrong, and values that it has not found. */
export async function texts(file, engines, models, verbose) {
  const records = await recordsOf(file);
  const languages = new Set(records.map(({ language }) => language));
  const table = {};
  for (const name of engines) {
    const { engine, models: bound } = engineOf(name, models);
    const whole = {};
    for (const half of ["odd", "even"]) {
      const counts = { texts: 0, right: 0, fields: 0, "fields right": 0, "values wrong": 0, "values missed": 0, seconds: 0 };
      for (const record of records.filter((record) => halfOf(record) === half)) {
        const names = Object.keys(record.fields);
        const outputs = Object.fromEntries([...names, "places"].map((name) => [name, z.any()]));
        const started = performance.now();
        const out =
          name === "baseline"
            ? firstOfKind(record.fields, record.text)
            : await app(extract({ fields: record.fields, engine }), outputs, z.string(), bound).invoke({ text: record.text });
        counts.seconds += (performance.now() - started) / 1000;
        const told = names.map((field) => {
          const [said, expected] = [out[field], record.expected[field]];
          const same =
            said === null || expected === null
              ? said === expected
              : written.has(record.fields[field].kind)
                ? squeezed(said) === squeezed(expected)
                : said === expected;
          if (verbose && !same && half === "odd")
            console.log(name, record.id, field, JSON.stringify(said), "for", JSON.stringify(expected));
          return same ? "right" : said === null ? "missed" : "wrong";
        });
        const count = (how) => told.filter((one) => one === how).length;
        counts.texts++;
        counts.right += count("right") === names.length ? 1 : 0;
        counts.fields += names.length;
        counts["fields right"] += count("right");
        counts["values wrong"] += count("wrong");
        counts["values missed"] += count("missed");
      }
      table[`${name}, ${half} half`] = { ...counts, seconds: Math.round(counts.seconds) };
      for (const [what, count] of Object.entries(counts)) whole[what] = (whole[what] ?? 0) + count;
    }
    table[name] = { ...whole, seconds: Math.round(whole.seconds) };
  }
  console.log(`${file}: ${records.length} texts in ${languages.size} languages`);
  console.table(table);
}
