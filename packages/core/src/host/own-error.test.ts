import { expect, test } from "vitest";
import { z } from "zod";
import { TroupeError } from "../error/error.js";
import { defineGraph, END } from "../graph/graph.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import { specialist } from "../specialist/specialist.js";

/** An error of the user's own, whose constructor takes what it likes. */
class Unpaid extends TroupeError {
  override readonly name = "Unpaid";
  constructor(
    readonly order: { id: string },
    readonly cents: number,
  ) {
    super("UNPAID", `Order ${order.id} lacks ${cents} cents`, { hint: "Ask for the rest.", cause: new Error("card declined") });
  }
}

/** One that writes its message itself. */
class Late extends TroupeError {
  constructor(days: { readonly days: number }) {
    super("LATE", "It is late");
    this.message = `It is ${days.days} days late`;
  }
}

const n = z.object({ n: z.number() });
const of = (run: (input: { n: number }, ctx: any) => any) =>
  defineGraph({
    name: "shop",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { pay: specialist({ name: "pay", does: "Pays", input: n, output: n, run }) },
    start: "pay",
    edges: { pay: END },
  });
const text = /Order A17 lacks 3 cents \(graph shop, at pay.*\nAsk for the rest\.$/;

test("an error of a class of one's own comes to the caller with its place, its text and all that it carries", async () => {
  const run = () => {
    throw new Unpaid({ id: "A17" }, 3);
  };
  const error = await compile(of(run))
    .invoke({ n: 0 })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Unpaid);
  expect(error).toMatchObject({ name: "Unpaid", code: "UNPAID", order: { id: "A17" }, cents: 3, message: expect.stringMatching(text) });
  expect(error).toMatchObject({ cause: new Error("card declined"), detail: { graph: "shop", at: "pay" } });
  // Where it was thrown, not where it got its place.
  expect((error as Error).stack).toMatch(/Order A17 lacks 3 cents \(graph shop, at pay\).*own-error\.test/s);
});

test("an error that wrote its message itself keeps it", async () => {
  const run = () => {
    throw new Late({ days: 3 });
  };
  const app = compile(of(run), { journal: memoryJournal() });
  const error = await app.invoke({ n: 0 }, { thread: "t" }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Late);
  expect(error).toMatchObject({ code: "LATE", message: "It is 3 days late (graph shop, at pay)" });
});

test("who calls what fails so hears the same, and hears its text again from the journal", async () => {
  const child = specialist({
    name: "child",
    does: "Fails",
    input: n,
    output: n,
    run: () => {
      throw new Unpaid({ id: "A17" }, 3);
    },
  });
  const heard: unknown[] = [];
  const journal = memoryJournal();
  const stop = new AbortController();
  const app = compile(
    of(async ({ n }, ctx) => {
      heard.push(await ctx.call("child", child, { n }).catch((thrown: unknown) => thrown));
      if (ctx.attempt === 1) stop.abort();
      return { n: await ctx.once("after", () => n) };
    }),
    { journal },
  );
  await expect(app.invoke({ n: 1 }, { thread: "t", signal: stop.signal })).rejects.toMatchObject({ code: "ABORTED" });
  expect(await app.resume("t")).toEqual({ n: 1 });
  expect(heard[0]).toBeInstanceOf(Unpaid);
  expect(heard).toHaveLength(2);
  for (const error of heard) expect(error).toMatchObject({ code: "UNPAID", message: expect.stringMatching(text) });
});

test("an error that is thrown in two places has the place of each", async () => {
  const one = Object.freeze(new Unpaid({ id: "A17" }, 3));
  for (const at of ["here", "there"])
    expect(one.placed({ at })).toMatchObject({ cents: 3, detail: { at }, message: expect.stringMatching(at) });
  expect(one.detail.at).toBeUndefined();
});
