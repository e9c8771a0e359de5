// Plans for teams that have right ones: how many are right, exact, declined rightly and wrongly, guessed, and what would have acted.
// A case a line: { id, kind, members: [{ name, does, takes, gives, effects? }], input, output, request, gold: [plan], declines }, where
// takes, gives, input and output are JSON Schemas by name, "optional": true among a schema's keywords makes a field optional, request
// is null where there is none, and gold holds every plan that is right.
import { readFileSync, writeFileSync } from "node:fs";
import { checkPlan, planFor, schemaFromJson, specialist, team } from "@troupe/core";
import { briefFor } from "./brief-for.mjs";
import { byNames } from "./by-names.mjs";
import { acts, judge } from "./judge.mjs";

/** Plans all cases of a file, or of the sample beside; `model` is the decision model of the role, `planner` the one that is asked what that leaves open, `bare` leaves embeddings out. */
export async function teams({ teams: file = new URL("./teams.jsonl", import.meta.url), out, verbose, guess, ...models }) {
  const ctx = await planningWith(models, guess);
  const cases = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line));
  const answers = [];
  let slowest = 0;
  for (const one of cases) {
    const started = performance.now();
    answers.push(await answerOf(one, ctx));
    slowest = Math.max(slowest, performance.now() - started);
  }
  if (out)
    writeFileSync(out, answers.map(({ id, plan, guess }) => `${JSON.stringify({ id, plan, ...(guess ? { guess } : {}) })}\n`).join(""));
  const rows = [
    ["", "right", "exact", "declined rightly", "declined wrongly", "wrong", "wrong and no guess", "guesses", "acting wrongly", "checks"],
  ];
  const kinds = [...new Set(cases.map(({ kind }) => kind))];
  for (const kind of kinds) rows.push(rowOf(kind, cases, answers, (one) => one.kind === kind));
  rows.push(rowOf("all", cases, answers, () => true));
  const fits = fitting();
  rows.push(
    rowOf(
      "baseline: types and names",
      cases,
      cases.map((one) => ({ id: one.id, plan: byNames(briefFor(one), fits), guess: false })),
      () => true,
    ),
  );
  rows.push(
    rowOf(
      "baseline: declining all",
      cases,
      cases.map(({ id }) => ({ id, plan: null, guess: false })),
      () => true,
    ),
  );
  print(rows);
  const sure = answers.filter(({ plan, guess }) => plan && !guess);
  const exact = sure.filter(({ id, plan }) => verdict(cases, id, plan) === "exact").length;
  console.log(`of ${sure.length} plans that are no guess ${exact} are exact (${Math.round((100 * exact) / (sure.length || 1))}%)`);
  console.log(`slowest ${slowest.toFixed(0)} ms`);
  if (verbose) for (const { id, plan, why } of answers) console.log(id, verdict(cases, id, plan), plan ? "" : why);
}

/** What planning needs of a run: models loaded once, vectors and answers kept. */
async function planningWith({ model, planner, embeddings = "llamacpp:minilm", bare = false }, guess) {
  const { decisions, embeddings: named } = bare && !model && !planner ? {} : await import("@troupe/nodes");
  const vectors = new Map();
  const embedder = bare ? undefined : await named(embeddings).load();
  const chosen = model && decisions(model);
  return {
    team: { ...(guess ? { unsure: "guess" } : {}), ...(planner ? { planner: decisions(planner) } : {}) },
    progress: () => {},
    generate: () => Promise.reject(new Error("no planner writes here")),
    model: (role) => (role === "embeddings" && embedder) || (role === "decisions" && chosen) || undefined,
    async embed(texts) {
      const open = [...new Set(texts)].filter((text) => !vectors.has(text));
      if (open.length) for (const [i, vector] of (await embedder.embedDocuments(open)).entries()) vectors.set(open[i], vector);
      return texts.map((text) => vectors.get(text));
    },
    decide: async ({ model = chosen, state, questions, examples }) =>
      (await (await model.load()).invoke({ state, questions }, { examples })).answers,
  };
}

/** The plan of a team, null where it declines, is unsure or fails. */
async function answerOf(one, ctx) {
  const brief = briefFor(one);
  const made = team({
    name: "team",
    does: one.request ?? "",
    members: one.members.map((member) =>
      specialist({
        name: member.name,
        does: member.does,
        input: schemaFromJson(objectOf(member.takes)),
        output: schemaFromJson(objectOf(member.gives)),
        ...(member.effects ? { effects: true } : {}),
        run: () => ({}),
      }),
    ),
    input: schemaFromJson(objectOf(one.input)),
    output: schemaFromJson(objectOf(one.output)),
    ...ctx.team,
  });
  try {
    const { plan, guesses } = await planFor(made, undefined, ctx);
    return { id: one.id, plan, guess: guesses !== undefined, checks: checkPlan(plan, brief).length === 0 };
  } catch (error) {
    if (!/^PLAN_(?:UNSURE|DECLINED|FAILED)$/.test(error.code)) throw error;
    return { id: one.id, plan: null, guess: false, why: `${error.code}: ${error.message}` };
  }
}

const objectOf = (slots) => ({
  type: "object",
  properties: Object.fromEntries(Object.entries(slots).map(([name, { optional, ...schema }]) => [name, schema])),
  required: Object.keys(slots).filter((name) => !slots[name].optional),
});

const verdict = (cases, id, plan) => {
  const one = cases.find((other) => other.id === id);
  return judge(one, briefFor(one), plan);
};

function rowOf(name, cases, answers, of) {
  const some = answers
    .map((answer, i) => ({ ...answer, one: cases[i], verdict: verdict(cases, answer.id, answer.plan) }))
    .filter(({ one }) => of(one));
  const count = (test) => some.filter(test).length;
  const wrong = ({ verdict }) => verdict === "wrong" || verdict === "guessed";
  return [
    name,
    `${count(({ verdict }) => verdict === "exact" || verdict === "declined")} of ${some.length}`,
    `${count(({ verdict }) => verdict === "exact")} of ${count(({ one }) => !one.declines)}`,
    `${count(({ verdict }) => verdict === "declined")} of ${count(({ one }) => one.declines)}`,
    count(({ verdict }) => verdict === "refused"),
    count(wrong),
    count((answer) => wrong(answer) && !answer.guess),
    count(({ plan, guess }) => plan && guess),
    count((answer) => wrong(answer) && acts(answer.one, answer.plan)),
    count(({ plan, one }) => plan && checkPlan(plan, briefFor(one)).length === 0),
  ].map(String);
}

function print(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    );
}

/** Whether a type fits another, as checks of plans see it. */
function fitting() {
  const slot = (name, schema) => ({ name, schema, required: true, description: "" });
  return (from, to) =>
    checkPlan(
      { tasks: [], output: { to: { ref: "input.from" } } },
      {
        request: "",
        members: [],
        given: { from: slot("from", from) },
        wanted: { to: slot("to", to) },
        spare: [],
        shown: {},
      },
    ).length === 0;
}
