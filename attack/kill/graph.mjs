// A graph that a seed decides: layers of blocks that work side by side, each followed by a node that reads what all of them gave. The
// blocks are of the kinds in which a run is left in the middle of something: calls, some of which fail and are caught, teams, loops,
// `each`, graphs inside. What they give depends on their input only, so that every run of one graph has one result.
import { append, defineGraph, END, use } from "@troupe/core";
import { z } from "zod";
import { random } from "./random.mjs";
import { specialistsOf } from "./specialists.mjs";

/** `at(ctx)` is called when an occurrence begins its work, and resolves when it may end it; `chance()` is not the seed's. */
export function graphOf(seed, { at, chance }) {
  const specialists = specialistsOf({ at, chance });
  const r = random(seed);
  const state = { seed: z.number(), all: append(z.number()) };
  const nodes = {};
  const edges = {};
  const loops = {};
  const blocks = blocksOf(specialists, r, { state, loops });
  const layers = 2 + r.int(2);
  let ways = [];
  for (let layer = 0; layer < layers; layer++) {
    const join = `join${layer}`;
    const heads = Array.from({ length: 1 + r.int(3) }, (_, i) => {
      const [head, made, led] = blocks[r.pick(Object.keys(blocks))](`b${layer}${i}`, join);
      Object.assign(nodes, made);
      Object.assign(edges, led);
      return head;
    });
    if (layer) edges[`join${layer - 1}`] = heads;
    else ways = heads;
    nodes[join] = use(specialists.plain("join", z.object({ all: z.array(z.number()) })), { write: { out: "seed" } });
  }
  edges[`join${layers - 1}`] = END;
  return defineGraph({ name: `killed-${seed}`, state, input: ["seed"], output: ["all", "seed"], nodes, loops, start: ways, edges });
}

/** Each gives the node that begins it, its nodes and their edges; all its ways lead to `next`. */
function blocksOf({ part, inner, calls, buy, write, desk, listing }, r, { state, loops }) {
  const contributes = { write: { out: "all" } };
  const one = (specialist) => (id, next) => [id, { [id]: use(specialist, contributes) }, { [id]: next }];
  return {
    plain: one(part),
    calls: one(calls),
    buy: one(buy),
    write: one(write),
    team: one(desk),
    graph: one(inner),
    loop(id, next) {
      loops[id] = { max: 2 + r.int(2), then: next };
      const body = use(r.pick([part, calls]), contributes);
      return [id, { [id]: use(part, contributes), [`${id}_body`]: body }, { [id]: `${id}_body`, [`${id}_body`]: id }];
    },
    each(id, next) {
      Object.assign(state, { [`${id}_list`]: z.array(z.number()), [`${id}_item`]: z.number() });
      const item = use(r.pick([part, inner, calls]), { read: { seed: `${id}_item` }, ...contributes });
      const rule = { each: `${id}_list`, as: `${id}_item`, to: `${id}_one`, then: next, ...(r.next() < 0.5 && { atOnce: 2 }) };
      return [id, { [id]: use(listing, { write: { list: `${id}_list` } }), [`${id}_one`]: item }, { [id]: rule, [`${id}_one`]: END }];
    },
  };
}
