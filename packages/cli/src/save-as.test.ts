import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, readGraph, type Specialist, specialist, team } from "@troupe/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { findTeam } from "./find-team.js";
import { project } from "./fixtures/project.js";
import { saveAs } from "./save-as.js";

const count = specialist({
  name: "count",
  does: "Counts",
  input: z.object({ text: z.string() }),
  output: z.object({ words: z.number() }),
  run: ({ text }) => ({ words: text.split(" ").length }),
});
const teamOf = (specialist: Specialist) => findTeam({ file: "desk.ts", specialist, issues: [] }, undefined);
const desk = teamOf(
  team({
    name: "desk",
    does: "Counts a letter",
    members: [count],
    input: z.object({ letter: z.string() }),
    output: z.object({ words: z.number() }),
  }),
);
const plan = { tasks: [{ id: "t1", member: "count", args: { text: { ref: "input.letter" } } }], output: { words: { ref: "t1.words" } } };

it("a plan is saved beside its module as a graph that runs", async () => {
  const cwd = project({ "team/desk.ts": "", "package.json": "{}" });
  const target = { file: join(cwd, "team/desk.ts"), module: { count, desk }, issues: [] };
  await saveAs(join(cwd, "team/letters.json"), desk, { plan }, target);
  expect(JSON.parse(readFileSync(join(cwd, "team/letters.json"), "utf8")).nodes.t1.use).toBe("./desk.ts#count");
  const { graph, issues } = await readGraph(join(cwd, "team/letters.json"), { load: async () => ({ count }) });
  expect(issues).toEqual([]);
  expect(await compile(graph!).invoke({ letter: "one two three" })).toEqual({ words: 3 });
  await saveAs(join(cwd, "letters.ts"), desk, { plan }, target);
  expect(readFileSync(join(cwd, "letters.ts"), "utf8")).toContain('import { count } from "./team/desk.ts";');
});

it("what the request said is an input of the graph that is written", async () => {
  const cwd = project({ "desk.ts": "", "package.json": "{}" });
  const input = z.object({ text: z.string(), maxWords: z.number() });
  const cut = specialist({ name: "cut", does: "Cuts", input, output: count.output, run: ({ maxWords }) => ({ words: maxWords }) });
  const cutting = teamOf(team({ name: "cutting", does: "Cuts", members: [cut], input: desk.input, output: desk.output }));
  const short = { ...plan, tasks: [{ id: "t1", member: "cut", args: { text: { ref: "input.letter" }, maxWords: 40 } }] };
  const target = { file: join(cwd, "desk.ts"), module: { cut, cutting }, issues: [] };
  await saveAs(join(cwd, "cut.json"), cutting, { plan: short, guesses: ["cut.text"] }, target, "In at most forty words");
  const file = JSON.parse(readFileSync(join(cwd, "cut.json"), "utf8"));
  expect(file.input).toEqual(["letter", "maxWords"]);
  expect(file.$comment).toContain("a guess, at cut.text:");
  expect(file.state.maxWords).toMatchObject({ default: 40, description: expect.stringContaining('"forty"') });
});

it.each([
  ["letters.txt", { count }, "A plan is saved as .json or .ts"],
  ["desk.json", { count }, "The file is there already"],
  ["letters.json", { desk }, "does not export the member count"],
])("nothing is saved as %s", async (name, module, what) => {
  const cwd = project({ "desk.json": "{}" });
  const target = { file: join(cwd, "desk.ts"), module, issues: [] };
  await expect(saveAs(join(cwd, name), desk, { plan }, target)).rejects.toThrow(what);
});
