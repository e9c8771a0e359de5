// How far what planners write gets: plans recorded from models, and right plans rewritten in other spellings and damaged.
import { checkPlan, planIn, readPlan, repair } from "@troupe/core";
import { goldOf, lines } from "./cases.mjs";
import { chanceOf } from "./chance.mjs";
import { damages as own } from "./damages.mjs";
import { workOf } from "./plain.mjs";
import { spellings } from "./spellings.mjs";
import { recordedPlans } from "./taskbench.mjs";

const part = (n, of) => `${String(n).padStart(5)} of ${of} (${((100 * n) / of || 0).toFixed(1)}%)`;

/** What comes of a text or of JSON: strictly parsed, read, and repaired. */
async function outcome(written, brief, plan) {
  const read = typeof written === "string" ? await planIn(written, brief) : readPlan(written, brief);
  const mended = read && repair(read.plan, brief);
  const runs = mended?.issues.length === 0 && read.issues.length === 0;
  const strict = strictly(written);
  return {
    strict: strict !== undefined && checkPlan(strict, brief).length === 0 && workOf(strict) === workOf(plan),
    read: read !== undefined && checkPlan(read.plan, brief).length === 0 && workOf(read.plan) === workOf(plan),
    verdict: !runs ? "asked" : workOf(mended.plan) === workOf(plan) ? "exact" : "wrong",
  };
}

/** The baseline: JSON.parse, and nothing but a plan in the very shape that was asked for. */
function strictly(written) {
  try {
    const plan = typeof written === "string" ? JSON.parse(written) : written;
    const isPlan =
      Array.isArray(plan.tasks) &&
      plan.tasks.every((task) => typeof task.id === "string" && typeof task.member === "string" && !Array.isArray(task.args));
    return isPlan && typeof plan.output === "object" ? plan : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `recorded`: TaskBench's recorded plans with catalogues beside; `gold`: files of right plans, of teams or NESTFUL's; `damages`: a
 * module of ways to damage. Without files, the small set of this bench.
 */
export async function recorded({ recorded: file, gold = [], damages: module }) {
  const sample = file ? undefined : lines(new URL("../plans.jsonl", import.meta.url));
  const records = recordedPlans(file ?? "", sample);
  const count = { read: 0, runs: 0, whole: 0, lost: 0, unsettled: 0 };
  const codes = {};
  for (const { brief, written } of records) {
    const read = readPlan(written, brief);
    const { plan, issues, settled, notes } = repair(read.plan, brief);
    count.read += checkPlan(read.plan, brief).length === 0;
    count.runs += issues.length === 0;
    count.whole += issues.length === 0 && plan.tasks.length >= written.task_nodes.length;
    const named = JSON.stringify(issues);
    count.lost += read.plan.tasks.filter(({ id }) => !plan.tasks.some((task) => task.id === id) && !named.includes(`"${id}"`)).length;
    const places = new Set(settled.map(({ place }) => place));
    const changed = (values, before, whose) =>
      Object.keys(values).filter(
        (name) => JSON.stringify(values[name]) !== JSON.stringify(before[name]) && !places.has(`${whose}.${name}`),
      );
    count.unsettled += changed(plan.output, read.plan.output, "output").length;
    for (const task of plan.tasks)
      count.unsettled += changed(task.args, read.plan.tasks.find(({ id }) => id === task.id)?.args ?? {}, task.id).length;
    for (const { code } of issues) codes[code] = (codes[code] ?? 0) + 1;
    if (notes.length > 0 && settled.length > notes.length * 8) throw new Error("more was settled than was said");
  }
  const of = records.length;
  console.log(`Recorded plans                          ${of}`);
  console.log(
    `  that run as they were written         ${part(records.filter(({ written, brief }) => strictly(written) && checkPlan(written, brief).length === 0).length, of)}`,
  );
  console.log(`  as they are read                      ${part(count.read, of)}`);
  console.log(`  as they are repaired                  ${part(count.runs, of)}, ${count.whole} of them with all their tasks`);
  console.log(`  tasks neither kept nor in an issue    ${count.lost}; places filled without a reason ${count.unsettled}`);
  console.log(
    `  issues asked about                    ${
      Object.entries(codes)
        .map(([code, n]) => `${code} ${n}`)
        .join(", ") || "none"
    }\n`,
  );

  const all = [...gold.flatMap(goldOf), ...records.filter((one) => one.gold).map(({ id, brief, gold: plan }) => ({ id, brief, plan }))];
  const cases = all.filter(({ plan, brief }) => checkPlan(plan, brief).length === 0);
  console.log(`Right plans                             ${cases.length} of ${all.length} that check`);
  const damages = module ? (await import(new URL(module, `file://${process.cwd()}/`))).damages : own;
  const sum = { n: 0, strict: 0, read: 0, exact: 0, wrong: 0, asked: 0 };
  const table = async (title, ways) => {
    console.log(`\n${title.padEnd(30)}plans  strict   read  exact  wrong  asked`);
    const total = { n: 0, strict: 0, read: 0, exact: 0, wrong: 0, asked: 0 };
    const row = (name, counts) =>
      console.log(
        name.slice(0, 29).padEnd(30) +
          Object.values(counts)
            .map((n) => String(n).padStart(5))
            .join("  "),
      );
    for (const [name, way] of Object.entries(ways)) {
      const counts = { n: 0, strict: 0, read: 0, exact: 0, wrong: 0, asked: 0 };
      for (const [i, { brief, plan }] of cases.entries()) {
        const written = way(structuredClone(plan), brief, chanceOf(i));
        if (written === undefined) continue;
        const { strict, read, verdict } = await outcome(written, brief, plan);
        counts.n++;
        counts.strict += strict;
        counts.read += read;
        counts[verdict]++;
      }
      row(name, counts);
      for (const key of Object.keys(total)) total[key] += counts[key];
    }
    row("together", total);
    for (const key of Object.keys(total)) sum[key] += total[key];
  };
  await table("rewritten", spellings);
  await table("damaged", damages);
  console.log(
    `\nAll: exact ${part(sum.exact, sum.n)}, wrong ${part(sum.wrong, sum.n)}, asked ${part(sum.asked, sum.n)}; strict JSON.parse ${part(sum.strict, sum.n)}`,
  );
}
