// biome-ignore-all lint/suspicious/noTemplateCurlyInString: how planners write refs.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "../../schema/json.js";
import type { Schema } from "../../schema/schema.js";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { planIn } from "./plan-in.js";
import { readPlan } from "./read-plan.js";
import { spellings } from "./spellings.js";

const shout = { id: "t1", member: "shout", args: { text: { ref: "input.note" } } };
/** What `text` of a second task reads as, where it is written so. */
const second = (said: Json, first: object = {}, task: object = {}) =>
  readPlan({
    tasks: [
      { ...shout, ...first },
      { id: "t2", member: "count", args: { text: said }, ...task },
    ],
    output: {},
  } as Json)!.plan.tasks[1]!.args.text;
const without = { id: undefined } as object;

describe("a ref is read in every spelling", () => {
  test.each(spellings.map(({ example, from = 1 }) => [example, from] as const))("%s", (example, from) => {
    const ref = second(example, from === 0 ? { id: undefined } : {}, from === 0 ? { id: undefined } : {});
    expect(ref).toEqual({ ref: /loud/.test(example) ? "t1.loud" : "t1" });
  });

  test.each([
    "{{1.loud}}",
    "{{ shout.loud }}",
    "{{step1.loud}}",
    "{{steps.1.loud}}",
    "{{steps[0].loud}}",
    "{{ step 1.loud }}",
    "{{outputs.t1.loud}}",
    "{{ t1.output.loud }}",
    "$.t1.loud",
    "$.steps[0].output.loud",
    "$1.loud",
    "${1.loud}",
    "${step_1.loud}",
    "${steps.t1.outputs.loud}",
    "<step1.loud>",
    "<call_1.loud>",
    "t1['loud']",
    't1["loud"]',
    "`t1.result.loud`",
    "#/tasks/t1/output/loud",
    "{{previous.loud}}",
    " $T1.loud ",
    "${{ steps.t1.outputs.loud }}",
    "$(t1.loud)",
    "%{t1.loud%}",
    "%{shout.output.loud}",
    "{{step_1_output.loud}}",
    "$step1_result.loud",
    "=t1.loud",
    "t1->loud",
    "t1::loud",
    "[output of t1.loud]",
    "<<the result of t1.loud>>",
  ])("%s", (said) => {
    expect(second(said)).toEqual({ ref: "t1.loud" });
    expect(second({ ref: said } as Json)).toEqual({ ref: "t1.loud" });
  });

  test.each([
    ["{{input.note}}", "input.note"],
    ["$inputs.note", "input.note"],
    ["input.note", "input.note"],
    ["${user_input.note}", "input.note"],
  ])("%s of the input", (said, ref) => expect(second(said)).toEqual({ ref }));

  test.each<[Json]>([
    [{ from: "t1", field: "loud" }],
    [{ step: 1, output: "loud" }],
    [{ task_id: "t1", key: "loud" }],
    [{ $ref: "#/tasks/t1/loud" }],
    [{ type: "ref", source: "t1.loud" }],
  ])("%j", (said) => expect(second(said)).toEqual({ ref: "t1.loud" }));

  test("by numbers for ids, by what an answer is called, and by place", () => {
    expect(second("$7.loud", { id: 7 }, { id: 8 })).toEqual({ ref: "t7.loud" });
    expect(second("{{0.loud}}", { id: 0 }, { id: 1 })).toEqual({ ref: "t0.loud" });
    expect(second("$var1.loud$", { id: "var1" }, { id: "var2" })).toEqual({ ref: "var1.loud" });
    expect(second("{{ loud_text }}", { output: "loud_text" })).toEqual({ ref: "t1" });
    expect(second("$1", without, without)).toEqual({ ref: "t1" });
    expect(second("$0", without, without)).toEqual({ ref: "t1" });
    expect(second("<node-0>", without, without)).toEqual({ ref: "t1" });
    expect(second("<resource-1>", without, without)).toEqual({ ref: "t1" });
    expect(second(["$1.loud", "plain"], without, without)).toEqual([{ ref: "t1.loud" }, "plain"]);
  });
});

describe("what is no ref", () => {
  test.each([
    "input of the day. Really",
    "t1",
    "note 7",
    "3.5",
    "Dear t1.loud team",
    "e.g.",
    "12.03.2025",
    "a@b.example",
    "<b>x</b>",
    "C#",
  ])("%s stays a text where no task is called so", (said) => expect(second(said, { id: "first" }, { id: "other" })).toBe(said));

  test.each(["{{ nobody.loud }}", "${missing}", "$var9.loud$", "<resource-7>", "#E9", "$nobody", "<GENERATED>-7"])(
    "%s names nothing: a ref to nothing, never a text",
    (said) => expect(second(said)).toEqual({ ref: said }),
  );

  test("a text too long for a ref is taken as it is, and is not looked into", () => {
    for (const one of ["]", "[", "['", "a.", " ]", "{{", "$a.", "<", "#E1"]) {
      const long = one.repeat(40_000);
      expect(second(long) === long).toBe(true);
      expect((second({ ref: long } as Json) as { ref: string }).ref === long).toBe(true);
    }
  });
});

const both = [shout, { id: "t2", member: "count", args: { text: { ref: "t1.loud" } } }];
const args = [{ text: "$input.note" }, { text: "$t1.loud" }];
const calls = both.map(({ id, member }, i) => ({ id, name: member, arguments: JSON.stringify(args[i]) }));

describe("a plan is read in every shape", () => {
  test.each<[string, Json]>([
    ["as asked", { tasks: both, output: {} } as Json],
    ["as a list", both as Json],
    ["inside another object", { plan: { tasks: both, output: {} } } as Json],
    ["as a plan that is a list", { plan: both } as Json],
    ["tasks by id", { steps: { t1: { tool: "shout", input: args[0]! }, t2: { tool: "count", input: args[1]! } } }],
    ["with other names", both.map(({ id, member }, i) => ({ taskId: id, tool_name: member, Parameters: args[i] })) as Json],
    [
      "calls of a chat model's message",
      {
        choices: [
          {
            message: {
              role: "assistant",
              content: null,
              tool_calls: calls.map(({ id, ...call }) => ({ id, type: "function", function: call })),
            },
          },
        ],
      },
    ],
    [
      "blocks of a message",
      {
        role: "assistant",
        content: [
          { type: "text", text: "First…" },
          ...both.map(({ id, member }, i) => ({ type: "tool_use", id, name: member, input: args[i] })),
        ],
      } as Json,
    ],
    ["function calls", { parts: both.map(({ id, member }, i) => ({ functionCall: { id, name: member, args: args[i] } })) } as Json],
    ["names and values", both.map(({ id, member }, i) => ({ id, member, args: [{ name: "text", value: args[i]!.text }] })) as Json],
    ["one argument an object", both.map(({ id, member }, i) => ({ id, member, args: [args[i]!] })) as Json],
    ["arguments beside the name", both.map(({ id, member }, i) => ({ id, tool: member, thought: "So be it", ...args[i]! })) as Json],
    ["members as keys", [{ shout: args[0]! }, { count: args[1]! }]],
  ])("%s", (_, json) => expect(readPlan(json)?.plan).toEqual({ tasks: both, output: {} }));

  test("arguments by place have their place for a name", () => {
    expect(readPlan([{ task: "shout", arguments: ["photo.jpg", "<node-0>"] }])!.plan.tasks[0]!.args).toEqual({
      "#1": "photo.jpg",
      "#2": { ref: "t1" },
    });
  });

  test("an entry that names no member is kept as a task of none", () => {
    expect(readPlan({ tasks: [shout, "then count", 7], output: {} } as Json)!.plan.tasks.map(({ member }) => member)).toEqual([
      "shout",
      "",
      "",
    ]);
  });

  test("ids are made of what refs can name", () => {
    const ids = (written: Json[]) => readPlan(written.map((id) => ({ id, member: "shout" })) as Json)!.plan.tasks.map(({ id }) => id);
    expect(ids([1, "2", "Step three", null, "input"])).toEqual(["t1", "t2", "Step_three", "t4", "input_"]);
    expect(ids(["t1", "t1"])).toEqual(["t1", "t1"]);
  });

  test("two tasks share an id only where it was written twice, and what was written is called so", () => {
    const texts = [undefined, 1, "1", "t1", 2, "t2", "a b", "a_b", "_a b", "input", "input_", "?", ""];
    for (const one of texts)
      for (const other of texts) {
        const tasks = [one, other].map((id) => ({ ...(id === undefined ? {} : { id }), member: "shout", args: {} }));
        const [first, second] = readPlan({ tasks, output: {} } as Json)!.plan.tasks;
        const same = /\w/.test(String(one ?? "")) && String(one) === String(other);
        expect([one, other, first!.id === second!.id]).toEqual([one, other, same]);
      }
    const tasks = [
      { member: "shout", args: { text: "$t1.loud" } },
      { id: 1, member: "shout" },
      { id: "t1 b", member: "shout" },
    ];
    const { plan } = readPlan({ tasks, output: { a: "{{1.loud}}", b: "$t1.loud" } } as Json)!;
    expect(plan).toMatchObject({ tasks: [{ args: { text: { ref: "t1.loud" } } }, { id: "t1" }, {}] });
    expect(plan.output).toEqual({ a: { ref: "t1.loud" }, b: { ref: "t1.loud" } });
  });

  test("what is no plan is none", () => {
    for (const json of [null, 1, "t1", [], {}, { tasks: "none" }, [1, 2], { output: { a: 1 } }] as Json[])
      expect(readPlan(json)).toBeUndefined();
  });
});

const text = z.string();
const member = (name: string, input: Schema, output: Schema) =>
  specialist({ name, does: `Does ${name}`, input, output, run: () => ({}) as any });
const total = z.object({ total: z.number() });
const desk = (request = "Do it", inputs: z.ZodRawShape = { query: text, note: text }) =>
  briefOf({
    request,
    members: [
      member("order", z.object({ text }), z.object({ total: z.number(), name: text, result: total })),
      member("sum", total.partial(), total),
      member(
        "send",
        z.object({
          text,
          to: text.optional(),
          name: text.optional(),
          title: text.optional(),
          number: z.number().optional(),
          with: text.optional(),
        }),
        z.object({ sent: text, output: text }),
      ),
    ],
    input: z.object(inputs),
    output: z.object({ sent: text.optional(), total: z.number().optional() }),
  });
/** What `to` of a task after tasks with these ids, all of order, is read as. */
const third = (said: Json, ids: readonly Json[], request?: string) => {
  const tasks = ids.map((id) => ({ id, member: "order", args: { text: { ref: "input.note" } } }));
  return readPlan({ tasks: [...tasks, { id: "last", member: "send", args: { to: said } }], output: {} }, desk(request))!.plan.tasks.at(-1)!
    .args.to;
};

describe("a brief tells refs from texts", () => {
  test.each([
    ["order.total", ["order", "order_total"], "order.total"],
    ["t1.result.total", ["t1", "t2"], "t1.result.total"],
    ["a.total", ["a", "A"], "a.total"],
    ["{{A.total}}", ["a", "A"], "A.total"],
    ["step_1.total", ["step1", "step_1"], "step_1.total"],
    ["input.note", ["Input", "in"], "input.note"],
    ["{{query}}", ["t1"], "input.query"],
    ["{{ input.query }}", ["query"], "input.query"],
    ["{{query.total}}", ["query"], "query.total"],
    ["$note", ["t1"], "input.note"],
    ["{{step1.total}}", [0, 1], "t1.total"],
  ])("%s among tasks called %j is %s", (said, ids, ref) => {
    expect(third(said, ids)).toEqual({ ref });
    expect(third({ ref: said }, ids)).toEqual({ ref });
  });

  test.each(["{{übersetzen.name}}", "$übersetzen.name", "übersetzen.name", "<übersetzen>.name", "@übersetzen.name", "übersetzen['name']"])(
    "%s is of the task that is called so",
    (said) => expect(third(said, ["t1", "übersetzen", "текст"])).toEqual({ ref: "bersetzen.name" }),
  );

  test.each([
    ["previous", "t2"],
    ["previous output", "t2"],
    ["The previous result", "t2"],
    ["PREVIOUS_OUTPUT", "t2"],
    ["output of the previous step", "t2"],
    ["T1", "t1"],
    ["[output of t1]", "t1"],
    ["<<output of step 1>>", "t1"],
    ["total of t1", "t1.total"],
    ["the total from step 2.", "t2.total"],
  ])("%s is that of a task, unless the request says it", (said, ref) => {
    expect(third(said, ["t1", "t2"])).toEqual({ ref });
    expect(third(said, ["t1", "t2"], `Send ${said}, as it is`)).toBe(said);
  });

  test.each(["last", "prev", "the last", "price of t1", "total of 1", "total of france", "output of all", "a -> b", "=b", "T9"])(
    "%s is a text, where no task is called so",
    (said) => expect(third(said, ["t1", "t2"])).toBe(said),
  );

  test("what names the task before the first names nothing, and is a label where it may be one", () => {
    const first = (said: Json) => readPlan([{ tool: "order", args: { text: said } }] as Json, desk())!.plan.tasks[0]!.args.text;
    expect(first("previous output")).toEqual({ ref: "previous output" });
    expect(first("previous")).toBe("previous");
    const of = briefOf({
      request: "Do it",
      members: [member("turn", z.object({ page: z.enum(["previous", "next"]), text }), z.object({ text }))],
      input: z.object({ text }),
      output: z.object({ text }),
    });
    const task = { tool: "turn", args: { page: "previous", text: "previous" } };
    expect(readPlan([task, task] as Json, of)!.plan.tasks[1]!.args).toEqual({ page: "previous", text: { ref: "t1" } });
  });

  test("how one spelling counts says nothing of another", () => {
    const tasks = ["$input.note", "<node-0>", "[output of step 2]"].map((text) => ({ member: "order", args: { text } }));
    expect(readPlan({ tasks, output: { sent: "<node-0>" } })!.plan.tasks[2]!.args.text).toEqual({ ref: "t2" });
  });

  test("a place in what a task gives is no other task", () => {
    const ids = Array.from({ length: 12 }, (_, i) => `t${i + 1}`);
    for (const said of ["{{t1[0].name}}", "$t1[0]", "{{t1.2.name}}"]) expect((third(said, ids) as { ref: string }).ref).toMatch(/^t1\./);
  });

  test.each(["1.5", "#2", "(1)", "[1]", "@1", "1.2.2025", "10.30", "2.pdf", "t1.csv", "v1.2"])(
    "%s is a text, whatever ids there are",
    (said) => expect(third(said, ["t1", "t2", "v1"])).toBe(said),
  );

  test.each(["$1", "#E1", "#1", "{{1.total}}", "<b>", "t1", "Q1", "$0", "${name}", "the result of t1", "order's total"])(
    "%s is the user's own text where the request says it",
    (said) => {
      expect(third(said, ["t1", "Q1"], `Send ${said}, as it is`)).toBe(said);
      expect(third({ ref: "t1.name" }, ["t1", "Q1"], `Send ${said}, as it is`)).toEqual({ ref: "t1.name" });
    },
  );

  test("a part of what the user says is not said", () => {
    expect(third("$1", ["t1"], "It costs $1.50 or $10")).toEqual({ ref: "t1" });
    expect(third("t1", ["t1"], "It is at1 or t12")).toEqual({ ref: "t1" });
  });

  test("what the user says counts no tasks", () => {
    const tasks = [
      { member: "order", args: { text: "$0" } },
      { member: "order", args: { text: "$1.name" } },
      { member: "send", args: { text: "$1.name", to: "$0" } },
    ];
    const { plan } = readPlan({ tasks, output: {} }, desk("Order it for $0"))!;
    expect(plan.tasks.map(({ args }) => args.text)).toEqual(["$0", { ref: "t1.name" }, { ref: "t1.name" }]);
  });

  test("an input that the user names is that input", () => {
    expect(third("{{note}}", ["t1"], "Send {{note}} on")).toEqual({ ref: "input.note" });
  });

  test("a right plan is read as it stands, whatever its tasks are called and the request says", () => {
    const id = fc.oneof(
      fc.constantFrom(
        "t1",
        "t11",
        "t1_1",
        "T1",
        "order",
        "order_total",
        "total",
        "query",
        "note",
        "input1",
        "step-1",
        "previous",
        "E1",
        "1",
      ),
      fc.stringMatching(/^[a-z][\w-]{0,6}[a-z0-9]$/),
    );
    const literal = fc.oneof(
      fc.constantFrom("$1", "t1", "{{t1.name}}", "#E1", "1.5", "<t1>", "order.name", "previous", "note"),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(id, literal, fc.nat(), fc.nat(3)), {
          selector: ([one]) => (/^\d/.test(one) ? `t${one}` : one),
          maxLength: 8,
        }),
        (rows) => {
          const ids = rows.map(([one]) => (/^\d/.test(one) ? `t${one}` : one)).filter((one) => one !== "input");
          const ref = (i: number, n: number) => (i === 0 ? "input.note" : `${ids[n % i]}.name`);
          const tasks = ids.map((one, i) => ({
            id: one,
            member: "order",
            args: { text: rows[i]![3] === 0 ? rows[i]![1] : { ref: ref(i, rows[i]![2]) } },
          }));
          const plan = { tasks, output: {} };
          const request = `Say ${rows.map(([, said]) => `"${said}"`).join(" and ")}`;
          if (ids.length > 0) expect(readPlan(plan as unknown as Json, desk(request))!.plan).toEqual(plan);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("nothing that a planner wrote is lost", () => {
  const [t1, t2] = [
    { member: "order", args: { text: { ref: "input.note" } } },
    { member: "send", args: { text: { ref: "t1.name" } } },
  ];
  const output = { sent: { ref: "t2.sent" } };
  const tasks = [
    { id: "t1", ...t1 },
    { id: "t2", ...t2 },
  ];
  test.each<[string, object]>([
    ["tasks by id that stand in nothing", { t1, t2, output }],
    ["an output beside the plan", { plan: { tasks }, output }],
    ["an output beside tasks by member", { steps: [{ order: t1.args }, { send: t2.args }], output }],
    ["steps in lists of those that go on at once", { stages: [[tasks[0]], [tasks[1]]], output }],
    ["phases", { first: { tasks: [tasks[0]] }, second: { tasks: [tasks[1]] }, output }],
    ["tasks that say of what type they are", { tasks: tasks.map((task) => ({ type: "text", ...task })), output }],
  ])("%s", (_, json) => expect(readPlan(json as Json)?.plan).toEqual({ tasks, output }));

  test("but a plan in several parts, or told twice, must not run as it is", () => {
    const again = tasks.map(({ id: _, ...task }) => task);
    for (const json of [
      { draft: { tasks }, final: { tasks } },
      { first: { tasks: [tasks[0]] }, second: { tasks: [tasks[1]] } },
      { tasks, actions: [{ tool: "send", text: "Hi" }] },
      { first: tasks[0], others: [tasks[1]] },
      [...again, ...again],
      [...tasks, ...tasks],
    ])
      expect(readPlan(json as unknown as Json, desk())!.issues).toMatchObject([{ code: "plan-doubled" }]);
    for (const json of [
      { content: tasks, tool_calls: tasks },
      { stages: [tasks.slice(0, 1), tasks.slice(1)] },
      [again[0], again[0]],
      { t1, t2 },
    ])
      expect(readPlan(json as unknown as Json, desk())!.issues).toEqual([]);
  });

  test("a plan without its last brackets is whole only where it has all that is wanted", async () => {
    const written = (output: object) => JSON.stringify({ tasks, output }).slice(0, -2);
    const codes = async (text: string) => (await planIn(text, desk()))!.issues.map(({ code }) => code);
    expect(await codes(written({ sent: { ref: "t2.sent" }, total: { ref: "t1.total" } }))).toEqual([]);
    expect(await codes(written({ sent: { ref: "t2.sent" } }))).toEqual(["plan-cut"]);
    expect(await codes(`${written({ sent: { ref: "t2.sent" } })}, "total"`)).toEqual(["plan-cut"]);
  });

  test("a task by its id that names no member is one of none", () => {
    const { plan } = readPlan({ tasks: { t1, t3: { do: "more" } }, output } as unknown as Json)!;
    expect(plan.tasks.map(({ id, member }) => [id, member])).toEqual([
      ["t1", "order"],
      ["t3", ""],
    ]);
  });

  test("arguments that are called like parts of a task, where the member takes them", () => {
    const args = { text: "Hi", name: "Ann", title: "Dr", number: 42, with: "love" };
    const read = (task: object) => readPlan([{ tool: "send", ...task }] as unknown as Json, desk())!.plan.tasks[0];
    expect(read(args)).toEqual({ id: "t1", member: "send", args });
    expect(read({ id: "a", thought: "So be it", ...args })).toEqual({ id: "a", member: "send", args });
    expect(read({ args: { text: "Hi" }, to: "Ann" })?.args).toEqual({ text: "Hi", to: "Ann" });
    expect(read({ args: { text: "Hi" }, title: "Send it", number: 1 })?.args).toEqual({ text: "Hi" });
    expect(read({ with: { text: "Hi" } })?.args).toEqual({ text: "Hi" });
  });
});
