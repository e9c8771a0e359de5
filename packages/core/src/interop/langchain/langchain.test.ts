import { RunnableLambda, RunnableSequence } from "@langchain/core/runnables";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { type App, compile, defineGraph, END, specialist } from "../../index.js";

/** An app of one node around `run`. */
function around(
  run: (input: { n: number }, ctx: any) => { out: number } | Promise<{ out: number }>,
  name = "double",
): App<{ n: number }, { out: number }> {
  const only = specialist({ name: "only", does: "Works", input: z.object({ n: z.number() }), output: z.object({ out: z.number() }), run });
  return compile(
    defineGraph({
      name,
      does: "Doubles a number",
      state: { n: z.number(), out: z.number() },
      input: ["n"],
      output: ["out"],
      nodes: { only },
      start: "only",
      edges: { only: END },
    }),
  );
}
const double = around(({ n }) => ({ out: 2 * n }));
const failing = (times: number) => {
  let calls = 0;
  return around(({ n }) => {
    if (++calls <= times) throw new Error(`no luck ${calls}`);
    return { out: calls * 100 + n };
  });
};

test.each([undefined, {}, { version: "v3" }])("streamEvents with the options %j says which versions there are", async (options) => {
  const drain = async () => {
    for await (const _ of around(({ n }) => ({ out: n })).streamEvents({ n: 1 }, options as any));
  };
  await expect(drain()).rejects.toMatchObject({
    code: "OPTION_INVALID",
    what: expect.stringContaining("streamEvents.version"),
    hint: expect.stringContaining("v2"),
  });
});

test("streamEvents tells of the app and of what runs in it", async () => {
  const inner = RunnableLambda.from((n: number) => n + 1).withConfig({ runName: "inner" });
  const app = around(async ({ n }, ctx) => ({ out: await inner.invoke(n, ctx.config) }));
  const told: string[] = [];
  let output: unknown;
  for await (const { event, name, data } of app.streamEvents({ n: 1 }, { version: "v2" })) {
    told.push(`${event} ${name}`);
    if (event === "on_chain_end" && name === "double") output = data.output;
  }
  expect(told[0]).toBe("on_chain_start double");
  expect(told).toEqual(expect.arrayContaining(["on_chain_start inner", "on_chain_end inner", "on_chain_end double"]));
  expect(output).toEqual({ out: 2 });
  const only: string[] = [];
  for await (const { name } of app.streamEvents({ n: 1 }, { version: "v2" }, { includeNames: ["inner"] })) only.push(name);
  expect(new Set(only)).toEqual(new Set(["inner"]));
});

test("leaving a transformation aborts its run, and one that still waits for its input begins none", async () => {
  let [begun, aborted] = [0, 0];
  const slow = around(
    (_, ctx) =>
      new Promise((_resolve, reject) => {
        begun++;
        ctx.signal.addEventListener("abort", () => {
          aborted++;
          reject(ctx.signal.reason);
        });
      }),
  );
  const given = async function* () {
    yield { n: 1 };
  };
  const never = async function* (): AsyncGenerator<{ n: number }> {
    await new Promise(() => {});
  };
  for (const app of [slow, slow.withConfig({ tags: ["x"] })])
    for (const inputs of [given(), never()]) {
      const told = app.transform(inputs, {});
      const next = told.next();
      await new Promise((passed) => setTimeout(passed, 20));
      expect(await told.return(undefined)).toMatchObject({ done: true });
      expect(await next).toMatchObject({ done: true });
    }
  expect([begun, aborted]).toEqual([2, 2]);
  const stop = AbortSignal.abort(new Error("enough"));
  for (const inputs of [given(), never()])
    await expect(slow.transform(inputs, { signal: stop }).next()).rejects.toMatchObject({ code: "ABORTED", cause: stop.reason });
  expect(begun).toBe(2);
});

test("leaving the events of a stream aborts its run, and a failure is thrown", async () => {
  let aborted = false;
  const inner = RunnableLambda.from((n: number) => n).withConfig({ runName: "inner" });
  const slow = around(
    (_, ctx) =>
      new Promise((_resolve, reject) => {
        ctx.signal.addEventListener("abort", () => {
          aborted = true;
          reject(ctx.signal.reason);
        });
        inner.invoke(1, ctx.config).catch(() => {});
      }),
  );
  for await (const { name } of slow.streamEvents({ n: 1 }, { version: "v2" })) if (name === "inner") break;
  await expect.poll(() => aborted).toBe(true);
  await expect(async () => {
    for await (const _ of failing(1).streamEvents({ n: 1 }, { version: "v2" }));
  }).rejects.toThrow("no luck 1");
});

test("withConfig binds names, tags and options", async () => {
  const heard: [string, string[]][] = [];
  const callbacks = [
    {
      handleChainStart: (_: any, __: any, ___: any, ____: any, tags: any, _____: any, ______: any, name: any) =>
        void heard.push([name, tags]),
    },
  ];
  expect(await double.withConfig({ runName: "twice", tags: ["a"], callbacks }).invoke({ n: 2 })).toEqual({ out: 4 });
  expect(heard).toEqual([
    ["twice", ["a"]],
    ["only", ["a"]],
  ]);
  const seen = around((_, ctx) => ({ out: ctx.services.n }));
  expect(await seen.withConfig({ services: { n: 7 } }).invoke({ n: 1 })).toEqual({ out: 7 });
});

test("withRetry tries again, withFallbacks takes another", async () => {
  expect(await failing(2).withRetry({ stopAfterAttempt: 3 }).invoke({ n: 1 })).toEqual({ out: 301 });
  await expect(failing(2).withRetry({ stopAfterAttempt: 2 }).invoke({ n: 1 })).rejects.toThrow("no luck 2");
  expect(await failing(1).withFallbacks([double]).invoke({ n: 1 })).toEqual({ out: 2 });
  expect(
    await failing(1)
      .withFallbacks({ fallbacks: [failing(1), RunnableLambda.from(() => ({ out: 0 }))] })
      .invoke({ n: 1 }),
  ).toEqual({ out: 0 });
});

/** An app that works until it is aborted. */
const endless = () =>
  around(
    (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true })),
  );
const soon = (reason: unknown) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 20);
  return controller.signal;
};
async function drained(stream: AsyncIterable<unknown>) {
  for await (const _ of stream);
}

test("whatever LangChain makes of an app ends as a run does: aborted with the reason as the cause, or out of time", async () => {
  const reason = new Error("enough");
  const app = endless();
  const made = {
    pipe: app.pipe(({ out }) => out),
    withRetry: app.withRetry(),
    withFallbacks: app.withFallbacks([app]),
    withConfig: app.withConfig({ tags: ["x"] }),
    asTool: app.asTool({ schema: z.object({ n: z.number() }) }),
    bound: app.withRetry().withConfig({ tags: ["x"] }),
  };
  const ways: [string, (options: object) => Promise<unknown>][] = Object.entries(made).flatMap(([name, one]) => [
    [`${name}.invoke`, (options) => one.invoke({ n: 1 }, options)],
    [`${name}.batch`, (options) => one.batch([{ n: 1 }], options)],
    [`${name}.stream`, async (options) => drained(await one.stream({ n: 1 }, options))],
  ]);
  for (const version of ["v1", "v2"] as const)
    ways.push([`streamEvents ${version}`, (options) => drained(app.streamEvents({ n: 1 }, { version, ...options }))]);
  for (const [name, way] of ways) {
    await expect(way({ signal: soon(reason) }), name).rejects.toMatchObject({ code: "ABORTED", cause: reason });
    await expect(way({ signal: AbortSignal.abort("no") }), name).rejects.toMatchObject({ code: "ABORTED" });
    await expect(way({ timeout: 20 }), name).rejects.toMatchObject({ code: "TIMEOUT" });
    await expect(way({ timeout: -1 }), name).rejects.toMatchObject({ code: "OPTION_INVALID" });
  }
});

test("a signal by time says that the time was up, whoever made it of a timeout", async () => {
  const cause = expect.objectContaining({ name: "TimeoutError" });
  await expect(endless().invoke({ n: 1 }, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ code: "TIMEOUT", cause });
  const chain = RunnableLambda.from((n: number) => ({ n })).pipe(endless() as any);
  await expect(chain.invoke(1, { timeout: 20 })).rejects.toMatchObject({ code: "TIMEOUT", cause });
});

test("what was aborted is not tried again, and what ran out of its own time is", async () => {
  const failed: unknown[] = [];
  const retry = { stopAfterAttempt: 2, onFailedAttempt: (error: { code: string }) => void failed.push(error.code) };
  await expect(
    endless()
      .withRetry(retry)
      .invoke({ n: 1 }, { signal: soon("enough") }),
  ).rejects.toMatchObject({ code: "ABORTED" });
  await new Promise((passed) => setTimeout(passed, 20));
  expect(failed).toEqual([]);
  await expect(endless().withConfig({ timeout: 20 }).withRetry(retry).invoke({ n: 1 })).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(failed).toEqual(["TIMEOUT", "TIMEOUT"]);
});

test("chains of apps, and of what is made of them, are drawn", async () => {
  const drawn = (...steps: any[]) => Object.values(RunnableSequence.from(steps as [any, any]).getGraph().nodes).map(({ name }) => name);
  const next = new RunnableLambda({ func: ({ out }: { out: number }) => ({ n: out }) });
  expect(drawn(double.withConfig({ tags: ["a"] }), next)).toContain("double");
  expect(drawn(double.pipe(next), double)).toEqual(expect.arrayContaining(["double|", "only"]));
  expect(drawn(double, next, double).filter((name: string) => name === "only")).toHaveLength(2);
});

test("asTool is a tool as models and agents take them", async () => {
  const schema = z.object({ n: z.number() });
  const tool = double.asTool({ name: "twice", description: "Doubles", schema });
  expect(convertToOpenAITool(tool as any)).toMatchObject({
    type: "function",
    function: { name: "twice", description: "Doubles", parameters: { properties: { n: { type: "number" } } } },
  });
  expect(await tool.invoke({ n: 4 })).toEqual({ out: 8 });
  expect(await tool.invoke({ type: "tool_call", id: "call-1", name: "twice", args: { n: 5 } } as any)).toEqual({ out: 10 });
});

test("what comes of these can be piped, batched and bound again", async () => {
  const chain = failing(1)
    .withRetry({ stopAfterAttempt: 2 })
    .withConfig({ tags: ["x"] })
    .pipe(({ out }) => out + 1);
  expect(await chain.invoke({ n: 1 })).toBe(202);
  expect(await double.withConfig({ tags: ["x"] }).batch([{ n: 1 }, { n: 2 }])).toEqual([{ out: 2 }, { out: 4 }]);
  expect(
    await RunnableLambda.from((n: number) => ({ n }))
      .pipe(double.withRetry() as any)
      .invoke(3),
  ).toEqual({ out: 6 });
});

test("a chat model of LangChain without tools answers a schema by the prompt", async () => {
  const asked: string[] = [];
  class Listening extends FakeListChatModel {
    override async *_streamResponseChunks(messages: any, options: any, manager: any) {
      asked.push(messages.map(({ text }: any) => text).join("\n"));
      yield* super._streamResponseChunks(messages, options, manager);
    }
  }
  const answer = specialist({
    name: "answer",
    does: "Answers",
    input: z.object({ n: z.number() }),
    output: z.object({ out: z.number() }),
    prompt: ({ n }) => `Double ${n}`,
  });
  const graph = defineGraph({
    name: "g",
    state: { n: z.number(), out: z.number() },
    input: ["n"],
    output: ["out"],
    nodes: { answer },
    start: "answer",
    edges: { answer: END },
  });
  const chat = new Listening({ responses: ['Here it is: {"out": "four"}', '{"out": 4}'] });
  expect(await compile(graph, { models: { default: chat } }).invoke({ n: 2 })).toEqual({ out: 4 });
  expect(asked[0]).toContain("JSON Schema");
});
