// What `extract` gets right on documents and texts, beside fifteen lines and a model that is simply asked, and how long it takes.
// node bench/extract.mjs [--documents FILE …] [--texts FILE …] [--engine NAME …] [--model NAME] [--verbose]
//   Documents, one a line: { id, merchant, date, total or total_cents } and their text: lines [[text]], rows, or boxes.
//   Texts, one a line: { id, language, text, fields: { name: { kind, description } }, expected: { name: value or null } }.
//   Engines: baseline, patterns, embeddings, auto (patterns and embeddings alone), tuned (with the tuned weights of the role decisions),
//   "with the model" (tuned with --model as the role default), model (it alone is asked, capable or not), "model, asked"; without one:
//   baseline, patterns, auto and tuned, and with the model where --model names one.
//   Without a file both run on the samples in extract/, and the times are measured.
//   --verbose shows what is wrong in the odd half, by hash of id; the even half is only counted.
import { parseArgs } from "node:util";
import { decisions, embeddings, model } from "@troupe/nodes";
import { documents } from "./extract/documents.mjs";
import { texts } from "./extract/texts.mjs";
import { times } from "./extract/times.mjs";

const { values } = parseArgs({
  options: {
    documents: { type: "string", multiple: true, default: [] },
    texts: { type: "string", multiple: true, default: [] },
    engine: { type: "string", multiple: true },
    model: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});
const engines = values.engine ?? ["baseline", "patterns", "auto", "tuned", ...(values.model ? ["with the model"] : [])];
const models = {
  default: model(values.model ?? "llamacpp:smollm2-135m"),
  embeddings: embeddings("llamacpp:minilm"),
  decisions: decisions("llamacpp:smollm2-135m+decisions"),
};
const own = !values.documents.length && !values.texts.length;
const sample = (name) => (own ? [new URL(`extract/${name}.jsonl`, import.meta.url)] : []);

if (own) await times();
for (const file of [...values.documents, ...sample("receipts")]) await documents(file, engines, models, values.verbose);
for (const file of [...values.texts, ...sample("texts")])
  await texts(
    file,
    engines.filter((engine) => engine !== "model, asked"),
    models,
    values.verbose,
  );
process.exit(0);
