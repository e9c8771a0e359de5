import { setTimeout as sleep } from "node:timers/promises";
import { SimpleChatModel } from "@langchain/core/language_models/chat_models";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../graph/graph.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import type { Context } from "../specialist/context.js";
import { specialist } from "../specialist/specialist.js";
import type { TroupeEvent } from "./event.js";

const graphOf = (run: (input: object, ctx: Context) => Promise<{ out: string }>) =>
  defineGraph({
    name: "g",
    state: { out: z.string() },
    input: [],
    output: ["out"],
    nodes: { only: specialist({ name: "only", does: "Runs", input: z.object({}), output: z.object({ out: z.string() }), run }) },
    start: "only",
    edges: { only: END },
  });

const late = (events: readonly TroupeEvent[]) => events.flatMap((event) => (event.kind === "late" ? [[event.at, event.attempt]] : []));

test("what a call that is out of time still gives is dropped, and told", async () => {
  let answer = (_: { out: string }) => {};
  const deaf = specialist({
    name: "deaf",
    does: "Hears nothing",
    input: z.object({}),
    output: z.object({ out: z.string() }),
    timeout: 5,
    run: () => new Promise<{ out: string }>((resolve) => (answer = resolve)),
  });
  const journal = memoryJournal();
  const graph = graphOf(async (_, ctx) => {
    const out = await ctx.call("deaf", deaf, {}).then(
      ({ out }) => out,
      ({ code }) => code,
    );
    answer({ out: "late" });
    await sleep(5);
    return { out };
  });
  const events: TroupeEvent[] = [];
  for await (const event of compile(graph, { journal }).events({}, { thread: "t" })) events.push(event);
  expect(late(events)).toEqual([["only/deaf", 1]]);
  const entries = await journal.read("t");
  expect(entries.at(-1)).toMatchObject({ kind: "ended", output: { out: "TIMEOUT" } });
  expect(entries.some((entry) => entry.kind === "completed" && entry.at === "only/deaf")).toBe(false);
});

test("an attempt that was aborted and works on beside the next one is told apart, refused, and what it gives is dropped and told there", async () => {
  const answers: ((given: { out: string }) => void)[] = [];
  const contexts: Context[] = [];
  const graph = graphOf((_, ctx) => {
    contexts.push(ctx);
    return new Promise((resolve) => answers.push(resolve));
  });
  const journal = memoryJournal();
  const app = compile(graph, { journal });
  const stop = new AbortController();
  const first = app.invoke({}, { thread: "t", signal: stop.signal }).catch(({ code }) => code);
  await expect.poll(() => answers.length).toBe(1);
  stop.abort();
  expect(await first).toBe("ABORTED");

  const events: TroupeEvent[] = [];
  const second = (async () => {
    for await (const event of app.resumeEvents("t")) events.push(event);
  })();
  await expect.poll(() => answers.length).toBe(2);
  expect(contexts.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(contexts[0]!.idempotencyKey).toBe(contexts[1]!.idempotencyKey);
  await expect(contexts[0]!.once("key", () => 1)).rejects.toMatchObject({ code: "ABORTED" });
  contexts[0]!.progress("I go on");
  answers[0]!({ out: "of the first" });
  await expect.poll(() => late(events)).toEqual([["only", 1]]);
  answers[1]!({ out: "of the second" });
  await second;
  expect((await journal.read("t")).filter(({ kind }) => kind === "completed")).toMatchObject([{ output: { out: "of the second" } }]);
  expect(events.filter(({ kind }) => kind === "progress")).toEqual([]);
});

test("a thread that is begun again under its name after it was deleted has keys of its own", async () => {
  const keys: string[] = [];
  const journal = memoryJournal();
  const app = compile(
    graphOf(async (_, ctx) => {
      keys.push(ctx.idempotencyKey);
      return { out: "done" };
    }),
    { journal },
  );
  for (const again of [false, true]) {
    if (again) await journal.delete("t");
    await app.invoke({}, { thread: "t" });
  }
  await app.invoke({}, { thread: "t" });
  expect(new Set(keys).size).toBe(3);
});

test("models are asked no more by an occurrence that has ended, and what it left running of them is stopped", async () => {
  const heard: unknown[] = [];
  let begun = () => {};
  const asked = new Promise<void>((resolve) => (begun = resolve));
  class Slow extends FakeListChatModel {
    override async _generate(_: unknown, { signal }: this["ParsedCallOptions"]): Promise<never> {
      begun();
      return new Promise((_, reject) => {
        signal!.addEventListener("abort", () => {
          heard.push(signal!.reason);
          reject(signal!.reason);
        });
      });
    }
  }
  let left: Context | undefined;
  const graph = graphOf(async (_, ctx) => {
    left = ctx;
    const model = ctx.generate({ prompt: "Say late" }).then(() => ({ out: "model" }));
    return Promise.race([model, asked.then(() => ({ out: "code" }))]);
  });
  const slow = new Slow({ responses: ["-"] });
  slow._streamResponseChunks = SimpleChatModel.prototype._streamResponseChunks;
  expect(await compile(graph, { models: { default: slow } }).invoke({})).toEqual({ out: "code" });
  await expect.poll(() => heard).toMatchObject([{ code: "ABORTED", what: "only has ended" }]);
  const request = { prompt: "Say more" };
  for (const more of [left!.generate(request), left!.offer({ ...request, tools: [] } as any), left!.embed(["x"]), left!.decide({} as any)])
    await expect(more).rejects.toMatchObject({ code: "ABORTED", what: "only has ended" });
});

test("a context whose occurrence has answered tells no more progress, and has no model for what is no role", async () => {
  let left: Context | undefined;
  const events: TroupeEvent[] = [];
  const graph = defineGraph({
    name: "g",
    state: { out: z.string(), more: z.string() },
    input: [],
    output: ["more"],
    nodes: {
      first: specialist({
        name: "first",
        does: "Answers",
        input: z.object({}),
        output: z.object({ out: z.string() }),
        run: (_, ctx) => {
          left = ctx;
          expect(ctx.model("constructor" as "default")).toBeUndefined();
          ctx.progress("heard");
          return { out: "" };
        },
      }),
      second: specialist({
        name: "second",
        does: "Looks back",
        input: z.object({ out: z.string() }),
        output: z.object({ more: z.string() }),
        run: () => {
          left!.progress("unheard");
          return { more: "" };
        },
      }),
    },
    start: "first",
    edges: { first: "second", second: END },
  });
  for await (const event of compile(graph).events({})) events.push(event);
  expect(events.flatMap((event) => (event.kind === "progress" ? [event.message] : []))).toEqual(["heard"]);
});
