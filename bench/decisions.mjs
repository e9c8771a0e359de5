// What decision models get right, and what they cost: node bench/decisions.mjs [part …] [--data FILE] [--model NAME …]
//   questions   closed questions with their answers, of `--data` or a few of this bench's own: its form is described in decisions/questions.mjs
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { decisions } from "@troupe/nodes";
import { questions } from "./decisions/questions.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: `${import.meta.dirname}/decisions/questions.jsonl` },
    model: {
      type: "string",
      multiple: true,
      default: ["embeddings:llamacpp:minilm", "llamacpp:smollm2-135m+decisions", "llamacpp:smollm2-135m"],
    },
  },
});
const lines = (path) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const models = values.model.map((name) => decisions(name));

const parts = {
  questions: () => questions(lines(values.data), models),
};
for (const part of positionals.length ? positionals : Object.keys(parts)) {
  console.log(`\n${part}`);
  await parts[part]();
}
process.exit(0);
