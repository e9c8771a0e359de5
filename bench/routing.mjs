// How well texts are routed to labels, and how well what does so knows when it does not know.
//   node bench/routing.mjs [file …] [--embeddings provider:name] [--decisions provider:name]… [--texts 200] [--cache folder]
// One text a line: { split, text, intent }; splits are train and test, and oos_test and near_oos_test for texts that belong to no label. The
// public sets are CLINC150 (clinc/oos-eval, CC-BY-3.0) and banking77 (PolyAI-LDN/task-specific-datasets, CC-BY-4.0). Decision models, which
// take longer, are named one by one and see the first texts of an order by hash, of those of no label a quarter as many:
// llamacpp:smollm2-135m+decisions, systemone:NAME@URL. With --cache, vectors and answers are kept, so that a run that ended goes on.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { decisions, embeddingDecisions, embeddings, headDecisions, train, writeHead } from "@troupe/nodes";
import { keptAnswers } from "./kept-answers.mjs";
import { dense, fitBest, tfidf } from "./routing/logistic.mjs";
import { auroc, calibrationError, interval, mean, riskAt } from "./routing/measures.mjs";
import { cachedVectors } from "./routing/vectors.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    embeddings: { type: "string", default: "llamacpp:minilm" },
    decisions: { type: "string", multiple: true, default: [] },
    texts: { type: "string", default: "200" },
    cache: { type: "string" },
  },
});
const files = positionals.length ? positionals : [new URL("routing.jsonl", import.meta.url)];
if (options.cache) mkdirSync(options.cache, { recursive: true });
const vectors = cachedVectors(embeddings(options.embeddings), options.cache && join(options.cache, "vectors.json"));
const folder = mkdtempSync(join(tmpdir(), "routing-"));
const hash = (text) => createHash("sha256").update(text).digest("hex");

for (const file of files) {
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const of = (split) => rows.filter((row) => row.split === split);
  const [known, judged] = [of("train"), of("test")];
  const [near, far] = [of("near_oos_test"), of("oos_test")];
  const labels = [...new Set(known.map(({ intent }) => intent))];
  const right = known.map(({ intent }) => labels.indexOf(intent));
  const table = {};
  const answers = {};

  /** Asks something that gives { choice, confidence } of every text, and notes how it does. */
  async function measure(name, tell, texts = Number.POSITIVE_INFINITY) {
    const said = async (list, most) => {
      const some = most < list.length ? [...list].sort((a, b) => (hash(a.text) < hash(b.text) ? -1 : 1)).slice(0, most) : list;
      const found = [];
      for (const { text, intent } of some) {
        const started = performance.now();
        const { choice, confidence, ms = performance.now() - started } = await tell(text);
        found.push({ text, confidence, ms, right: Number(choice === intent) });
      }
      return found;
    };
    const [inside, nearby, outside] = [await said(judged, texts), await said(near, texts / 4), await said(far, texts / 4)];
    const sure = (list) => list.map(({ confidence }) => confidence);
    answers[name] = inside;
    table[name] = {
      texts: inside.length,
      right: mean(inside.map((one) => one.right)).toFixed(3),
      ...(near.length ? { "AUROC near": auroc(sure(inside), sure(nearby)).toFixed(3) } : {}),
      ...(far.length ? { "AUROC far": auroc(sure(inside), sure(outside)).toFixed(3) } : {}),
      "wrong of surest 50%": riskAt(inside, 0.5).toFixed(3),
      "of 70%": riskAt(inside, 0.7).toFixed(3),
      "of 90%": riskAt(inside, 0.9).toFixed(3),
      "calibration error": calibrationError(inside).toFixed(3),
      "ms a text": mean([...inside, ...nearby, ...outside].map(({ ms }) => ms)).toFixed(1),
    };
  }

  const question = (criteria) => ({ intent: { type: "choice", instructions: "Which label fits?", criteria } });
  const asking = (model, criteria) => {
    const questions = question(criteria);
    return async (state) => (await model.invoke({ state, questions })).answers.intent;
  };
  const named = Object.fromEntries(labels.map((label) => [label, null]));

  // All vectors at once, so that times are those of what is done with them.
  await (await vectors.load()).embedDocuments(rows.map(({ text }) => text));
  await measure("embeddings, labels by name", asking(await embeddingDecisions(vectors).load(), named));

  for (const id of options.decisions) {
    let loading;
    const tell = async (text) => asking(await (loading ??= decisions(id).load()), named)(text);
    await measure(id, keptAnswers(tell, options.cache, [id, question(named)]), Number(options.texts));
  }

  const started = performance.now();
  const head = await train(
    known.map(({ text, intent }) => ({ text, label: intent })),
    { embeddings: vectors, risk: 0.05 },
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const path = join(folder, "head.json");
  writeFileSync(path, writeHead(head));
  await measure("trained head", asking(await headDecisions(path, () => vectors).load(), named));

  const likeliest = (shares) => ({ choice: labels[shares.indexOf(Math.max(...shares))], confidence: Math.max(...shares) });
  const [embedded] = [await (await vectors.load()).embedDocuments(known.map(({ text }) => text))];
  const plain = fitBest(embedded.map(dense), right, labels.length, embedded[0].length);
  const loaded = await vectors.load();
  await measure(`baseline: vectors, logistic regression (C ${plain.strength})`, async (text) =>
    likeliest(plain.tell(dense(await loaded.embedQuery(text)))),
  );
  for (const kind of ["words", "letters"]) {
    const { rowOf, size } = tfidf(
      known.map(({ text }) => text),
      kind,
    );
    const fitted = fitBest(
      known.map(({ text }) => rowOf(text)),
      right,
      labels.length,
      size,
    );
    await measure(`baseline: TF-IDF of ${kind}, logistic regression (C ${fitted.strength})`, (text) => likeliest(fitted.tell(rowOf(text))));
  }

  console.log(
    `\n${String(file).split("/").at(-1)}: ${labels.length} labels, ${known.length} examples; the head was trained in ${seconds} s`,
  );
  console.table(table);
  const best = Object.keys(answers)
    .filter((name) => name.startsWith("baseline"))
    .sort((a, b) => table[b].right - table[a].right)[0];
  const lead = answers["trained head"].map((one, i) => one.right - answers[best][i].right);
  const [low, high] = interval(lead.length, (drawn) => mean(drawn.map((i) => lead[i])));
  console.log(`The head less the best ${best}: ${mean(lead).toFixed(4)}, 95% of paired draws from ${low.toFixed(4)} to ${high.toFixed(4)}`);
  const { threshold } = head.calibration;
  const taken = answers["trained head"].filter(({ confidence }) => confidence >= threshold);
  console.log(
    `At its threshold for a risk of 0.05 (${threshold.toFixed(3)}) it answers ${(taken.length / judged.length).toFixed(3)} of the texts; ${(taken.filter((one) => !one.right).length / judged.length).toFixed(3)} of all are answered wrongly`,
  );
}
rmSync(folder, { recursive: true });
process.exit(0);
