// Who works in the graphs. Each calls `at(ctx)` when an occurrence begins its work, with what it does to the world, if it does; it
// resolves when the work may end. `chance()` is not the graph's seed's.
import { append, asSpecialist, defineGraph, END, specialist, team, use } from "@troupe/core";
import { scriptedModel } from "@troupe/core/testing";
import { z } from "zod";
import { digest } from "./random.mjs";

const seeded = z.object({ seed: z.number() });
const gives = z.object({ out: z.number() });

/** Those that a graph is made of. `plain(name, input)` makes one that gives a number, which its name and input decide. */
export function specialistsOf({ at, chance }) {
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
  const inner = innerOf(plain, part);
  return {
    plain,
    part,
    inner,
    calls: callsOf(at, part, inner),
    buy: buyOf(at, chance),
    write: writeOf(at, chance, part),
    desk: deskOf(at),
    listing: listingOf(at),
  };
}

function innerOf(plain, part) {
  const contributes = { write: { out: "all" } };
  return asSpecialist(
    defineGraph({
      name: "inner",
      does: "Goes round a loop, then down two branches",
      state: { seed: z.number(), out: z.number(), all: append(z.number()) },
      input: ["seed"],
      output: ["out"],
      nodes: {
        first: use(part, contributes),
        again: use(part, contributes),
        left: use(part, contributes),
        right: use(part, contributes),
        both: plain("both", z.object({ all: z.array(z.number()) })),
      },
      loops: { first: { max: 2, then: ["left", "right"] } },
      start: "first",
      edges: { first: "again", again: "first", left: "both", right: "both", both: END },
    }),
  );
}

function callsOf(at, part, inner) {
  const broken = specialist({
    ...part,
    name: "broken",
    run: async (_, ctx) => {
      await at(ctx);
      throw new RangeError("it is broken");
    },
  });
  return specialist({
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
}

function buyOf(at, chance) {
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
  return specialist({
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
}

function writeOf(at, chance, part) {
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
  return specialist({
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
}

function deskOf(at) {
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
  return team({
    name: "desk",
    does: "Measures a piece and rates its length",
    members: [measure, rate],
    input: seeded,
    output: gives,
  });
}

function listingOf(at) {
  return specialist({
    name: "listing",
    does: "Makes a list",
    input: seeded,
    output: z.object({ list: z.array(z.number()) }),
    run: async ({ seed }, ctx) => {
      await at(ctx);
      return { list: Array.from({ length: 2 + (seed % 5) }, (_, i) => digest([seed, i])) };
    },
  });
}
