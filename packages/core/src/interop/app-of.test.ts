import { expect, test } from "vitest";
import { z } from "zod";
import { appOf, asSpecialist, defineGraph, END, specialist, team } from "../index.js";

const shout = specialist({
  name: "shout",
  does: "Writes a text in capitals",
  input: z.object({ text: z.string() }),
  output: z.object({ loud: z.string() }),
  run: ({ text }) => ({ loud: text.toUpperCase() }),
});
const desk = (options: object) =>
  team({
    name: "desk",
    does: "Shouts",
    members: [shout],
    input: z.object({ note: z.string() }),
    output: z.object({ loud: z.string() }),
    ...options,
  } as any) as any;
const graph = (options: object) =>
  defineGraph({
    name: "loud",
    state: { text: z.string(), loud: z.string() },
    input: ["text"],
    output: ["loud"],
    nodes: { shout },
    start: "shout",
    edges: { shout: END },
    ...options,
  } as any) as any;

test("a team that is sound runs alone", async () => {
  expect(await appOf(desk({})).invoke({ request: { note: "ho" } })).toEqual({ answer: { loud: "HO" } });
});

test.each<[string, () => any, string, string]>([
  ["an option that a team does not know", () => desk({ member: [shout] }), "unknown-option", "team.member"],
  ["a member that is none", () => desk({ members: [null] }), "malformed", "team.members.0"],
  ["a planner that is none", () => desk({ planner: 5 }), "malformed", "team.planner"],
  ["a request that is no input", () => desk({ request: "nte" }), "unknown-input", "team.request"],
  ["an output that no member gives", () => desk({ output: z.object({ total: z.number() }) }), "missing-output", "team.output.total"],
  ["an option that a specialist does not know", () => specialist({ ...shout, timout: 5 } as any), "unknown-option", "timout"],
  ["a graph", () => graph({}), "malformed", ""],
  ["a graph inside that has issues", () => asSpecialist(graph({ start: "shuot" })), "unknown-target", "graph.start"],
  ["nothing", () => undefined, "malformed", ""],
])("what compile would refuse in a graph, appOf refuses: %s", (_, make, code, path) => {
  const error = (() => {
    try {
      appOf(make());
    } catch (thrown) {
      return thrown as any;
    }
  })();
  expect(error?.code).toBe("SPECIALIST_INVALID");
  expect(error.issues.map((issue: any) => [issue.code, issue.path.join(".")])).toContainEqual([code, path]);
});
