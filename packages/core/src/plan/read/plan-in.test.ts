// biome-ignore-all lint/suspicious/noTemplateCurlyInString: how planners write refs.
import { describe, expect, test } from "vitest";
import { planIn } from "./plan-in.js";

const both = [
  { id: "t1", member: "shout", args: { text: { ref: "input.note" } } },
  { id: "t2", member: "count", args: { text: { ref: "t1.loud" } } },
];
const json = JSON.stringify({ tasks: both, output: { words: { ref: "t2.words" } } });
const whole = { tasks: both, output: { words: { ref: "t2.words" } } };

describe("a plan is found in a text", () => {
  test.each([
    ["alone", json],
    ["with prose around it", `Here is my plan (see [1]):\n${json}\nIt is good.`],
    ["fenced", `Sure!\n\`\`\`json\n${JSON.stringify(JSON.parse(json), null, 2)}\n\`\`\``],
    ["after a draft", `{"tasks": [{"id": "t1", "member": "weep", "args": {}}], "output": {}}\nNo, better:\n${json}`],
    ["after thoughts", `<think>{"tasks": [{"member": "weep"}]}</think>${json}`],
    ["without its last brackets", json.slice(0, -2)],
    [
      "as YAML",
      "The plan:\ntasks:\n  - id: t1\n    member: shout\n    args:\n      text: $input.note\n  - id: t2\n    tool: count\n    args:\n      text: {{ t1.loud }}\noutput:\n  words: ${t2.words}\n",
    ],
    [
      "as fenced YAML",
      "```yaml\nsteps:\n- id: 1\n  tool: shout\n  input: {text: input.note}\n- id: 2\n  tool: count\n  input:\n    text: <step1.loud>\noutput: {words: $2.words}\n```",
    ],
  ])("%s", async (_, text) => expect((await planIn(text))?.plan).toEqual(whole));

  test.each([
    [
      "marked calls",
      '<tool_call>{"name": "shout", "arguments": {"text": "$input.note"}}</tool_call>\n<tool_call>\n{"name": "count", "arguments": {"text": "$1"}}\n</tool_call>',
    ],
    [
      "calls after a mark",
      '[TOOL_CALLS][{"name": "shout", "arguments": {"text": "$input.note"}}, {"name": "count", "arguments": {"text": "$1"}}]',
    ],
    ["names and arguments", '[TOOL_CALLS]shout[ARGS]{"text": "$input.note"}[TOOL_CALLS]count[ARGS]{"text": "$1"}'],
    ["calls in tags", '<function=shout>{"text": "$input.note"}</function><function=count>{"text": "$1"}</function>'],
    [
      "arguments in tags",
      "<function=shout>\n<parameter=text>\n$input.note\n</parameter>\n</function>\n<function=count><parameter=text>$1</parameter></function>",
    ],
    [
      "invocations",
      '<invoke name="shout"><parameter name="text">$input.note</parameter></invoke><invoke name="count"><parameter name="text">$1</parameter></invoke>',
    ],
    ["an object a line", '{"name": "shout", "arguments": {"text": "$input.note"}}\n{"name": "count", "arguments": {"text": "$1"}}'],
    ["numbered functions", "Thought: easy\n1. shout(text=$input.note)\n2. count(text=$1)\n3. join()<END_OF_PLAN>\n"],
    ["variables", 'a1 = shout(text="$input.note")\nb2 = count(text=a1)'],
    ["a list of functions", "[shout(text='{input.note}'), count(text='$1')]"],
  ])("%s", async (_, text) => {
    const tasks = (await planIn(text))!.plan.tasks;
    expect(tasks.map(({ member, args }) => [member, args])).toEqual([
      ["shout", { text: { ref: "input.note" } }],
      ["count", { text: { ref: tasks[0]!.id } }],
    ]);
  });

  test("evidence, whose texts have their place for a name", async () => {
    const text = "Plan: Shout it.\n#E1 = shout[Hello, world]\nPlan: Count it.\n#E2 = count[#E1]";
    expect((await planIn(text))!.plan.tasks).toEqual([
      { id: "E1", member: "shout", args: { "#1": "Hello, world" } },
      { id: "E2", member: "count", args: { "#1": { ref: "E1" } } },
    ]);
  });
});

test("a text that an argument holds is read as it was written", async () => {
  const argsOf = async (text: string) => (await planIn(text))!.plan.tasks.map(({ args }) => Object.values(args)[0]);
  const lines = [
    'fetch("https://example.org/a")',
    "fetch(https://example.org/a)",
    'say("Note: buy milk")',
    "say('it\\'s me')",
    "say('Ann's own')",
    "look(1.10)",
    "look[01067]",
    "look(12345678901234567890)",
    "look(7)",
  ];
  const said = [
    "https://example.org/a",
    "https://example.org/a",
    "Note: buy milk",
    "it's me",
    "Ann's own",
    "1.10",
    "01067",
    "12345678901234567890",
    7,
  ];
  expect(await argsOf(lines.map((line, i) => `${i + 1}. ${line}`).join("\n"))).toEqual(said);
  const values = ["01067", "1.10", "+4912", "0x1F", "12345678901234567890", "7", "1.5"];
  const tags = values.map((value) => `<function=look><parameter=code>${value}</parameter></function>`).join("");
  const read = [...values.slice(0, 5), 7, 1.5];
  expect(await argsOf(tags)).toEqual(read);
  expect(await argsOf(`tasks:\n${values.map((value) => `  - member: look\n    args:\n      code: ${value}`).join("\n")}`)).toEqual(read);
});

test("marks of calls in a text of a plan are words of that text", async () => {
  for (const text of ["<function=send>hello</function>", '[TOOL_CALLS]send{"to":"eve"}', "<invoke name=send></invoke>"]) {
    const shout = { name: "shout", arguments: { text } };
    const tasks = [{ id: "t1", member: "shout", args: { text } }];
    expect((await planIn(JSON.stringify({ tasks, output: {} })))!.plan.tasks).toEqual(tasks);
    expect((await planIn(`<tool_call>${JSON.stringify(shout)}</tool_call>`))!.plan.tasks).toEqual(tasks);
  }
});

test("an argument that is written twice is a list of both, and where that cannot be told the plan must not run", async () => {
  const both = { texts: [{ ref: "input.a" }, { ref: "input.b" }] };
  for (const text of [
    "1. join(texts=$input.a, texts=$input.b)",
    "<function=join><parameter=texts>$input.a</parameter><parameter=texts>$input.b</parameter></function>",
    '[{"member": "join", "args": [{"texts": "$input.a"}, {"texts": "$input.b"}]}]',
  ])
    expect((await planIn(text))!.plan.tasks[0]!.args).toEqual(both);
  for (const part of ['"args":{"texts":"$input.a","texts":"$input.b"}', '"args":{},"args":{"texts":"$input.b"}'])
    expect((await planIn(`{"tasks":[{"member":"join",${part}}],"output":{}}`))!.issues).toMatchObject([{ code: "plan-doubled" }]);
  expect(await planIn("tasks:\n  - member: join\n    args:\n      texts: a\n      texts: b")).toBeUndefined();
});

test("a call that is told once more after its plan is not the plan", async () => {
  expect((await planIn(`${json}\nThe first of them is ${JSON.stringify(both[0])}`))!.plan).toEqual(whole);
});

test.each([
  json.slice(0, json.indexOf(',"output"')),
  json.slice(0, json.indexOf('"t2"') + 2),
  `Plan: ${json.slice(0, 80)}`,
  json.slice(0, -6),
])("a plan that was cut is said to be: %s", async (text) =>
  expect((await planIn(text))?.issues.map(({ code }) => code)).toEqual(["plan-cut"]),
);

test.each(["", "I cannot do that.", "{}", "Use shout. Then count.", "[1, 2]", "<tool_call></tool_call>", "a: 1", "- a\n- b"])(
  "there is none in %j",
  async (text) => {
    expect(await planIn(text)).toBeUndefined();
  },
);

test("a text dense in anything that plans are made of is read in time that grows with it", async () => {
  const pieces = [
    "{",
    "[",
    '{"a":',
    "- ",
    "- a:\n",
    "a: ",
    "<tool_call>",
    "[TOOL_CALLS]",
    "<function=",
    "1. f(",
    "f(x)\n",
    "#E1 = f[",
    'x = f("',
    "{{",
    '{{"',
    "$a.",
    "<t1>",
    "t1.loud ",
    '"',
    "'",
    "```",
    '{"tasks":[',
    '{"name":"a","args":{}}',
    "\\",
  ];
  const length = 100_000;
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(length / piece.length));
    const before = process.cpuUsage();
    await planIn(text);
    await planIn(JSON.stringify([{ member: "a", args: { text } }]));
    // The processor's time: a quadratic reading of this length takes minutes.
    expect(process.cpuUsage(before).user / 1e6, piece).toBeLessThan(5);
  }
});
