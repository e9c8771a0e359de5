import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { readGraph } from "../../file/read-graph.js";
import type { Graph } from "../../graph/graph.js";
import { type Plan, refsOf } from "../../graph/plan.js";
import { compile } from "../../interop/compile.js";
import { mark } from "../../schema/mark.js";
import { specialist } from "../../specialist/specialist.js";
import { usedTasks } from "../order.js";
import { team } from "../team.js";
import { gather } from "./gather.js";
import { savePlan } from "./save-plan.js";

const text = z.string();
const tree: z.ZodType = z.lazy(() => z.object({ more: z.array(tree) }));
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

test.each<[string, z.ZodType]>([
  ["anything", z.unknown()],
  ["anything described", z.unknown().describe("Whatever it is")],
  ["one of two forms", z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b"), b: text })])],
  ["two forms at once", z.intersection(z.object({ a: text }), z.object({ b: text }))],
  ["a form that refers to itself", tree],
  ["what is private", mark.private(z.unknown())],
])("a file that holds %s is read", async (_, type) => {
  const pass = specialist({
    name: "pass",
    does: "Passes it on",
    input: z.object({ it: type }),
    output: z.object({ same: type, may: type.optional() }),
    run: ({ it }: any) => ({ same: it }),
  });
  const own = team({ name: "own", does: "own", members: [pass], input: z.object({ it: type }), output: z.object({ same: type }) });
  const made: Plan = { tasks: [{ id: "t1", member: "pass", args: { it: ref("input.it") } }], output: { same: ref("t1.same") } };
  const { file } = savePlan(own, made, { modules: { pass: "./own.mjs#pass" } });
  const folder = await mkdtemp(join(tmpdir(), "troupe-saved-"));
  await writeFile(join(folder, "own.mjs"), "");
  const read = await readGraph({ text: JSON.stringify(file), file: join(folder, "own.json") }, { load: async () => ({ pass }) });
  expect(read.issues).toEqual([]);
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

test("an input that an output of its name may take the place of is not read after that", async () => {
  const change = (name: string, input: z.ZodType<object>) =>
    specialist({
      name,
      does: name,
      input,
      output: z.object({ text }),
      run: (given) => ({ text: `${name}(${Object.values(given).join()})` }),
    });
  const members = [change("translate", z.object({ text })), change("compare", z.object({ before: text, after: text }))];
  const own = team({ name: "own", does: "own", members, input: z.object({ text }), output: z.object({ text, said: text.optional() }) });
  const first = { id: "t1", member: "translate", args: { text: ref("input.text") } };
  const second = { id: "t2", member: "compare", args: { before: ref("input.text"), after: ref("t1.text") } };
  expect(() => savePlan(own, { tasks: [first, second], output: { text: ref("t1.text"), said: ref("t2.text") } })).toThrowError(
    expect.objectContaining({ issues: [expect.objectContaining({ code: "plan-unsayable", path: ["tasks", 1, "args", "before"] })] }),
  );
  const { graph } = savePlan(own, { tasks: [first, second], output: { text: ref("t2.text") } });
  expect(await compile(graph).invoke({ text: "a" })).toEqual({ text: "compare(a,translate(a))" });
});

test.each<[string, z.ZodType, z.ZodType]>([
  ["is longer than that may be", text, text.max(5)],
  ["has another type than that", z.union([text, z.number()]), text],
  ["is private, and that is not", mark.private(text), text],
  ["is not trusted, and that is", text, mark.trusted(text)],
])("an input that an output of its name takes the place of is not saved where it %s", (_, given, gives) => {
  const own = (field: string) => {
    const change = specialist({
      name: "change",
      does: "Changes a text",
      input: z.object({ it: z.unknown() }),
      output: z.object({ text: gives }),
      run: () => ({ text: "" }),
    });
    return team({ name: "own", does: "own", members: [change], input: z.object({ [field]: given }), output: z.object({ text }) });
  };
  const made = (field: string): Plan => ({
    tasks: [{ id: "t1", member: "change", args: { it: ref(`input.${field}`) } }],
    output: { text: ref("t1.text") },
  });
  expect(() => savePlan(own("text"), made("text"))).toThrowError(
    expect.objectContaining({ issues: [expect.objectContaining({ code: "plan-unsayable", path: ["output", "text"] })] }),
  );
  expect(savePlan(own("note"), made("note")).graph.input).toEqual(["note"]);
});

test("a list in a list of answers cannot be saved, and the text of a user may be in any", () => {
  const grid = specialist({
    name: "grid",
    does: "Draws",
    input: z.object({ rows: z.array(z.array(text)), title: text }),
    output: z.object({ joined: text, loud: text }),
    run: () => ({ joined: "", loud: "" }),
  });
  const drawing = team({
    name: "drawing",
    does: "Draws",
    members: [grid],
    input: z.object({ note: text }),
    output: z.object({ joined: text }),
  });
  const draw = (rows: unknown, title = "T") =>
    ({ tasks: [{ id: "t1", member: "grid", args: { rows, title } }], output: { joined: ref("t1.joined") } }) as Plan;
  expect(() => savePlan(drawing, draw([[ref("input.note")]]))).toThrowError(
    expect.objectContaining({ issues: [expect.objectContaining({ code: "plan-unsayable" })] }),
  );
  const request = "Draw a grid called Dear {{name}}";
  expect(savePlan(drawing, draw([["z9"]], "Dear {{name}}"), { request }).graph.input).toEqual(["title"]);
});

test("tasks may be called what no node may be", async () => {
  const names: Record<string, string> = { t1: "end", t2: "1" };
  for (const more of ["constructor", "t_end"]) {
    const called = (path: string) => path.replace(/^t\d/, (id) => names[id]!);
    const args = (given: object) =>
      Object.fromEntries(Object.entries(given).map(([name, one]) => [name, one.ref ? ref(called(one.ref)) : one]));
    const tasks = plan.tasks.map((task) => ({ ...task, id: names[task.id]!, args: args(task.args) })) as Plan["tasks"];
    const last = { id: more, member: "shout", args: { text: ref(`${names.t2}.joined`) } };
    const { graph } = savePlan(desk, { tasks: [...tasks, last], output: { joined: ref(`${names.t2}.joined`), loud: ref(`${more}.loud`) } });
    expect(await compile(graph).invoke({ note: "a", more: "b" })).toEqual({ joined: "A – b", loud: "A – B" });
  }
});

test("what a plan leaves out is not taken from what has its name", async () => {
  const given = (name: string, input: z.ZodType<object>) =>
    specialist({ name, does: name, input, output: z.object({ said: text }), run: (got) => ({ said: JSON.stringify(got) }) });
  const translate = given("translate", z.object({ text, language: text }));
  const shorten = given("shorten", z.object({ text, language: text.optional(), tone: text.default("plain") }));
  const own = team({
    name: "own",
    does: "own",
    members: [translate, shorten],
    input: z.object({ text, language: text, c: text }),
    output: z.object({ said: text, tone: text, all: z.array(text) }),
  });
  const made: Plan = {
    tasks: [
      { id: "t1", member: "translate", args: { text: ref("input.text"), language: ref("input.language") } },
      { id: "t2", member: "shorten", args: { text: ref("input.c") } },
    ],
    output: { said: ref("t2.said"), tone: ref("t1.said"), all: [ref("t1.said"), ref("t2.said")] },
  };
  const short = '{"text":"C","tone":"plain"}';
  const long = '{"text":"a","language":"Danish"}';
  const { graph } = savePlan(own, made);
  expect(await compile(graph).invoke({ text: "a", language: "Danish", c: "C" })).toEqual({ said: short, tone: long, all: [long, short] });
  const literal = { ...made, tasks: [{ ...made.tasks[0]!, args: { text: ref("input.text"), language: "Danish" } }, made.tasks[1]!] };
  const card = { ...own, input: z.object({ text, c: text }) };
  const saved = savePlan(card, literal, { request: "Translate it into Danish and shorten that" });
  expect(saved.graph.input).toContain("language");
  expect(await compile(saved.graph).invoke({ text: "a", c: "C" })).toEqual({ said: short, tone: long, all: [long, short] });
});

test("code imports each member by a name of its own, whatever members are called", () => {
  const names = ["delete", "read page", "read_page", "use", "END", "2nd", "übersetze", "gather"];
  const members = names.map((name) =>
    specialist({ name, does: name, input: z.object({ texts: z.array(text) }), output: z.object({ text }), run: () => ({ text: "" }) }),
  );
  const odd = team({ name: "odd", does: "odd", members, input: z.object({ note: text }), output: z.object({ text }) });
  const tasks = names.map((member, i) => ({ id: `t${i}`, member, args: { texts: [ref(i ? `t${i - 1}.text` : "input.note")] } }));
  const { code, file } = savePlan(odd, { tasks, output: { text: ref(`t${names.length - 1}.text`) } }, { modules: { use: "./x.ts#a b" } });
  const locals = [...code.matchAll(/^import (?:(\S+)|\{ (?:.* as )?(\S+) \}) from/gmu)].map(([, whole, part]) => whole ?? part);
  expect(locals).toHaveLength(1 + names.length);
  expect(new Set([...locals, "defineGraph", "schemaFromJson"]).size).toBe(locals.length + 2);
  for (const local of locals) expect(() => new Function(`const ${local} = 1;`)).not.toThrow();
  for (const local of locals) expect(code).toContain(`: use(${local}, {`);
  expect(code).toContain('import { "a b" as use_ } from "./x.ts";');
  expect(file.nodes).toMatchObject({ t1: { use: "./read page" } });
});

test("the graph does what the plan does, whatever its tasks, their fields and its inputs are called", async () => {
  const fields = ["a", "b_c", "text", "t1_a", "a_b"];
  const names = ["t1", "t1_a", "a", "a_b", "t1_a_list", "out_list", "note", "b"];
  const members = fields.map((field) =>
    specialist({
      name: field,
      does: field,
      input: z.object({ one: text.optional(), all: z.array(text).optional() }),
      output: z.object({ [field]: text, b: text }),
      run: (given) => ({ [field]: `${field}:${JSON.stringify(given)}`, b: `b of ${field}:${JSON.stringify(given)}` }) as any,
    }),
  );
  const inputs = ["note", "t1_a", "a_b_c", "text"];
  const made = team({
    name: "made",
    does: "made",
    members,
    input: z.object(Object.fromEntries(inputs.map((name) => [name, text]))),
    output: z.object({ text, out: z.array(text).optional(), a_b_c: text.optional() }),
  });
  const row = fc.record({
    id: fc.constantFrom(...names),
    field: fc.constantFrom(...fields),
    one: fc.nat(),
    all: fc.array(fc.nat(), { maxLength: 3 }),
  });
  const planOf = (rows: readonly { id: string; field: string; one: number; all: readonly number[] }[]): Plan => {
    const sources = inputs.map((name) => `input.${name}`);
    const tasks = rows.map(({ id, field, one, all }) => {
      const at = (n: number) => ref(sources[n % sources.length]!);
      const args = { one: at(one), ...(all.length ? { all: [...all.map(at), "x"] } : {}) };
      sources.push(`${id}.${field}`, `${id}.b`);
      return { id, member: field, args };
    });
    const given = (n: number) => sources.slice(inputs.length).at(-1 - n)!;
    const out = { out: [ref(given(1)), ref("input.note")] };
    return { tasks, output: { text: ref(given(0)), ...(rows.length > 1 ? { a_b_c: ref(given(2)), ...out } : {}) } };
  };
  const done = (plan: Plan, input: Record<string, string>) => {
    const values: Record<string, any> = { input };
    const found = (value: any): any =>
      Array.isArray(value)
        ? value.map(found)
        : typeof value === "string"
          ? value
          : value.ref.split(".").reduce((at: any, key: string) => at[key], values);
    const all = (args: object) => Object.fromEntries(Object.entries(args).map(([name, value]) => [name, found(value)]));
    for (const { id, member, args } of plan.tasks)
      values[id] = members.find(({ name }) => name === member)!.run!(all(args) as any, undefined as any);
    return all(plan.output);
  };
  const input = Object.fromEntries(inputs.map((name) => [name, `<${name}>`]));
  let saved = 0;
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 5 }), async (rows) => {
      const plan = planOf(rows);
      // What nothing uses is no part of a right plan.
      const kept = usedTasks(
        plan.tasks,
        Object.values(plan.output)
          .flatMap(refsOf)
          .map((one) => one.split(".")[0]!),
      );
      const right = { ...plan, tasks: plan.tasks.filter(({ id }) => kept.has(id)) };
      let graph: Graph;
      try {
        ({ graph } = savePlan(made, right));
      } catch (error) {
        expect((error as { issues: { code: string }[] }).issues.map(({ code }) => code)).toContain("plan-unsayable");
        return;
      }
      saved++;
      const given = Object.fromEntries(graph.input.map((name) => [name, input[name]]));
      expect(await compile(graph).invoke(given)).toEqual(done(right, input));
    }),
    { numRuns: 150 },
  );
  expect(saved).toBeGreaterThan(30);
});

test("an input that a team need not be given need not be given to the graph either, where what takes it need not take it", async () => {
  const echo = specialist({
    name: "echo",
    does: "Echoes",
    input: z.object({ text, aside: text.optional() }),
    output: z.object({ said: text }),
    run: (given) => ({ said: JSON.stringify(given) }),
  });
  const input = z.object({ note: text, aside: mark.private(text).optional() });
  const own = team({ name: "own", does: "own", members: [echo, shout], input, output: z.object({ said: text }) });
  const task = { id: "t1", member: "echo", args: { text: ref("input.note"), aside: ref("input.aside") } };
  const { graph, file } = savePlan(own, { tasks: [task], output: { said: ref("t1.said") } });
  expect(await compile(graph).invoke({ note: "a" })).toEqual({ said: '{"text":"a"}' });
  expect(await compile(graph).invoke({ note: "a", aside: "b" })).toEqual({ said: '{"text":"a","aside":"b"}' });
  expect(file.state).toMatchObject({ aside: { optional: { "x-private": true } } });
  const needed = { ...task, args: { text: ref("input.aside"), aside: ref("input.note") } };
  const { graph: other } = savePlan(own, { tasks: [needed], output: { said: ref("t1.said") } });
  await expect(compile(other).invoke({ note: "a" })).rejects.toMatchObject({ code: "INPUT_INVALID" });
});

test("a plan that was a guess says so in the file and in the code, which are read as ever", async () => {
  const guesses = ["join.first", "output.loud"];
  const { file, code } = savePlan(desk, plan, { guesses, modules: { shout: "./desk.mjs#shout", join: "./desk.mjs#join2" } });
  expect(file.$comment).toBe("This plan was a guess, at join.first, output.loud: look whether it is what is meant.");
  expect(code).toContain(`// ${file.$comment}\n`);
  const folder = await mkdtemp(join(tmpdir(), "troupe-saved-"));
  await writeFile(join(folder, "desk.mjs"), "");
  const read = await readGraph({ text: JSON.stringify(file), file: join(folder, "desk.json") }, { load: async () => ({ shout, join2 }) });
  expect(read.issues).toEqual([]);
  expect(savePlan(desk, plan, { guesses: [] }).file).not.toHaveProperty("$comment");
});

test.each<[string, unknown]>([
  ["request", 5],
  ["modules", "./desk.ts"],
  ["modules.shout", { shout: 5 }],
  ["guesses", "join.first"],
  ["requst", "Join it"],
])("what is no option of saving is refused: %s", (option, value) => {
  const options = { [option.split(".")[0]!]: value };
  expect(() => savePlan(desk, plan, options as never)).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(`savePlan.${option}`) }),
  );
});
