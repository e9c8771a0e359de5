import { flood } from "../engine/flood.js";
import type { Issue } from "../error/issue.js";
import { didYouMean, listed, shown } from "../error/nearest.js";
import type { Check } from "./look.js";
import { strayFrom } from "./mend.js";
import { endlessNodes } from "./reachable.js";

/** Cycles without an entry in `loops`, and entries that bound nothing. */
export const loops: Check = (look) => {
  const { data, analysis, unbounded } = look;
  const endless = new Set(endlessNodes(look));
  const issues: Issue[] = [];
  for (const head of unbounded) {
    const [tail] = analysis.loops[head]?.tails ?? [];
    if (tail === undefined || endless.has(head)) continue;
    issues.push({
      code: "loop-missing",
      path: ["edges", tail],
      names: { node: [head, tail] },
      message: `"${tail}" leads back to "${head}", and nothing bounds the loop.`,
      hint: `Say how often it may go round and where the run goes then: loops: { ${head}: { max: 3, then: "end" } }.`,
    });
  }
  for (const [node, { max, then }] of Object.entries(data.loops)) {
    if (!Object.hasOwn(data.nodes, node)) continue;
    if (!Number.isInteger(max) || max < 1) {
      issues.push({
        code: "loop-max",
        path: ["loops", node, "max"],
        names: { node: [node] },
        message: `The loop of "${node}" may run ${max} times.`,
        hint: "Give max a whole number of rounds, 1 or more; the first one counts.",
      });
    }
    const loop = analysis.loops[node];
    if (!loop) {
      if (!look.live.has(node) || look.irreducible.includes(node)) continue;
      const head = strayFrom(node, analysis.loops, analysis.around, data.loops) ?? analysis.around[node]?.at(-1);
      const heads = Object.keys(analysis.loops);
      issues.push({
        code: "loop-not-head",
        path: ["loops", node],
        names: { node: [node, ...(head ? [head] : [])] },
        message: head ? `"${node}" is inside a loop, but is not its head.` : `"${node}" is the head of no loop.`,
        hint: head
          ? `The loop is entered at "${head}": put the entry there.`
          : didYouMean(node, heads, heads.length ? `Heads of loops are ${listed(heads)}.` : "No edge leads back: take it out."),
      });
      continue;
    }
    // Not of the mended graph, in which the ways back in are left out.
    const inside = then.filter((target) => loop.body.has(target) || leadsBack(look, target, node));
    for (const target of inside) {
      issues.push({
        code: "loop-then-inside",
        names: { node: [node, target] },
        path: ["loops", node, "then", ...(then.length > 1 ? [then.indexOf(target)] : [])],
        message: `After its last round the loop of "${node}" goes to "${target}", which is inside the loop.`,
        hint: 'Name a node outside the loop, or "end".',
      });
    }
  }
  return [...issues, ...irreducible(look)];
};

/** Whether a target comes back to a head without leaving any loop around it: such a node would be inside the loop. */
function leadsBack({ analysis, live }: Parameters<Check>[0], target: string, head: string): boolean {
  return !live.has(target) && flood([target], analysis.successors).has(head);
}

function irreducible({ mended, analysis, irreducible }: Parameters<Check>[0]): Issue[] {
  const left = new Set(irreducible);
  const issues: Issue[] = [];
  for (const node of Object.keys(mended.nodes)) {
    if (!left.has(node)) continue;
    const leading = flood([node], analysis.predecessors);
    const cycle = [...flood([node], analysis.successors)].filter((n) => left.has(n) && leading.has(n));
    for (const n of cycle) left.delete(n);
    left.delete(node);
    const inside = new Set(cycle);
    const entries = cycle.filter((n) => mended.start.includes(n) || analysis.predecessors(n).some((from) => !inside.has(from)));
    issues.push({
      code: "irreducible",
      path: ["edges", node],
      names: { node: cycle.slice(0, shown) },
      message: `The cycle of ${listed(cycle)} is entered at more than one node (${listed(entries)}), so it has no head.`,
      hint: "Let every way into the cycle lead to one node, its head.",
    });
  }
  return issues;
}
