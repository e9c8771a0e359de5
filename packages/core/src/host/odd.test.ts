import { expect, test } from "vitest";
import { z } from "zod";
import { TroupeError } from "../error/error.js";
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

test.each([
  ["issues", { issues: [{ code: "odd", path: [], message: "Odd", made: () => 1 }] }],
  ["text", { text: 5n }],
  ["hint", { hint: Number.NaN }],
])("an error whose %s no journal keeps leaves a thread that can be read", async (part, detail) => {
  const app = appOf(() => {
    throw new TroupeError("OWN", "Mine", detail as never);
  });
  const failed = { code: "SPECIALIST_FAILED", what: expect.stringContaining(part), detail: { at: "work" } };
  await expect(app.invoke({}, { thread: "t" })).rejects.toMatchObject(failed);
  expect((await app.ledger("t")).lines).toMatchObject([{ at: "work", status: "failed" }]);
  await expect(app.resume("t")).rejects.toMatchObject(failed);
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

const thrower = (): never => {
  throw new Error("not to be looked at");
};
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

test.each<[string, () => object, string?]>([
  ["a field", () => throwing({ n: 1 }, "o"), "o"],
  [
    "a part of a field",
    () => ({
      n: 1,
      o: {
        list: [
          {
            get x() {
              return thrower();
            },
          },
        ],
      },
    }),
    "o",
  ],
  ["the class of a part", () => ({ n: 1, o: new Proxy({}, { getPrototypeOf: thrower }) }), "o"],
  ["what a part has", () => ({ n: 1, o: new Proxy({}, { ownKeys: thrower }) }), "o"],
  ["a part that was revoked", () => ({ n: 1, o: revoked() }), "o"],
  ["what it has", () => new Proxy({ n: 1 }, { ownKeys: thrower })],
  ["anything", revoked],
])("an input that does not show %s is refused with its place, begun or listened to", async (_, input, field) => {
  const anything = z.any();
  const work = specialist({
    name: "work",
    does: "Works",
    input: z.object({ n: z.number(), o: anything }),
    output: z.object({ out: z.string() }),
    run: () => ({ out: "" }),
  });
  const graph = defineGraph({
    name: "g",
    state: { n: z.number(), o: anything, out: z.string() },
    input: ["n", "o"],
    output: ["out"],
    nodes: { work },
    start: "work",
    edges: { work: END },
  });
  const app = compile(graph);
  const refused = { code: "INPUT_INVALID", detail: { graph: "g", ...(field ? { field } : {}), cause: expect.any(Error) } };
  await expect(app.invoke(input() as never)).rejects.toMatchObject(refused);
  await expect(app.invoke(input() as never, { thread: "t" })).rejects.toMatchObject(refused);
  await expect(app.events(input() as never).next()).rejects.toMatchObject(refused);
});

test("a schema that throws at an input refuses it", async () => {
  const fussy = z.number().refine(() => {
    throw new Error("a bug of the schema's");
  });
  const work = specialist({
    name: "work",
    does: "Works",
    input: z.object({ n: z.number() }),
    output: z.object({ n: z.number() }),
    run: (one) => one,
  });
  const graph = defineGraph({
    name: "g",
    state: { n: fussy },
    input: ["n"],
    output: ["n"],
    nodes: { work },
    start: "work",
    edges: { work: END },
  });
  await expect(compile(graph).invoke({ n: 1 })).rejects.toMatchObject({
    code: "INPUT_INVALID",
    message: expect.stringContaining("a bug of the schema's"),
    detail: { graph: "g" },
  });
});
