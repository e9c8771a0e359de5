// A graph that a seed decides: layers of blocks that work side by side, each followed by a node that reads what all of them gave. The
// blocks are of the kinds in which a run is left in the middle of something: calls, some of which fail and are caught, teams, loops,
// `each`, graphs inside. What they give depends on their input only, so that every run of one graph has one result.
import { append, asSpecialist, defineGraph, END, specialist, team, use } from "@troupe/core";
import { scriptedModel } from "@troupe/core/testing";
import { z } from "zod";
import { digest, random } from "./random.mjs";

const seeded = z.object({ seed: z.number() });
const gives = z.object({ out: z.number() });

/** `at(ctx)` is called when an occurrence begins its work, and resolves when it may end it; `chance()` is not the seed's. */
export function graphOf(seed, { at, chance }) {
  const plain = (name, input = seeded) =>
    specialist({
      name,
      does: `Makes a number, as ${name}`,
      input,
      output: gives,
      run: async (given, ctx) => {
        await at(ctx);
        return { out: digest([name, given]) };
      },
    });
  const part = plain("part");

  const inner = asSpecialist(
    defineGraph({
      name: "inner",
      does: "Goes round a loop, then down two branches",
      state: { seed: z.number(), out: z.number(), all: append(z.number()) },
      input: ["seed"],
      output: ["out"],
      nodes: {
        first: use(part, { write: { out: "all" } }),
        again: use(part, { write: { out: "all" } }),
        left: use(part, { write: { out: "all" } }),
        right: use(part, { write: { out: "all" } }),
        both: plain("both", z.object({ all: z.array(z.number()) })),
      },
      loops: { first: { max: 2, then: ["left", "right"] } },
      start: "first",
      edges: { first: "again", again: "first", left: "both", right: "both", both: END },
    }),
  );

  const broken = specialist({
    ...part,
    name: "broken",
    run: async (_, ctx) => {
      await at(ctx);
      throw new RangeError("it is broken");
    },
  });
  const calls = specialist({
    name: "calls",
    does: "Calls others, side by side and after one another, and goes on past one that fails",
    input: seeded,
    output: gives,
    run: async ({ seed }, ctx) => {
      await at(ctx);
      const [one, other] = await Promise.all([ctx.call("one", part, { seed }), ctx.call("other", inner, { seed: seed + 1 })]);
      const failed = await ctx.call("bad", broken, { seed }).then(
        () => "it did not fail",
        ({ code }) => code,
      );
      const last = await ctx.call("last", part, { seed: digest([one, other, failed]) });
      return { out: digest([one, other, failed, last]) };
    },
  });

  /** Says another price each time it is asked, and fails now and then, which no seed decides. */
  const quote = specialist({
    name: "quote",
    does: "Says a price",
    input: seeded,
    output: z.object({ price: z.number() }),
    run: async (_, ctx) => {
      await at(ctx);
      if (chance() < 0.5) throw new RangeError("nobody answers");
      return { price: Math.floor(chance() * 1e6) };
    },
  });
  const charge = specialist({
    name: "charge",
    does: "Takes money",
    effects: true,
    input: z.object({ price: z.number() }),
    output: z.object({ charged: z.number() }),
    run: async ({ price }, ctx) => {
      await at(ctx, price);
      return { charged: price };
    },
  });
  const buy = specialist({
    name: "buy",
    does: "Asks for prices until one is said, and pays it",
    effects: true,
    input: seeded,
    output: gives,
    run: async ({ seed }, ctx) => {
      let price;
      for (let i = 0; price === undefined && i < 3; i++)
        price = await ctx.call(`quote-${i}`, quote, { seed }).then(
          (said) => said.price,
          () => undefined,
        );
      price ??= 42;
      const { charged } = await ctx.call("charge", charge, { price });
      // The same whatever the price was, unless another was paid than was said.
      return { out: charged === price ? digest(seed) : -1 };
    },
  });

  /** Says something else each time it is asked. */
  const writer = scriptedModel(() => `Dear ${Math.floor(chance() * 1e6)}`);
  const send = specialist({
    name: "send",
    does: "Sends a letter",
    effects: true,
    input: z.object({ letter: z.string() }),
    output: z.object({ sent: z.string() }),
    run: async ({ letter }, ctx) => {
      await at(ctx, letter);
      return { sent: letter };
    },
  });
  const write = specialist({
    name: "write",
    does: "Writes a letter that comes out differently each time, and sends it",
    effects: true,
    input: seeded,
    output: gives,
    run: async ({ seed }, ctx) => {
      await at(ctx);
      const { text } = await ctx.generate({ model: writer, prompt: `Write letter ${seed}` });
      const first = await Promise.race(["hare", "tortoise"].map(async (key) => (await ctx.call(key, part, { seed })) && key));
      const letter = `${text}, ${first}, ${ctx.random()}, ${await ctx.once("mood", chance)}`;
      const { sent } = await ctx.call("send", send, { letter });
      return { out: sent === letter ? digest(seed) : -1 };
    },
  });

  const measure = specialist({
    name: "measure",
    does: "Measures the length of a piece",
    input: seeded,
    output: z.object({ length: z.number() }),
    run: async ({ seed }, ctx) => {
      await at(ctx);
      return { length: digest(["length", seed]) };
    },
  });
  const rate = specialist({
    name: "rate",
    does: "Rates a length",
    input: z.object({ length: z.number() }),
    output: gives,
    run: async ({ length }, ctx) => {
      await at(ctx);
      return { out: digest(["rate", length]) };
    },
  });
  const desk = team({
    name: "desk",
    does: "Measures a piece and rates its length",
    members: [measure, rate],
    input: seeded,
    output: gives,
  });

  const listing = specialist({
    name: "listing",
    does: "Makes a list",
    input: seeded,
    output: z.object({ list: z.array(z.number()) }),
    run: async ({ seed }, ctx) => {
      await at(ctx);
      return { list: Array.from({ length: 2 + (seed % 5) }, (_, i) => digest([seed, i])) };
    },
  });

  const r = random(seed);
  const state = { seed: z.number(), all: append(z.number()) };
  const nodes = {};
  const edges = {};
  const loops = {};
  const contributes = { write: { out: "all" } };
  /** Each gives the node that begins it; all its ways lead to `next`. */
  const blocks = {
    plain: (id, next) => [id, { [id]: use(part, contributes) }, { [id]: next }],
    calls: (id, next) => [id, { [id]: use(calls, contributes) }, { [id]: next }],
    buy: (id, next) => [id, { [id]: use(buy, contributes) }, { [id]: next }],
    write: (id, next) => [id, { [id]: use(write, contributes) }, { [id]: next }],
    team: (id, next) => [id, { [id]: use(desk, contributes) }, { [id]: next }],
    graph: (id, next) => [id, { [id]: use(inner, contributes) }, { [id]: next }],
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
    nodes[join] = use(plain("join", z.object({ all: z.array(z.number()) })), { write: { out: "seed" } });
  }
  edges[`join${layers - 1}`] = END;
  return defineGraph({ name: `killed-${seed}`, state, input: ["seed"], output: ["all", "seed"], nodes, loops, start: ways, edges });
}
