// What `extract` gets right on documents and texts, beside fifteen lines and a model that is simply asked, and how long it takes.
// node bench/extract.mjs [--documents FILE …] [--texts FILE …] [--engine NAME …] [--model NAME] [--verbose]
//   Documents, one a line: { id, merchant, date, total or total_cents } and their text: lines [[text]], rows, or boxes.
//   Texts, one a line: { id, language, text, fields: { name: { kind, description } }, expected: { name: value or null } }.
//   Engines: baseline, patterns, embeddings, auto (without a tuned model), tuned (auto with it), model, "model, asked"; without one:
//   baseline, patterns and auto.
//   Without a file both run on the samples in extract/, and the times are measured.
//   --verbose shows what is wrong in the odd half, by hash of id; the even half is only counted.
import { parseArgs } from "node:util";
import { embeddings, model } from "@troupe/nodes";
import { documents } from "./extract/documents.mjs";
import { texts } from "./extract/texts.mjs";
import { times } from "./extract/times.mjs";

const { values } = parseArgs({
  options: {
    documents: { type: "string", multiple: true, default: [] },
    texts: { type: "string", multiple: true, default: [] },
    engine: { type: "string", multiple: true, default: ["baseline", "patterns", "auto"] },
    model: { type: "string", default: "llamacpp:smollm2-135m" },
    verbose: { type: "boolean", default: false },
  },
});
const models = {
  default: model(values.model),
  embeddings: embeddings("llamacpp:minilm"),
  calls: model("llamacpp:smollm2-135m+calls-fields"),
};
const own = !values.documents.length && !values.texts.length;
const sample = (name) => (own ? [new URL(`extract/${name}.jsonl`, import.meta.url)] : []);

if (own) await times();
for (const file of [...values.documents, ...sample("receipts")]) await documents(file, values.engine, models, values.verbose);
const engines = values.engine.filter((engine) => engine !== "baseline" && engine !== "model, asked");
for (const file of [...values.texts, ...sample("texts")]) await texts(file, engines, models, values.verbose);
process.exit(0);
