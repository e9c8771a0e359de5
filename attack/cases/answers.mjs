// What a model may write, up to 100 kB of it: an answer, or an error that says why not; never a crash, never a wait.
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { z } from "zod";
import { alone, ends } from "../alone.mjs";

const size = 100_000;
const fill = (part) => part.repeat(Math.ceil(size / part.length)).slice(0, size);
const hostile = {
  nothing: "",
  blanks: fill(" "),
  "brackets in strings": fill('["]",'),
  "open lists": fill("["),
  "lists 50,000 deep": "[".repeat(50_000) + "]".repeat(50_000),
  "objects 10,000 deep": `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  "open objects": fill('{"a":'),
  "open and closed": fill("[]"),
  fences: fill("```"),
  quotes: fill('"'),
  backslashes: fill("\\"),
  thoughts: fill("<think>"),
  "tool calls": fill("<tool_call>"),
  "half of an object": `{"topic": "bill${fill("i")}`,
  "an object of the prototype's": '{"__proto__": {"topic": "bug"}, "constructor": 1}',
  "a number past all bounds": `{"topic": ${fill("9")}}`,
};
const plans = {
  ...hostile,
  "refs in brackets": JSON.stringify({ tasks: [{ id: "t1", member: "shout", args: { text: fill("{{[") } }], output: {} }),
  "tasks that feed themselves":
    '{"tasks":[{"id":"t1","member":"shout","args":{"text":{"ref":"t1.loud"}}}],"output":{"loud":{"ref":"t1.loud"}}}',
  "a thousand tasks": JSON.stringify({
    tasks: Array.from({ length: 1000 }, (_, i) => ({ id: `t${i}`, member: "shout", args: { text: { ref: `t${(i + 1) % 1000}.loud` } } })),
    output: { loud: { ref: "t0.loud" } },
  }),
};
const input = z.object({ text: z.string() });
const output = z.object({ topic: z.enum(["bug", "billing"]) });

/** What stands in them is an answer all the same. */
const honest = {
  "a second thought": 'At first I thought {"topic": "billing"}. No: {"topic": "bug"}.',
  "brackets in strings": 'Sure: {"topic": "bug", "note": "]}{[\\"}"} as asked.',
  "an example before it": 'For example {"topic": "billing"}. My answer is {"topic": "bug"}.',
  "a wrapper": '{"name": "answer", "parameters": {"topic": "bug"}}',
};

export default [
  ...Object.entries(honest).map(([name, text]) => ({
    name: `an answer with ${name}`,
    short: true,
    run: async ({ core }) => {
      const triage = core.specialist({ name: "triage", does: "Names the topic", input, output, prompt: ({ text }) => text });
      const model = core.asModel(new FakeListChatModel({ responses: [text] }), "fake:honest", { structured: "none" });
      const { topic } = await alone(core, triage, { models: { default: model } }).invoke({ text: "hello" });
      if (topic !== "bug") return `it was read as ${topic}`;
    },
  })),
  ...Object.entries(hostile).map(([name, text], i) => ({
    name: `an answer of ${name}`,
    short: i % 4 === 2,
    run: ({ core }) => {
      const triage = core.specialist({ name: "triage", does: "Names the topic", input, output, prompt: ({ text }) => text });
      const model = core.asModel(new FakeListChatModel({ responses: [text] }), "fake:hostile", { structured: "none" });
      return ends(() => alone(core, triage, { models: { default: model } }).invoke({ text: "hello" }));
    },
  })),
  ...Object.entries(plans).map(([name, text], i) => ({
    name: `a plan of ${name}`,
    short: i % 6 === 2,
    run: ({ core }) => {
      const loud = z.object({ loud: z.string() });
      const shout = core.specialist({
        name: "shout",
        does: "Shouts",
        input,
        output: loud,
        run: ({ text }) => ({ loud: text.toUpperCase() }),
      });
      const desk = core.team({ name: "desk", does: "Shouts", members: [shout], input, output: loud });
      const planner = core.asModel(new FakeListChatModel({ responses: [text] }), "fake:planner", { structured: "none" });
      return ends(() => alone(core, desk, { models: { planner } }).invoke({ text: "hello" }));
    },
  })),
];
