import type { Issue } from "../error/issue.js";
import { fieldsOf } from "../graph/data.js";
import { conflicts } from "./conflicts.js";
import type { Check, Look } from "./look.js";

/** Pairs of nodes that can run at the same time and get in one another's way. */
export const races: Check = (look) => {
  const { mended, eaches, irreducible, adrift } = look;
  if (irreducible.length > 0) return [];
  const found = conflicts(mended).filter(({ a, b }) => !adrift.has(a) && !adrift.has(b));
  const beside = new Set(found.map(({ a, b, field }) => `${a} ${b} ${field}`));
  // A node and the each that runs it are one place to a reader: what is said of the each is not said again of its node.
  const again = (node: string, other: string, field: string) => {
    const by = Object.keys(mended.edges).find((n) => eaches.has(node) && eaches.get(node) === mended.edges[n]);
    return by !== undefined && (beside.has(`${by} ${other} ${field}`) || beside.has(`${other} ${by} ${field}`));
  };
  return found
    .filter(({ a, b, field }) => !again(a, b, field) && !again(b, a, field))
    .map(({ a, b, field }): Issue => {
      const [x, y] = [placeOf(look, a, field), placeOf(look, b, field)];
      const [writer, other] = x.writes
        ? [
            { node: a, ...x },
            { node: b, ...y },
          ]
        : [
            { node: b, ...y },
            { node: a, ...x },
          ];
      const does = other.writes ? "write it too" : "read it";
      return {
        code: "race",
        path: writer.path,
        names: { field: [field], node: [writer.node, other.node] },
        message: `"${writer.node}" writes "${field}" while "${other.node}" may ${does}: both can run at the same time.`,
        hint: other.writes
          ? `Let one lead to the other, write to two fields, or declare "${field}" with a reducer (append, sum).`
          : `Let one lead to the other, or let ${other.node} read another field.`,
      };
    });
};

/** Where a node touches a field, writing before reading. */
function placeOf({ mended, eaches }: Look, node: string, field: string): { path: Issue["path"]; writes: boolean } {
  const each = eaches.get(node);
  const from = each && Object.keys(mended.edges).find((n) => mended.edges[n] === each);
  const collected = each && Object.entries(each.collect).find(([, into]) => into === field);
  if (from !== undefined && collected) return { path: ["edges", from, "collect", collected[0]], writes: true };
  const places = mended.nodes[node]!;
  const written = !each && Object.entries(places.write).find(([, to]) => to === field);
  if (written) return { path: ["nodes", node, "write", written[0]], writes: true };
  const read = Object.entries(places.read).find(([, to]) => to === field);
  if (read) return { path: ["nodes", node, "read", read[0]], writes: false };
  const rule = mended.edges[node];
  return { path: rule && fieldsOf(rule, mended.conditions).includes(field) ? ["edges", node] : ["nodes", node], writes: false };
}
