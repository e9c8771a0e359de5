import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../../graph/graph.js";
import { compile } from "../../interop/compile.js";
import type { Entry, Journal } from "../../journal/journal.js";
import { memoryJournal } from "../../journal/memory.js";
import type { ChatModel } from "../../model/model.js";
import type { Context } from "../../specialist/context.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { scriptedModel } from "../../testing/index.js";

/** A step of a program. Every step makes a text of the one before it. */
type Step =
  | { readonly do: "generate" | "now" | "random" | "once" }
  /** Calls; what is called acts on the world, fails now and then, calls others itself, or opens a plan. */
  | { readonly do: "call"; readonly acts: boolean; readonly fails: boolean; readonly inside: readonly Step[]; readonly drifts: boolean }
  | { readonly do: "plan"; readonly acts: boolean }
  /** The first step, or the second where that fails. */
  | { readonly do: "either"; readonly steps: readonly [Step, Step] }
  | { readonly do: "race" | "all"; readonly steps: readonly Step[] }
  /** Goes one way or the other by what it knows. */
  | { readonly do: "branch"; readonly steps: readonly [Step, Step] };

const programs = (drifting: boolean): fc.Arbitrary<readonly Step[]> =>
  fc.letrec<{ step: Step; steps: readonly Step[] }>((tie) => ({
    steps: fc.array(tie("step"), { minLength: 1, maxLength: 4 }),
    step: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constantFrom("generate" as const, "generate" as const, "now" as const, "random" as const, "once" as const),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant("call" as const),
          acts: fc.boolean(),
          fails: fc.boolean(),
          inside: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: tie("steps") }),
          drifts: drifting ? fc.boolean() : fc.constant(false),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("plan" as const), acts: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("either" as const), steps: fc.tuple(tie("step"), tie("step")) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constantFrom("race" as const, "all" as const),
          steps: fc.array(tie("step"), { minLength: 2, maxLength: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("branch" as const), steps: fc.tuple(tie("step"), tie("step")) }) },
    ),
  })).steps;

/** What differs between one attempt and the next: how long things take, what fails, what models say, what code looks up outside of `ctx`. */
interface Fate {
  readonly number: () => number;
  readonly model: ChatModel;
}

function fateOf(seed: number): Fate {
  let state = seed;
  const number = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const says = Array.from({ length: 60 }, () => `${Math.floor(number() * 1e9)}`);
  return { number, model: scriptedModel(says) };
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};

/** What the world was asked to do: paths, and what each was given. */
type World = Map<string, Set<string>>;

const text = z.object({ text: z.string() });
const short = (value: string) => (value.length > 60 ? `${value.slice(0, 20)}~${value.slice(-40)}` : value);

function graphOf(program: readonly Step[], fate: () => Fate, world: World) {
  const does = (name: string, run: (input: { text: string }, ctx: Context) => Promise<{ text: string }>, acts = false): Specialist =>
    specialist({ name, does: `Does ${name}`, input: text, output: text, run, ...(acts ? { effects: true as const } : {}) } as any) as any;
  const echo = does("echo", async ({ text }) => ({ text }));
  const noted = (at: string, given: string) => world.set(at, (world.get(at) ?? new Set()).add(given));

  const work = async (step: Step, key: string, last: string, ctx: Context): Promise<string> => {
    switch (step.do) {
      case "generate":
        return (await ctx.generate({ prompt: `After ${last}` })).value;
      case "now":
        return `${last}n${ctx.now()}`;
      case "random":
        return `${last}r${ctx.random()}`;
      case "once":
        return `${last}o${await ctx.once(key, () => fate().number())}`;
      case "call": {
        const { acts, fails, inside, drifts } = step;
        const callee = does(
          `${acts ? "act" : "look"}${key}`,
          async ({ text }, inner) => {
            if (acts) noted(inner.at, text);
            await turns(Math.floor(fate().number() * 6));
            if (fails && fate().number() < 0.5) throw new Error(`no luck ${fate().number()}`);
            return { text: inside.length ? await all(inside, text, inner) : `${acts ? "did" : "saw"}${fate().number()}` };
          },
          acts,
        );
        const given = drifts ? `${last}d${Math.floor(fate().number() * 2)}` : last;
        return (await ctx.call(key, callee, { text: given })).text;
      }
      case "plan": {
        const member = does(
          "member",
          async ({ text }, { at }) => {
            if (step.acts) noted(at, text);
            await turns(Math.floor(fate().number() * 4));
            return { text: `m${fate().number()}` };
          },
          step.acts,
        );
        const make = async (making: Pick<Context, "generate">) => {
          const { value } = await making.generate({ prompt: "Plan" });
          const first = { id: "a", member: "member", args: { text: { ref: "input.text" } } };
          const more = Number(value) % 2 ? [{ id: "b", member: "member", args: { text: { ref: "a.text" } } }] : [];
          return { plan: { tasks: [first, ...more], output: { text: { ref: more.length ? "b.text" : "a.text" } } }, by: "hand", notes: [] };
        };
        return String((await ctx.plan(make, [member], { text: last })).text);
      }
      case "either":
        return work(step.steps[0], `${key}a`, last, ctx).catch((error) => work(step.steps[1], `${key}b`, `${last}e${error.code}`, ctx));
      case "race":
        return Promise.race(step.steps.map((one, i) => work(one, `${key}${"abc"[i]}`, last, ctx)));
      case "all":
        return (await Promise.all(step.steps.map((one, i) => work(one, `${key}${"abc"[i]}`, last, ctx)))).join("+");
      case "branch":
        return work(step.steps[last.length % 2]!, `${key}${"ab"[last.length % 2]}`, last, ctx);
    }
  };
  const all = async (steps: readonly Step[], first: string, ctx: Context): Promise<string> => {
    let last = first;
    for (const [i, step] of steps.entries()) last = short(await work(step, `k${i}`, last, ctx));
    return last;
  };
  return defineGraph({
    name: "program",
    state: { text: z.string() },
    input: ["text"],
    output: ["text"],
    nodes: { only: does("only", async ({ text }, ctx) => ctx.call("last", echo, { text: await all(program, text, ctx) })) },
    start: "only",
    edges: { only: END },
  } as any);
}

/** A journal that knows the first records of a run and no more, as a crash leaves it. */
async function cut(entries: readonly Entry[], length: number): Promise<Journal> {
  const journal = memoryJournal();
  const hold = await journal.hold("t");
  const records = entries.slice(0, length).map(({ thread: _, run: __, seq: ___, time: ____, ...record }) => record as any);
  await hold.append(1, records);
  await hold.release();
  return journal;
}

interface Ran {
  readonly outcome: unknown;
  readonly entries: readonly Entry[];
}

async function run(
  program: readonly Step[],
  seed: number,
  world: World,
  before?: { entries: readonly Entry[]; length: number },
): Promise<Ran> {
  const fate = fateOf(seed);
  const graph = graphOf(program, () => fate, world);
  const journal = before ? await cut(before.entries, before.length) : memoryJournal();
  const app = compile(graph, { journal, models: { default: fate.model } }) as any;
  const outcome = await (before ? app.resume("t") : app.invoke({ text: "x" }, { thread: "t" })).then(
    (output: any) => output.text,
    (error: any) => (error.code === "SPECIALIST_FAILED" ? "failed" : error),
  );
  return { outcome, entries: await journal.read("t") };
}

/** Occurrences that were started after they were completed, where nothing else was asked of them. */
function startedAgain(entries: readonly Entry[]): string[] {
  const completed = new Set<string>();
  return entries.flatMap((entry) => {
    if (entry.kind === "completed") completed.add(entry.at);
    // What was asked for otherwise, or planned for other input, is void, and is done anew.
    if ((entry.kind === "called" && entry.anew) || entry.kind === "planned")
      for (const at of completed)
        if (at === entry.at || at.startsWith(`${entry.at}/`) || at.startsWith(`${entry.at}#`)) completed.delete(at);
    return entry.kind === "started" && completed.has(entry.at) ? [entry.at] : [];
  });
}

/** The place in the journal before the program's own end. */
const endOf = (entries: readonly Entry[]) => {
  const end = entries.findLastIndex((entry) => (entry.kind === "completed" || entry.kind === "failed") && entry.at === "only");
  return end < 0 ? entries.length : end;
};

const crashes = fc.array(
  fc.nat(999).map((part) => part / 1000),
  { minLength: 1, maxLength: 3 },
);

test("a program that goes by what ctx gives it ends, after any crashes, as its journal says: nothing that acts is asked for twice or otherwise", async () => {
  await fc.assert(
    fc.asyncProperty(programs(false), crashes, fc.nat(), async (program, places, seed) => {
      const world: World = new Map();
      let ran = await run(program, seed, world);
      for (const [i, place] of places.entries()) {
        // The run is cut off, and goes on in another world: times, failures, models and chance are not the same.
        const length = 1 + Math.floor(place * (endOf(ran.entries) - 1));
        // What was done after the cut is done all the same; the crash only keeps it from being known.
        ran = await run(program, seed + 1 + i, world, { entries: ran.entries, length });
        expect(ran.outcome).toEqual(expect.any(String));
        expect(startedAgain(ran.entries)).toEqual([]);
        expect(ran.entries.filter(({ kind }) => kind === "diverged")).toEqual([]);
      }
      // The whole journal but its end, replayed, comes to the same end.
      const last = await run(program, seed + 99, new Map(), { entries: ran.entries, length: endOf(ran.entries) });
      expect(last.outcome).toEqual(ran.outcome);
      expect(last.entries.filter(({ kind }) => kind === "diverged")).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 120_000);

test("a program that looks up what differs from one attempt to the next never asks what acts for anything else: it ends, or says why it can't", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(programs(true), crashes, fc.nat(), async (program, places, seed) => {
      const world: World = new Map();
      let ran = await run(program, seed, world);
      for (const [i, place] of places.entries()) {
        if (endOf(ran.entries) === ran.entries.length) return;
        // What the world has of calls whose asking is no longer in the journal was asked for under another run's name.
        const length = 1 + Math.floor(place * (endOf(ran.entries) - 1));
        const known = new Set(
          ran.entries.slice(0, length).flatMap((one) => (one.kind === "called" || one.kind === "started" ? [one.at] : [])),
        );
        for (const at of world.keys()) if (!known.has(at)) world.delete(at);
        ran = await run(program, seed + 1 + i, world, { entries: ran.entries, length });
        if (typeof ran.outcome !== "string") {
          expect(ran.outcome).toMatchObject({ code: "NONDETERMINISTIC" });
          refused++;
          return;
        }
        expect(startedAgain(ran.entries)).toEqual([]);
        for (const [at, given] of world) expect([at, [...given]]).toEqual([at, [expect.any(String)]]);
      }
    }),
    { numRuns: 100 },
  );
  expect(refused).toBeGreaterThan(0);
}, 240_000);

test("a program that failed is tried anew until it ends, and what acts is asked for the same thing every time", async () => {
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(programs(false), fc.nat(), async (program, seed) => {
      const world: World = new Map();
      let ran = await run(program, seed, world);
      for (let attempt = 1; ran.outcome === "failed" && attempt < 12; attempt++) {
        tried++;
        ran = await run(program, seed + attempt, world, { entries: ran.entries, length: ran.entries.length });
        expect(ran.outcome).toEqual(expect.any(String));
        expect(startedAgain(ran.entries)).toEqual([]);
        for (const [at, given] of world) expect([at, [...given]]).toEqual([at, [expect.any(String)]]);
      }
    }),
    { numRuns: 80 },
  );
  expect(tried).toBeGreaterThan(0);
}, 120_000);
