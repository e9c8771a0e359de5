import type { Issue } from "../error/issue.js";
import { listed, shown } from "../error/nearest.js";
import type { Check, Look } from "./look.js";
import { mayBeMissing, takesNothing } from "./may-be-missing.js";
import { endlessNodes } from "./reachable.js";
import { givenIn, ruleReads, surelyWritten, writesOf } from "./touched.js";

/** Fields that are read before anything wrote them on some way, and outputs that a run may end without. */
export const flow: Check = (look) => {
  const { mended, irreducible, live } = look;
  if (irreducible.length > 0 || live.size === 0) return [];
  const given = givenIn(look);
  // What is written by nodes that nothing leads to, or that lead nowhere, may be missing because of that, which is named already.
  for (const node of Object.keys(mended.nodes))
    if (!live.has(node) || look.adrift.has(node)) for (const field of writesOf(look, node)) given.add(field);
  // So may what items write and nothing collects.
  for (const [node, { collect }] of look.eaches)
    for (const field of Object.values(mended.nodes[node]?.write ?? {})) if (!Object.hasOwn(collect, field)) given.add(field);
  const writers = new Map<string, string[]>();
  for (const node of live)
    for (const field of new Set(writesOf(look, node))) {
      const others = writers.get(field);
      if (others) others.push(node);
      else writers.set(field, [node]);
    }
  return [...reads(look, given, writers), ...outputs(look, given, writers)];
};

type Writers = ReadonlyMap<string, readonly string[]>;

function reads(look: Look, given: ReadonlySet<string>, writers: Writers): Issue[] {
  const { mended, eaches, live } = look;
  const { before } = look.unwritten();
  return [...live].flatMap((node): Issue[] => {
    const { read, write, optional } = mended.nodes[node]!;
    const as = eaches.get(node)?.as;
    const inputs = Object.entries(read).filter(([input, field]) => !optional.includes(input) && field !== as);
    const issues: Issue[] = [];
    const asked = new Set<string>();
    const ask = (field: string, path: Issue["path"], what: string, how: string) => {
      if (given.has(field) || asked.has(field) || !Object.hasOwn(mended.state, field) || !before.get(node)?.has(field)) return;
      asked.add(field);
      const others = (writers.get(field) ?? []).filter((n) => n !== node);
      const why = others.length
        ? `${listed(others)} may not have written yet`
        : writers.has(field)
          ? "it may leave out itself"
          : "nothing writes before it";
      issues.push({
        code: "read-unwritten",
        path,
        names: { field: [field], node: [node, ...others.slice(0, shown)] },
        message: `"${node}" ${what} "${field}", which ${why}.`,
        hint: `Let every way to ${node} write "${field}", make it an input of the graph, ${how}.`,
      });
    };
    // Of a field that is declared as one that may be missing, the check of types says so.
    for (const [input, field] of inputs)
      if (!mayBeMissing(look, field)) ask(field, ["nodes", node, "read", input], "reads", "or make the input optional");
    const own = new Set(eaches.has(node) ? [] : surelyWritten(look, node));
    const rule = mended.edges[node];
    const falls = rule?.kind === "when" || (rule?.kind === "by" && rule.otherwise !== undefined);
    const left = look.graph ? Object.values(write).filter((field) => !takesNothing(look, field)) : [];
    for (const field of ruleReads(look, node)) {
      // That it may leave out what must be there, the check of types says too.
      if (own.has(field) || left.includes(field) || (falls && mayBeMissing(look, field))) continue;
      ask(field, ["edges", node], "routes by", "or ask whether it exists first");
    }
    return issues;
  });
}

function outputs(look: Look, given: ReadonlySet<string>, writers: Writers): Issue[] {
  const { mended } = look;
  if (endlessNodes(look).length > 0) return [];
  const { atEnd } = look.unwritten();
  const inputs = new Set(mended.input);
  const first = new Map([...mended.output.entries()].reverse().map(([i, field]) => [field, i]));
  return mended.output.flatMap((field, i): Issue[] => {
    if (given.has(field) || inputs.has(field) || !Object.hasOwn(mended.state, field) || first.get(field) !== i) return [];
    const path = ["output", i];
    const some = writers.get(field) ?? [];
    if (some.length === 0) {
      const message = `Nothing writes the output "${field}".`;
      return [
        {
          code: "output-unwritten",
          path,
          names: { field: [field] },
          message,
          hint: `Let a node write "${field}", or take it out of output.`,
        },
      ];
    }
    if (takesNothing(look, field)) return [];
    if (!atEnd.has(field)) return [];
    const message = `A run may end without the output "${field}": not every way passes ${some.length > shown ? listed(some) : some.join(" or ")}.`;
    return [
      {
        code: "output-missing",
        path,
        names: { field: [field], node: some.slice(0, shown) },
        message,
        hint: `Let every way to the end write "${field}", or make it optional in state.`,
      },
    ];
  });
}
