import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readGraph } from "../../file/read-graph.js";
import type { Plan } from "../../graph/plan.js";
import { compile } from "../../interop/compile.js";
import { specialist } from "../../specialist/specialist.js";
import { team } from "../team.js";
import { gather } from "./gather.js";
import { savePlan } from "./save-plan.js";

const text = z.string();
const shout = specialist({
  name: "shout",
  does: "Writes a text in capitals",
  input: z.object({ text }),
  output: z.object({ loud: text }),
  run: ({ text }) => ({ loud: text.toUpperCase() }),
});
const join2 = specialist({
  name: "join",
  does: "Puts two texts together",
  input: z.object({ first: text, second: text, between: text }),
  output: z.object({ joined: text, length: z.number(), odd: z.boolean().optional() }),
  run: ({ first, second, between }) => ({ joined: first + between + second, length: first.length + second.length }),
});
const desk = team({
  name: "desk",
  does: "Joins a shout",
  members: [shout, join2],
  input: z.object({ note: text, more: text, idle: text.optional() }),
  output: z.object({ joined: text, loud: text }),
});
const ref = (path: string) => ({ ref: path });
const plan: Plan = {
  tasks: [
    { id: "t1", member: "shout", args: { text: ref("input.note") } },
    { id: "t2", member: "join", args: { first: ref("t1.loud"), second: ref("input.more"), between: " – " } },
  ],
  output: { joined: ref("t2.joined"), loud: ref("t1.loud") },
};

test("a plan is saved as a graph that does the same, with the inputs for its parameters", async () => {
  const { graph } = savePlan(desk, plan);
  expect(graph.input).toEqual(["note", "more"]);
  expect(await compile(graph).invoke({ note: "hello", more: "you" })).toEqual({ joined: "HELLO – you", loud: "HELLO" });
});

test("as a file it is read, checked and run without the team", async () => {
  const { file } = savePlan(desk, plan, { modules: { shout: "./desk.mjs#shout", join: "./desk.mjs#join2" } });
  const folder = await mkdtemp(join(tmpdir(), "troupe-saved-"));
  await writeFile(join(folder, "desk.mjs"), "");
  const read = await readGraph({ text: JSON.stringify(file), file: join(folder, "desk.json") }, { load: async () => ({ shout, join2 }) });
  expect(read.issues).toEqual([]);
  expect(await compile(read.graph!).invoke({ note: "a", more: "b" })).toEqual({ joined: "A – b", loud: "A" });
});

test("as code it imports the members and says the same", () => {
  const { code } = savePlan(desk, plan, { modules: { shout: "./desk.ts#shout", join: "./desk.ts#join2" } });
  expect(code).toContain('import { join2 as join } from "./desk.ts";');
  expect(code).toContain(
    '"t2": use(join, {"read":{"first":"loud","second":"more"},"write":{"joined":"joined","length":"t2_length","odd":"t2_odd"},"set":{"between":" – "}}),',
  );
});

const listing = team({
  name: "listing",
  does: "Lists shouts",
  members: [
    shout,
    specialist({
      name: "sheet",
      does: "Writes lines",
      input: z.object({ lines: z.array(text) }),
      output: z.object({ sheet: text }),
      run: ({ lines }) => ({ sheet: lines.join("|") }),
    }),
  ],
  input: z.object({ note: text, more: text }),
  output: z.object({ sheet: text, all: z.array(text) }),
});

test("a list of answers, inputs and literals is put together by a node, in its order, as graph, file and code", async () => {
  const many: Plan = {
    tasks: [
      { id: "t1", member: "shout", args: { text: ref("input.note") } },
      { id: "t2", member: "sheet", args: { lines: [ref("t1.loud"), "and", ref("input.more")] } },
    ],
    output: { sheet: ref("t2.sheet"), all: [ref("input.more"), ref("t1.loud"), ref("t1.loud")] },
  };
  const { graph, file, code } = savePlan(listing, many, { modules: { shout: "./desk.mjs#shout", sheet: "./desk.mjs#sheet" } });
  const given = { note: "a", more: "b" };
  const done = { sheet: "A|and|b", all: ["b", "A", "A"] };
  expect(await compile(graph).invoke(given)).toEqual(done);
  const load = async (module: string) => (module === "@troupe/core" ? { gather } : { shout, sheet: listing.team!.members[1] });
  const folder = await mkdtemp(join(tmpdir(), "troupe-saved-"));
  await writeFile(join(folder, "desk.mjs"), "");
  const read = await readGraph(
    { text: JSON.stringify(file), file: join(folder, "desk.json") },
    { load, trust: { modules: ["@troupe/core"] } },
  );
  expect(read.issues).toEqual([]);
  expect(await compile(read.graph!).invoke(given)).toEqual(done);
  expect(code).toMatch(/import \{ gather as \w+ \} from "@troupe\/core";/);
});

test.each<[string, Plan, string]>([
  [
    "a list of answers",
    { ...plan, tasks: [plan.tasks[0]!, { ...plan.tasks[1]!, args: { ...plan.tasks[1]!.args, first: [ref("t1.loud")] as any } }] },
    "argument-type",
  ],
  ["one answer for two outputs", { ...plan, output: { joined: ref("t1.loud"), loud: ref("t1.loud") } }, "plan-unsayable"],
  ["an input under another name", { ...plan, output: { ...plan.output, loud: ref("input.note") } }, "plan-unsayable"],
  ["a plan that does not fit the team", { tasks: [], output: {} }, "missing-output"],
])("%s cannot be saved, and the error says why", (_, other, code) => {
  expect(() => savePlan(desk, other)).toThrowError(
    expect.objectContaining({ code: "PLAN_UNSAVED", issues: expect.arrayContaining([expect.objectContaining({ code })]) }),
  );
});
