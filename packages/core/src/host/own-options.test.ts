import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../graph/graph.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import { specialist } from "../specialist/specialist.js";

const number = z.object({ n: z.number() });
const slow = specialist({
  name: "slow",
  does: "Takes its time",
  input: number,
  output: number,
  run: async (input) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return input;
  },
});
const graph = defineGraph({
  name: "g",
  state: { n: z.number() },
  input: ["n"],
  output: ["n"],
  nodes: { slow },
  start: "slow",
  edges: { slow: END },
});
const app = compile(graph, { journal: memoryJournal() });
await app.invoke({ n: 1 }, { thread: "done" });

async function drained(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

/** Every way to begin or go on with a run. */
const ways: Record<string, (options: any) => Promise<unknown>> = {
  invoke: (options) => app.invoke({ n: 1 }, options),
  batch: (options) => app.batch([{ n: 1 }], options),
  stream: async (options) => drained(await app.stream({ n: 1 }, options)),
  events: (options) => {
    const events = app.events({ n: 1 }, options);
    return drained(events);
  },
  resume: (options) => app.resume("done", options),
  resumeEvents: (options) => {
    const events = app.resumeEvents("done", options);
    return drained(events);
  },
};

const throwing = (name: string, of: object = {}) => Object.defineProperty(of, name, { get: () => expect.fail("shy"), enumerable: true });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

test.each<[string, () => unknown, string]>([
  ["whose signal throws", () => throwing("signal"), ".signal cannot be looked at: shy"],
  ["whose thread throws, in a config of LangChain's too", () => throwing("thread", { recursionLimit: 25 }), ".thread cannot be"],
  ["that show no names", () => new Proxy({}, { ownKeys: () => expect.fail("shy") }), ".options cannot be looked at"],
  ["that are null", () => null, ".options is null"],
  ["that are a map", () => new Map(), ".options is an object of class Map"],
  ["whose time is none, in a config of LangChain's", () => ({ recursionLimit: 25, timeout: Number.NaN }), "invoke.timeout is NaN"],
  ["whose signal is none, in a config of LangChain's", () => ({ recursionLimit: 25, signal: "x" }), "invoke.signal is"],
])("options %s are refused by their name, however a run begins", async (_, options, what) => {
  for (const [way, begin] of Object.entries(ways))
    await expect([way, await begin(options()).catch((error) => error)]).toMatchObject([
      way,
      { code: "OPTION_INVALID", what: expect.stringContaining(what) },
    ]);
});

test("meta that throws when it is looked at is refused by its name", async () => {
  for (const meta of [throwing("x"), revoked()])
    await expect(app.invoke({ n: 1 }, { thread: "m", meta: meta as any })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      what: expect.stringContaining("invoke.meta cannot be looked at"),
    });
});

test("a signal of another library's making aborts like any other", async () => {
  const heard = new Set<() => void>();
  const signal = {
    aborted: false,
    reason: undefined as unknown,
    addEventListener: (_: string, hear: () => void) => heard.add(hear),
    removeEventListener: (_: string, hear: () => void) => heard.delete(hear),
  };
  const running = app.invoke({ n: 1 }, { signal: signal as any });
  Object.assign(signal, { aborted: true, reason: new Error("enough") });
  for (const hear of heard) hear();
  await expect(running).rejects.toMatchObject({ code: "ABORTED", message: expect.stringContaining("enough") });
  expect(heard.size).toBe(0);
});
