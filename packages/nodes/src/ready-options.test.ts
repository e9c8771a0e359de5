import { expect, test } from "vitest";
import { z } from "zod";
import {
  calls,
  caption,
  classify,
  codingAgent,
  decide,
  decisions,
  defaultModels,
  embeddings,
  extract,
  look,
  measure,
  model,
  pull,
  redactWith,
  summarizeWith,
  testRunner,
} from "./index.js";

const labels = { billing: "payments", bug: "crashes" };
const topic = { type: "choice", instructions: "What is it about?", criteria: labels } as const;

/** As JavaScript, or a type that was worked around, may give them. */
const wrong: readonly (readonly [string, () => unknown, string | RegExp])[] = [
  ["an option of another name", () => redactWith({ kind: ["mail"] } as never), 'redactWith.kind is no option of it\nDid you mean "kinds"?'],
  ["a kind that there is not", () => redactWith({ kinds: ["persn"] as never }), /^redactWith\.kinds\.0 .*"person"/],
  ["nothing to take out", () => redactWith({ kinds: [] }), /^redactWith\.kinds /],
  ["no sentence", () => summarizeWith({ sentences: 0 }), /^summarizeWith\.sentences /],
  ["an engine that there is not", () => summarizeWith({ engine: "extract" as never }), /^summarizeWith\.engine .*"extractive"/],
  ["another engine", () => classify({ labels, engine: "embeding" as never }), /^classify\.engine .*"embeddings"/],
  ["a threshold, which is decide's", () => classify({ labels, unsure: 0.3 } as never), /^classify\.unsure is no option of it/],
  ["a label's examples as one text", () => classify({ labels: { ...labels, bug: { examples: "x" } } as never }), /^classify\.labels/],
  ["no options", () => classify(undefined as never), /^classify\.options .*\nIts options are labels, /],
  ["no fields", () => extract({ field: {} } as never), /^extract\.field is no option of it\nDid you mean "fields"\?/],
  ["a kind in place of a field", () => extract({ fields: { total: "amount" } as never }), /^extract\.fields\.total\.options /],
  [
    "a word of a field misspelt",
    () => extract({ fields: { total: { descripton: "to pay" } } as never }),
    'extract.fields.total.descripton is no option of it\nDid you mean "description"?',
  ],
  ["labels as one text", () => extract({ fields: { total: { labels: "Sum" } } as never }), /^extract\.fields\.total\.labels /],
  ["no functions", () => calls({} as never), /^calls\.functions /],
  ["no function", () => calls({ functions: [null] as never }), /^calls\.functions\.0 /],
  ["another word for unsure", () => calls({ functions: [], unsure: "guss" as never }), /^calls\.unsure .*"guess"/],
  ["a question of another name", () => look({ qestion: "What?" } as never), /^look\.qestion .*\nDid you mean "question"\?/],
  ["a schema that is none", () => look({ output: { reading: z.number() } as never }), /^look\.output /],
  ["a model that is none", () => caption({ model: 5 as never }), /^caption\.model /],
  ["questions of another name", () => decide({ question: { topic } } as never), /^decide\.question is no option of it/],
  ["no agent", () => codingAgent(undefined as never), /^codingAgent\.options .*\nIts options are name, /],
  ["an agent's command misspelt", () => codingAgent({ comand: "opencode" } as never), /^codingAgent\.comand .*\nDid you mean "command"\?/],
  ["no command of tests", () => testRunner({} as never), /^testRunner\.command /],
  ["tests' arguments as one text", () => testRunner({ command: "npm", args: "test" } as never), /^testRunner\.args /],
  ["a schema's fields alone", () => decide({ questions: { topic }, input: { text: z.string() } as never }), /^decide\.input /],
];
const server = "openai:x@http://127.0.0.1:1/v1";
const ofModels: readonly (readonly [string, () => unknown, string | RegExp])[] = [
  ["local as a text, which is not false", () => model(server, { local: "false" } as never), /^model\.local /],
  ["local misspelt", () => embeddings(server, { lokal: false } as never), 'embeddings.lokal is no option of it\nDid you mean "local"?'],
  ["local misspelt for decisions", () => decisions("embeddings:llamacpp:minilm", { lokal: false } as never), /^decisions\.lokal /],
  ["context as a text", () => model("ollama:x", { context: "8192" } as never), /^model\.context /],
  ["less than no context", () => model("ollama:x", { context: -5 }), /^model\.context /],
  ["no options", () => model(server, null as never), /^model\.options /],
  ["another name for onChoice", () => defaultModels({ onChoise() {} } as never), /^defaultModels\.onChoise .*\n.*"onChoice"/],
];
test.each(ofModels)("a model refuses %s", (_, make, message) => {
  expect(make).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", message: typeof message === "string" ? message : expect.stringMatching(message) }),
  );
});

test.each(wrong)("a ready specialist refuses %s", (_, make, message) => {
  expect(make).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", message: typeof message === "string" ? message : expect.stringMatching(message) }),
  );
});

test("a label of decide means what classify's may mean", () => {
  const criteria = { ...labels, bug: { descripton: "crashes" } as never };
  expect(() => decide({ questions: { topic: { ...topic, criteria } } })).toThrow(/question topic has a label bug whose meaning/);
});

test("a bar for being unsure is a number, and the question it is asked of is named", () => {
  expect(() => decide({ questions: { topic: { ...topic, unsure: "0.3" as never } } })).toThrow(/question topic .*"0\.3"/);
});

test("what is done with a model refuses options and names that are none", async () => {
  await expect(measure(server, null as never)).rejects.toMatchObject({
    code: "OPTION_INVALID",
    what: expect.stringMatching(/^measure\.options /),
  });
  await expect(measure(server, { onstep() {} } as never)).rejects.toMatchObject({ hint: 'Did you mean "onStep"?' });
  await expect(pull("minilm", null as never)).rejects.toMatchObject({
    code: "OPTION_INVALID",
    what: expect.stringMatching(/^pull\.options /),
  });
  await expect(pull("minilm", { sources: ["hubb"] } as never)).rejects.toMatchObject({ what: expect.stringMatching(/^pull\.sources\.0 /) });
  for (const name of [undefined, null, 5, {}]) await expect(pull(name as never)).rejects.toMatchObject({ code: "MODEL_NAME" });
});
