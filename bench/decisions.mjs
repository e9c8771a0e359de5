// What decision models get right, and what they cost: node bench/decisions.mjs [part …] [--data FILE] [--teams FILE] [--model NAME …] [--rounds N]
//   questions   closed questions with their answers, of `--data` or a few of this bench's own: its form is described in decisions/questions.mjs
//   wiring      what arguments of right plans are made from, of the teams in `--teams`, or a few of this bench's own: see decisions/wiring.mjs
//   twelve      twelve questions about one state of a thousand tokens, beside twelve prompts; fails above a fifth
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { decisions } from "@troupe/nodes";
import { questions } from "./decisions/questions.mjs";
import { twelve } from "./decisions/twelve.mjs";
import { wiring } from "./decisions/wiring.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: `${import.meta.dirname}/decisions/questions.jsonl` },
    teams: { type: "string", default: `${import.meta.dirname}/decisions/teams.jsonl` },
    rounds: { type: "string", default: "5" },
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
  wiring: () =>
    wiring(
      lines(values.teams),
      models.filter(({ card }) => card.decides?.includes("wiring") ?? true),
    ),
  twelve: async () => {
    const tuned = models.find(({ id }) => id.endsWith("+decisions")) ?? models[0];
    if ((await twelve(tuned, Number(values.rounds))) > 0.2) process.exitCode = 1;
  },
};
for (const part of positionals.length ? positionals : Object.keys(parts)) {
  console.log(`\n${part}`);
  await parts[part]();
}
process.exit();
