import { expect, test } from "vitest";
import { z } from "zod";
import {
  calibrate,
  calibrated,
  check,
  checkBound,
  checkData,
  checkPlan,
  checkTeams,
  compile,
  costOn,
  dataOf,
  defineGraph,
  derive,
  draw,
  END,
  fitCalibration,
  fromWords,
  hints,
  inUnitOf,
  ledgerOf,
  literalsIn,
  memoryHints,
  partsOf,
  planFor,
  planIn,
  readGraph,
  readPlan,
  repair,
  savePlan,
  senseOf,
  specialist,
  TroupeError,
  team,
  teamHints,
} from "./index.js";
import { agent, fromLangGraph, fromRetriever, fromTool, inexpressible, toLangGraph, toTool } from "./interop/index.js";
import { cassette } from "./testing/index.js";

/** What code without types may give where something else belongs; `{}` may be what some of them take. */
const odd = [[], [undefined], [null], [5], ["x"], [[]], [{}], [{}, null], [{}, 5], [() => {}]];

const shout = specialist({
  name: "shout",
  does: "Writes in capitals",
  input: z.object({ text: z.string() }),
  output: z.object({ loud: z.string() }),
  run: ({ text }) => ({ loud: text.toUpperCase() }),
});
const desk = team({
  name: "desk",
  does: "Shouts",
  members: [shout],
  input: z.object({ note: z.string() }),
  output: z.object({ loud: z.string() }),
});
const graph = defineGraph({
  name: "shouting",
  state: { text: z.string(), loud: z.string() },
  input: ["text"],
  output: ["loud"],
  nodes: { shout },
  start: "shout",
  edges: { shout: END },
});

const brief = { request: "Shout", members: [], given: {}, wanted: {}, spare: [], shown: {} };

const thrownBy = async (call: () => unknown) => {
  try {
    await call();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};
/** Not an error of JavaScript's, which names a property of somebody else's code. */
const legible = (thrown: unknown) => thrown === undefined || (thrown instanceof TroupeError && !/undefined is/.test(thrown.message));

test.each<[string, (...given: any[]) => unknown]>([
  ...Object.entries({ check, checkData, checkTeams, teamHints, hints, memoryHints, checkBound, dataOf, draw, inexpressible }),
  ...Object.entries({ costOn, ledgerOf, savePlan, planFor, cassette, readGraph, calibrate, fitCalibration, calibrated }),
  ...Object.entries({ compile, toTool, fromTool, fromRetriever, agent, fromLangGraph, toLangGraph }),
  ...Object.entries({ derive, fromWords, literalsIn, partsOf, planIn, readPlan, repair, senseOf }),
  ["inUnitOf's text", (given) => inUnitOf({ name: "price", description: "" }, 5, given)],
  ["repair's plan", (given) => repair(given, brief)],
  ["repair's brief", (given) => repair({ tasks: [], output: {} }, given)],
  ["checkPlan's brief", (given) => checkPlan({ tasks: [], output: {} }, given)],
  ["fromWords' part of a brief", (given) => fromWords({ ...brief, request: given ?? null })],
  ["derive's part of a brief", (given) => derive({ ...brief, given: given ?? null })],
  ["checkBound's models", (given) => checkBound(graph, given ?? null)],
  ["draw's language", (given) => draw(dataOf(graph), given)],
  ["checkPlan's plan", (given) => checkPlan(given, { members: [], given: {}, wanted: {} } as any)],
  ["savePlan's plan", (given) => savePlan(desk, given)],
  ["savePlan's options", (given) => savePlan(desk, { tasks: [], output: {} }, given ?? null)],
  ["costOn's model", (given) => costOn({ lines: [], models: [] }, given)],
  ["cassette's records", (given) => cassette(graph, given)],
  ["calibrate's cases", (given) => calibrate([given])],
  ["toTool's options", (given) => toTool(shout, given ?? null)],
])("%s refuses what is nothing to it in words", async (_, call) => {
  for (const given of odd) expect(await thrownBy(() => call(...given)), JSON.stringify(given)).toSatisfy(legible);
});

test("what asks through the context for nothing is refused by the method's name", async () => {
  const asks = (ask: (ctx: any) => unknown) =>
    compile(
      defineGraph({ ...graph, nodes: { shout: specialist({ ...shout, run: async (_: object, ctx: any) => ask(ctx) } as any) } } as any),
    ).invoke({ text: "hi" } as any);
  for (const method of ["generate", "offer", "decide", "embed", "plan"])
    for (const given of [[], [null], [5]])
      await expect(
        asks((ctx) => ctx[method](...given)),
        method,
      ).rejects.toMatchObject({
        code: "OPTION_INVALID",
        message: expect.stringContaining(`ctx.${method} is given`),
      });
});
