import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END, specialist, type TroupeError } from "../../index.js";
import { compile } from "../../interop/compile.js";
import type { Entry, Journal } from "../../journal/journal.js";
import { memoryJournal } from "../../journal/memory.js";
import type { Context } from "../../specialist/context.js";
import type { Specialist } from "../../specialist/specialist.js";
import { scriptedModel } from "../../testing/index.js";

const some = z.any();

/** What the world was asked to do, in order. */
type World = string[];

const part = (name: string, run: (input: any, ctx: Context) => any, more: object = {}): Specialist =>
  specialist({ name, does: `Does ${name}`, input: z.object({ n: some }), output: z.object({ n: some }), run, ...more } as any) as any;

/** What leaves a word in the world. */
const noted =
  (world: World, word: string, gives?: unknown) =>
  ({ n }: { n: unknown }) => {
    world.push(`${word} ${n}`);
    return { n: gives ?? n };
  };

/** A graph of one node around `run`. */
const graphOf = (run: (ctx: Context) => Promise<unknown>) =>
  defineGraph({
    name: "g",
    state: { out: some },
    input: [],
    output: ["out"],
    nodes: {
      only: specialist({
        name: "only",
        does: "Runs",
        input: z.object({}),
        output: z.object({ out: some }),
        run: async (_: {}, ctx: Context) => ({ out: await run(ctx) }),
      } as any),
    },
    start: "only",
    edges: { only: END },
  } as any) as any;

/** A journal that knows the first records of a run and no more, as a crash leaves it. */
async function cut(entries: readonly Entry[], length: number) {
  const journal = memoryJournal();
  const hold = await journal.hold("t");
  for (const { thread: _, run, seq: __, time: ___, ...record } of entries.slice(0, length)) await hold.append(run, [record]);
  await hold.release();
  return journal;
}

let said = 0;
/** A model that never says the same twice. */
const fickle = () => scriptedModel(() => `draft ${++said}`);

/** Runs a graph to its end, then again from each place where a crash can cut it; gives the whole run's result and what became of the others. */
async function everywhere(run: (ctx: Context, world: World) => Promise<unknown>) {
  let world: World = [];
  const graph = graphOf((ctx) => run(ctx, world));
  const whole = memoryJournal();
  const models = { default: fickle() };
  const result = await compile(graph, { journal: whole, models }).invoke({}, { thread: "t" });
  const entries = await whole.read("t");
  const before = world;
  const others: { length: number; last: Entry; result: unknown; world: World; after: readonly Entry[]; kept: readonly Entry[] }[] = [];
  const end = entries.findIndex((one) => one.kind === "completed" && one.at === "only");
  for (let length = 1; length <= end; length++) {
    world = [];
    const journal = await cut(entries, length);
    const outcome = await compile(graph, { journal, models: { default: fickle() } })
      .resume("t")
      .catch((error: unknown) => error);
    const kept = entries.slice(0, length);
    others.push({ length, last: kept.at(-1)!, result: outcome, world, kept, after: (await journal.read("t")).slice(length) });
  }
  return { result, world: before, entries, others };
}

const completed = (entries: readonly Entry[]) => entries.flatMap((one) => (one.kind === "completed" ? [one.at] : []));
const started = (entries: readonly Entry[]) => entries.flatMap((one) => (one.kind === "started" ? [one.at] : []));
const diverged = (entries: readonly Entry[]) => entries.filter(({ kind }) => kind === "diverged");

test("a call that failed and was gone past fails again after a crash, and what was quoted is charged", async () => {
  let up = false;
  const dear = part("dear", () => {
    if (!up) throw new Error("no connection");
    return { n: 99 };
  });
  const cheap = part("cheap", () => ({ n: 10 }));
  const { result, others } = await everywhere(async (ctx, world) => {
    const charge = part("charge", noted(world, "charge"), { effects: true });
    const quote = await ctx.call("dear", dear, { n: 1 }).catch((error: TroupeError) => {
      expect([error.code, error.what]).toEqual(["SPECIALIST_FAILED", "A specialist threw: no connection"]);
      expect((error.cause as Error).message).toBe("no connection");
      return ctx.call("cheap", cheap, { n: 1 });
    });
    const paid = await ctx.call("charge", charge, quote);
    const mailed = await ctx.call(
      "mail",
      part("mail", ({ n }) => ({ n: `paid ${n}` })),
      paid,
    );
    up = true; // whoever asks again gets another price
    return mailed.n;
  });
  expect(result).toEqual({ out: "paid 10" });
  for (const one of others) {
    const knew = one.kept.some(({ kind }) => kind === "failed");
    expect([one.length, one.result]).toEqual([one.length, { out: knew ? "paid 10" : "paid 99" }]);
    expect(started(one.after).filter((at) => completed(one.kept).includes(at))).toEqual([]);
    expect(diverged(one.after)).toEqual([]);
  }
});

test("the draft that was approved is the draft that is sent, though the model never says the same twice", async () => {
  const { result, world, others } = await everywhere(async (ctx, world) => {
    const approve = part("approve", noted(world, "approved", true));
    const send = part("send", noted(world, "sent"), { effects: true });
    const { value } = await ctx.generate({ prompt: "Write a draft" });
    if (!(await ctx.call("approve", approve, { n: value })).n) return "refused";
    return (await ctx.call("send", send, { n: value })).n;
  });
  const draft = (result as any).out;
  expect(world).toEqual([`approved ${draft}`, `sent ${draft}`]);
  for (const one of others) {
    const drafted = one.kept.some(({ kind }) => kind === "learnt");
    const sent = (one.result as any).out;
    if (drafted) expect([one.length, sent]).toEqual([one.length, draft]);
    for (const line of one.world) expect(line).toMatch(new RegExp(`^(approved|sent) ${sent}$`));
    expect(started(one.after).filter((at) => completed(one.kept).includes(at))).toEqual([]);
  }
});

test("what an occurrence learns is not written while it calls nothing", async () => {
  const { entries } = await everywhere(async (ctx) => {
    ctx.now();
    ctx.random();
    return (await ctx.generate({ prompt: "Say" })).value;
  });
  expect(entries.map(({ kind }) => kind)).toEqual(["began", "started", "completed", "ended"]);
});

test("a race ends as it ended", async () => {
  let slow = 0;
  const { result, others } = await everywhere(async (ctx) => {
    const [a, b] = ["a", "b"].map((name, i) => part(name, () => sleep(5 * Math.abs(i - slow), { n: name })));
    const first = await Promise.race([
      ctx.call("a", a!, { n: 1 }),
      ctx.call("b", b!, { n: 1 }),
      ctx.generate({ prompt: "?" }).then(() => sleep(400, { n: "model" })),
    ]);
    slow = 1; // the next time the other one is quicker
    await sleep(10);
    return (
      await ctx.call(
        "after",
        part("after", ({ n }) => ({ n: `${n} won` })),
        first,
      )
    ).n;
  });
  expect(result).toEqual({ out: "a won" });
  for (const one of others) {
    const raced = one.kept.some((entry) => entry.kind === "completed");
    if (raced) expect([one.length, one.result]).toEqual([one.length, result]);
    expect(diverged(one.after)).toEqual([]);
  }
});

test("the time, chance and what is done once are the same in every attempt that knows them", async () => {
  let count = 0;
  const { result, others } = await everywhere(async (ctx) => {
    const facts = [ctx.now(), ctx.random(), await ctx.once("count", () => ++count)];
    const kept = part("kept", ({ n }) => ({ n }), { effects: true });
    return [await ctx.call("kept", kept, { n: facts }), ctx.now() > 0];
  });
  for (const one of others) {
    if (one.kept.some((entry) => entry.kind === "called" && entry.at === "only/kept")) expect(one.result).toEqual(result);
    expect(one.result).not.toBeInstanceOf(Error);
  }
});

test("another input under a key runs again where nothing acts, and what was learnt after it counts no more", async () => {
  let which = "first";
  const { result, others } = await everywhere(async (ctx) => {
    const look = part("look", ({ n }) => ({ n: `saw ${n}` }));
    const seen = await ctx.call("look", look, { n: which });
    const { value } = await ctx.generate({ prompt: `Tell of it` });
    await ctx.call("keep", look, { n: "always" });
    which = "second";
    return [seen.n, value];
  });
  for (const one of others) {
    const asked = one.kept.some(({ kind }) => kind === "called");
    expect((one.result as any).out[0]).toBe("saw second");
    if (one.kept.some(({ kind }) => kind === "learnt")) {
      expect((one.result as any).out[1]).not.toBe((result as any).out[1]);
      expect(diverged(one.after)).toHaveLength(1);
    }
    expect(one.after.some((entry) => entry.kind === "called" && entry.anew === true)).toBe(asked);
  }
});

test("another input where the callee acts on the world ends the occurrence, whatever it catches", async () => {
  let amount = 10;
  const { others } = await everywhere(async (ctx, world) => {
    const charge = part("charge", noted(world, "charge"), { effects: true });
    const paid = await ctx.call("charge", charge, { n: amount++ }).catch(() => ctx.call("other", charge, { n: 0 }));
    return paid.n;
  });
  for (const one of others) {
    const asked = one.kept.some(({ kind }) => kind === "called");
    if (!asked) continue;
    expect(one.result).toMatchObject({ code: "NONDETERMINISTIC", detail: { at: "only" } });
    expect(one.world).toEqual([]);
  }
});

test("what acts on the world and is not asked for any more is an error too", async () => {
  let pays = true;
  const { others } = await everywhere(async (ctx, world) => {
    const charge = part("charge", noted(world, "charge"), { effects: true });
    const paid = pays;
    pays = false;
    return paid ? (await ctx.call("charge", charge, { n: 10 })).n : 0;
  });
  for (const one of others.filter(({ kept }) => kept.some(({ kind }) => kind === "called")))
    expect(one.result).toMatchObject({ code: "NONDETERMINISTIC" });
});

test("what acts somewhere inside a call makes it one that acts, however often it is cut off", async () => {
  let looked = 0;
  const world: World = [];
  const charge = part("charge", noted(world, "charge"), { effects: true });
  const graph = graphOf(async (ctx) => {
    const pays = part("pays", async ({ n }, inner) => {
      const paid = await inner.call("charge", charge, { n });
      return inner.call(
        "slow",
        part("slow", () => ({ n: 1 })),
        paid,
      );
    });
    return (await ctx.call("pays", pays, { n: looked })).n;
  });
  const whole = memoryJournal();
  await compile(graph, { journal: whole }).invoke({}, { thread: "t" });
  const until = async (journal: Journal, at: string) => {
    const entries = await journal.read("t");
    return cut(
      entries,
      entries.findLastIndex((one) => one.kind === "started" && one.at === at),
    );
  };
  const second = await until(whole, "only/pays/slow");
  expect(await compile(graph, { journal: second }).resume("t")).toEqual({ out: 1 });
  looked = 1;
  const third = await until(second, "only/pays/slow");
  await expect(compile(graph, { journal: third }).resume("t")).rejects.toMatchObject({ code: "NONDETERMINISTIC", detail: { at: "only" } });
  expect(world).toEqual(["charge 0"]);
});
