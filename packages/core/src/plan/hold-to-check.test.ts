import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../graph/graph.js";
import type { Plan } from "../graph/plan.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import type { JsonSchema } from "../schema/json.js";
import { schemaFromJson } from "../schema/schema-from-json.js";
import { type Specialist, specialist } from "../specialist/specialist.js";
import { count, shout } from "../specialist/words.fixture.js";
import { PlanError } from "./plan-error.js";

const journal = memoryJournal();

/** Carries out a plan that code made, for a note. */
async function carriedOut(
  plan: unknown,
  input: object = { note: "all is well" },
  members: readonly Specialist[] = [shout, count],
  said: object = {},
  thread = crypto.randomUUID(),
) {
  const by = specialist({
    name: "by",
    does: "Carries out a plan made by hand",
    input: z.object({}),
    output: z.object({ out: z.any() }),
    run: async (_, ctx) => ({
      out: await ctx.plan(async () => ({ plan: plan as Plan, by: "hand", notes: [], ...said }), members, input as Record<string, unknown>),
    }),
  });
  const graph = defineGraph({
    name: "hand",
    state: { out: z.any() },
    input: [],
    output: ["out"],
    nodes: { by },
    start: "by",
    edges: { by: END },
  } as any);
  return ((await compile(graph, { journal }).invoke({}, { thread })) as any).out;
}

const loud = { id: "t1", member: "shout", args: { text: { ref: "input.note" } } };

test("a plan made by hand is carried out where it checks", async () => {
  const words = { id: "t2", member: "count", args: { text: { ref: "t1.loud" } } };
  const plan = { tasks: [loud, words], output: { loud: { ref: "t1.loud" }, words: { ref: "t2.words" } } };
  expect(await carriedOut(plan)).toEqual({ loud: "ALL IS WELL", words: 3 });
});

test("one that does not is refused whole, with all its issues, and nothing of it begins", async () => {
  const ran: string[] = [];
  const watched = { ...shout, run: () => (ran.push("shout") ? { loud: "" } : { loud: "" }) } as Specialist;
  const plan = {
    tasks: [
      loud,
      { id: "t2", member: "cuont", args: { text: { ref: "t1.loud" } } },
      { id: "t3", member: "count", args: { txt: { ref: "t9.loud" } } },
      { id: "t4", member: "count", args: { text: 7 } },
    ],
    output: { words: { ref: "t4.words" }, again: { ref: "t3.words" }, gone: { ref: "t2.x" } },
  };
  const error = await carriedOut(plan, { note: "n", spare: 1 }, [watched, count]).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(PlanError);
  expect(error).toMatchObject({ code: "PLAN_FAILED", detail: { at: "by" } });
  const codes = error.issues.map(({ code }: { code: string }) => code);
  for (const code of ["unknown-member", "unknown-argument", "missing-argument", "dangling-ref", "argument-type"])
    expect([code, codes.includes(code)]).toEqual([code, true]);
  expect(ran).toEqual([]);
});

test("a text that its input has is no planner's placeholder, and a task has an id", async () => {
  const said = (text: string) => ({ tasks: [{ id: "t1", member: "shout", args: { text } }], output: { loud: { ref: "t1.loud" } } });
  const input = { letters: [{ text: "Dear {{1.loud}}" }] };
  expect(await carriedOut(said("Say: Dear {{1.loud}}"), input)).toEqual({ loud: "SAY: DEAR {{1.LOUD}}" });
  await expect(carriedOut(said("Dear {{2.loud}}"), input)).rejects.toMatchObject({ issues: [{ code: "placeholder" }] });
  for (const id of [undefined, null, 1, true])
    await expect(carriedOut({ tasks: [{ ...loud, id }], output: {} })).rejects.toMatchObject({ issues: [{ code: "no-plan" }] });
});

test("what a task left out is missing, also where every object has such a name", async () => {
  const look = specialist({
    name: "look",
    does: "Looks for a team",
    input: schemaFromJson({ type: "object", properties: {} }),
    output: schemaFromJson({ type: "object", properties: { constructor: { type: "string" } } } as unknown as JsonSchema),
    run: () => ({}),
  });
  const plan = {
    tasks: [{ id: "t1", member: "look", args: {} }],
    output: { team: { ref: "t1.constructor" }, all: [{ ref: "t1.constructor" }] },
  };
  expect(await carriedOut(plan, {}, [look])).toEqual({ all: [] });
});

test.each([
  ["a value that no member takes there", { note: 7 }, "argument-type"],
  ["tasks that wait for one another", undefined, "cyclic-ref"],
  ["no plan at all", undefined, "no-plan"],
])("%s is an issue", async (what, input, code) => {
  const plans: Record<string, unknown> = {
    "cyclic-ref": { tasks: [{ ...loud, args: { text: { ref: "t1.loud" } } }], output: { loud: { ref: "t1.loud" } } },
    "no-plan": { steps: what },
  };
  const plan = plans[code] ?? { tasks: [loud], output: { loud: { ref: "t1.loud" } } };
  const error = await carriedOut(plan, input ?? {}).catch((thrown) => thrown);
  expect(error.issues?.map((one: { code: string }) => one.code)).toContain(code);
});

test("values are known as they are: labels, lists and media fit where they do", async () => {
  const takes = specialist({
    name: "takes",
    does: "Takes what it is given",
    input: z.object({ level: z.enum(["low", "high"]), list: z.array(z.object({ n: z.int().min(1) })), all: z.array(z.string()) }),
    output: z.object({ n: z.number() }),
    run: ({ list }) => ({ n: list.length }),
  });
  const args = { level: { ref: "input.level" }, list: { ref: "input.deep.list" }, all: [{ ref: "input.a" }, "b"] };
  const plan = { tasks: [{ id: "t", member: "takes", args }], output: { n: { ref: "t.n" } } };
  const given = { level: "low", deep: { list: [{ n: 1 }, { n: 2 }] }, a: "a" };
  expect(await carriedOut(plan, given, [takes])).toEqual({ n: 2 });
  const error = await carriedOut(plan, { ...given, level: "none", deep: { list: [{ n: "1" }] } }, [takes]).catch((thrown) => thrown);
  expect(error.issues.map(({ path }: { path: unknown[] }) => path.at(-1))).toEqual(["level", "list"]);
});

const circle: unknown[] = [];
circle.push(circle);

test.each([
  ["a list in a circle", circle],
  ["a bigint", 1n],
  ["a date", new Date(0)],
])("an argument that no journal keeps (%s) is an issue with its place", async (_, value) => {
  const plan = { tasks: [{ id: "t1", member: "shout", args: { text: value } }], output: { loud: { ref: "t1.loud" } } };
  const error = await carriedOut(plan).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "PLAN_FAILED", detail: { at: "by" } });
  expect(error.issues).toMatchObject([{ code: "no-plan", message: expect.stringContaining("which a journal cannot keep") }]);
  expect(error.issues[0].path.slice(0, 3)).toEqual(["tasks", "0", "args"]);
});

test.each([
  ["by", { by: 5n }],
  ["notes.0", { notes: [() => 1] }],
])("nor does a journal keep what is said of a plan where %s is none of JSON", async (place, said) => {
  const error = await carriedOut({ tasks: [loud], output: { loud: { ref: "t1.loud" } } }, undefined, undefined, said).catch(
    (thrown) => thrown,
  );
  expect(error.issues).toMatchObject([{ code: "no-plan", message: expect.stringContaining(place) }]);
});

test("what code does to a plan that is begun changes neither the run nor its journal", async () => {
  const plan = { tasks: [{ ...loud }], output: { loud: { ref: "t1.loud" } } };
  const notes = ["by hand"];
  const changes = specialist({
    ...shout,
    run: ({ text }) => {
      Object.assign(plan, { output: { loud: { ref: "t9.loud" } } });
      plan.tasks[0]!.member = "count";
      notes.push("later");
      return { loud: text.toUpperCase() };
    },
  });
  const thread = crypto.randomUUID();
  expect(await carriedOut(plan, undefined, [changes], { notes }, thread)).toEqual({ loud: "ALL IS WELL" });
  expect((await journal.read(thread)).find(({ kind }) => kind === "planned")).toMatchObject({
    plan: { tasks: [loud], output: { loud: { ref: "t1.loud" } } },
    notes: ["by hand"],
  });
});

test("whoever makes nothing is told so, and no journal is blamed", async () => {
  const by = specialist({
    name: "by",
    does: "Makes no plan",
    input: z.object({}),
    output: z.object({}),
    run: async (_, ctx) => {
      await ctx.plan((async () => undefined) as any, [shout], {});
      return {};
    },
  });
  const graph = defineGraph({ name: "none", state: {}, input: [], output: [], nodes: { by }, start: "by", edges: { by: END } });
  await expect(compile(graph).invoke({})).rejects.toMatchObject({ code: "PLAN_FAILED", issues: [{ code: "no-plan" }] });
});
