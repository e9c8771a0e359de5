import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../graph/graph.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import { specialist } from "../specialist/specialist.js";

const appOf = (run: () => any) => {
  const work = specialist({ name: "work", does: "Works", input: z.object({}), output: z.object({ out: z.string() }), run });
  const graph = defineGraph({
    name: "g",
    state: { out: z.string() },
    input: [],
    output: ["out"],
    nodes: { work },
    start: "work",
    edges: { work: END },
  });
  return compile(graph, { journal: memoryJournal() });
};

const throwing = (of: object, name: string) =>
  Object.defineProperty(of, name, {
    get() {
      throw new Error("not to be looked at");
    },
  });

test.each([
  ["a stack", () => throwing(new Error("e"), "stack")],
  ["a message", () => throwing({}, "message")],
  ["a name", () => throwing(new Error("e"), "name")],
  ["a cause", () => throwing(new Error("e"), "cause")],
  ["a status", () => throwing(new Error("e"), "status")],
  ["anything", () => new Proxy({}, { get: () => expect.fail(), getPrototypeOf: () => expect.fail() })],
])("what is thrown and does not show %s fails its run like anything else", async (_, thrown) => {
  const app = appOf(() => {
    throw thrown();
  });
  await expect(app.invoke({}, { thread: "t" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED", detail: { at: "work" } });
  expect((await app.ledger("t")).lines).toMatchObject([{ at: "work", status: "failed" }]);
});

test("what a specialist gives may be any thenable, as builders of queries are", async () => {
  const gives = (then: (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void) =>
    appOf(() => ({ then })).invoke({});
  expect(await gives((resolve) => resolve({ out: "row" }))).toEqual({ out: "row" });
  expect(
    await gives((resolve, reject) => {
      resolve({ out: "first" });
      reject(new Error("second"));
    }),
  ).toEqual({ out: "first" });
  await expect(gives((_, reject) => reject(new Error("no table")))).rejects.toMatchObject({
    code: "SPECIALIST_FAILED",
    what: "A specialist threw: no table",
  });
});
