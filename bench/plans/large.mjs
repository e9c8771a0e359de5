// What deriving a plan for a large team costs: each team of a file, and of the small set of this bench, with members of the others
// beside its own until there are enough; milliseconds of the processor, vectors at hand, and how many plans stay right among so many.
import { derive } from "@troupe/core";
import { briefFor } from "./brief-for.mjs";
import { lines } from "./cases.mjs";
import { judge } from "./judge.mjs";
import { vectorsOf } from "./vectors-of.mjs";

const most = 120;

/** @param {{ large?: string, embeddings?: string }} options */
export async function large({ large: file, embeddings = "llamacpp:minilm" }) {
  const embed = await vectorsOf(embeddings);
  const own = lines(new URL("./teams.jsonl", import.meta.url));
  const cases = file ? lines(file) : own;
  const pool = new Map([...cases, ...own].flatMap(({ members }) => members.map((member) => [member.name, member])));
  const spent = [];
  const count = { exact: 0, declined: 0 };
  for (const one of cases) {
    const names = new Set(one.members.map(({ name }) => name));
    const others = [...pool.values()].filter(({ name, effects }) => !names.has(name) && !effects);
    const brief = briefFor({ ...one, members: [...one.members, ...others.slice(0, most - one.members.length)] });
    // Once before, so that vectors are at hand.
    await derive(brief, { embed });
    const before = process.cpuUsage();
    const { plan, declined, issues, standing, held } = await derive(brief, { embed });
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1000);
    const stands = declined === undefined && issues.length === 0 && standing !== "refused" && held.length === 0;
    count.exact += stands && judge({ ...one, members: brief.members }, brief, plan) === "exact";
    count.declined += !stands && one.declines;
  }
  spent.sort((a, b) => a - b);
  const at = (share) => spent[Math.min(spent.length - 1, Math.floor(share * spent.length))].toFixed(0);
  console.log(`${cases.length} teams of ${most} members: exact ${count.exact}, declined rightly ${count.declined}`);
  console.log(`ms of the processor a plan, vectors at hand: ${at(0.5)} at 50%, ${at(0.9)} at 90%, ${at(1)} at the most`);
}
