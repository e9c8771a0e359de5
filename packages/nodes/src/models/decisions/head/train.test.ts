import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calibrate, calibrated, type EmbeddingModel, mark } from "@troupe/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { alone } from "../../../text/alone.js";
import { classify } from "../../../text/classify.js";
import { decide } from "../../../text/decide.js";
import { decisions, embeddings, model } from "../../model.js";
import { headDecisions } from "./head-decisions.js";
import { type KeptHead, readHead, writeHead } from "./head-file.js";
import { type Example, train } from "./train.js";

const minilm = embeddings("llamacpp:minilm");
const topics: Record<string, string[]> = {
  opening_hours: [
    "When do you open on Sundays?",
    "Are you open on public holidays?",
    "Until what time is the shop open tonight?",
    "Do you close over lunch?",
    "What are your hours on Christmas Eve?",
    "Is the branch in the centre open now?",
    "How late can I come by on Saturday?",
    "At what time do you start in the morning?",
  ],
  returns: [
    "I want to send these shoes back",
    "The jacket doesn't fit, how do I return it?",
    "Can I exchange the lamp for another one?",
    "How long do I have to give something back?",
    "Do you refund the postage when I return a parcel?",
    "The vase came broken, I want my money back",
    "Where is the form for sending things back?",
    "Can I bring an online order back to the shop?",
  ],
  jobs: [
    "Are you hiring at the moment?",
    "I'd like to apply as a cashier",
    "Do you have a summer job for students?",
    "Where do I send my CV?",
    "Is the position in the warehouse still free?",
    "What do you pay apprentices?",
    "I am looking for part-time work in your shop",
    "Who do I talk to about an internship?",
  ],
};
const examples = Object.entries(topics).flatMap(([label, texts]) => texts.map((text): Example => ({ text, label })));

let head: KeptHead;
let folder: string;
beforeAll(async () => {
  head = await train(examples, { embeddings: minilm, risk: 0.1, outside: 0.3 });
  folder = await mkdtemp(join(tmpdir(), "troupe-head-"));
});
afterAll(() => rm(folder, { recursive: true }));

const question = (labels: readonly string[]) => ({
  topic: { type: "choice", instructions: "What is it about?", criteria: Object.fromEntries(labels.map((label) => [label, null])) } as const,
});
const load = async (name: string, text: string) => {
  const file = join(folder, name);
  await writeFile(file, text);
  return await decisions(`head:${file}`).load();
};

describe("a head that was trained on examples, kept in a file", () => {
  const ask = async (state: string) => {
    const model = await load("topics.json", writeHead(head));
    return (await model.invoke({ state, questions: question(Object.keys(topics)) })).answers.topic;
  };

  test("tells texts apart that it never saw", async () => {
    expect(await ask("Can I still come at seven in the evening?")).toMatchObject({ choice: "opening_hours" });
    expect(await ask("These trousers are too small, I'd like to give them back")).toMatchObject({ choice: "returns" });
    expect(await ask("Do you need anybody in the bakery?")).toMatchObject({ choice: "jobs" });
  });

  test("abstains from what belongs to none of its labels, by the threshold of its risk", async () => {
    const { threshold } = head.calibration;
    for (const strange of ["What is the capital of Mongolia?", "My cat has a fever"])
      expect((await ask(strange)).confidence).toBeLessThan(threshold!);
    expect((await ask("I want to return this jacket")).confidence).toBeGreaterThan(threshold!);
  });

  test("is not sure of a blank text", async () => {
    for (const blank of ["", " \n"]) expect(await ask(blank)).toMatchObject({ confidence: 0 });
  });

  test("says what it was made from", () => {
    expect(JSON.parse(writeHead(head))).toMatchObject({
      head: 2,
      labels: Object.keys(topics),
      embeddings: { model: "llamacpp:minilm", size: 384 },
      examples: 24,
      calibration: { data: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), risk: 0.1 },
      measured: { right: expect.any(Number), error: expect.any(Number) },
    });
    expect(readHead(writeHead(head), "x")).toEqual(head);
  });

  test("chooses among some of its labels, and refuses one that it does not know", async () => {
    const model = await load("topics.json", writeHead(head));
    const { answers } = await model.invoke({ state: "Do you need anybody in the bakery?", questions: question(["returns", "jobs"]) });
    expect(answers.topic).toMatchObject({ choice: "jobs", probabilities: { returns: expect.any(Number), jobs: expect.any(Number) } });
    expect(Object.values(answers.topic.probabilities).reduce((a, b) => a + b, 0)).toBeCloseTo(1);
    await expect(model.invoke({ state: "x", questions: question(["returns", "weather"]) })).rejects.toMatchObject({
      code: "QUESTION_UNSUPPORTED",
      message: expect.stringContaining("weather"),
    });
    // What belongs to a label that is not asked for belongs to none that is.
    const sure = async (labels: string[]) =>
      (await model.invoke({ state: "Are you open on Saturday mornings?", questions: question(labels) })).answers.topic.confidence;
    expect(await sure(["returns", "jobs"])).toBeLessThan(1 - (await sure(Object.keys(topics))));
    const yes = { type: "noul", instructions: "Is it a complaint?" } as const;
    await expect(model.invoke({ state: "x", questions: { yes } })).rejects.toMatchObject({ code: "QUESTION_UNSUPPORTED" });
  });
});

test("bound to the role decisions, a head is asked for its own labels, and not for others", async () => {
  const file = join(folder, "bound.json");
  await writeFile(file, writeHead(head));
  const models = { decisions: decisions(`head:${file}`), embeddings: minilm };
  const own = alone(classify({ labels: Object.keys(topics) }), models);
  expect((await own.invoke({ text: "Do you need anybody in the bakery?" }, { thread: "own" })).label).toBe("jobs");
  expect((await own.ledger("own")).lines[0]!.engine).toBe(`head:${file}`);
  const others = alone(classify({ labels: ["sports", "cooking"] }), models);
  expect((await others.invoke({ text: "Simmer the onions until they are soft" }, { thread: "others" })).label).toBe("cooking");
  expect((await others.ledger("others")).lines[0]!.engine).toBe("embeddings");
});

/** Vectors of a text's first two letters, by a server that is said to be OpenAI's own. */
const hosted = (heard: string[]): EmbeddingModel => ({
  ...embeddings("openai:text-embedding-3-small"),
  load: async () => {
    const embedDocuments = async (texts: string[]) => {
      heard.push(...texts);
      return texts.map((text) => [text.charCodeAt(0) - 97, text.charCodeAt(1) - 97, 1]);
    };
    return { embedDocuments, embedQuery: async (text: string) => (await embedDocuments([text]))[0]! };
  },
});
const lettered = Array.from(
  { length: 20 },
  (_, i): Example => ({ text: `${i % 2 ? "z" : "a"}${"bcdefghijk"[i >> 1]}`, label: i % 2 ? "late" : "early" }),
);

test("a head is where its embedding model is, so that nothing private goes elsewhere, and what it takes is not said to be nothing", async () => {
  const heard: string[] = [];
  const file = join(folder, "hosted.json");
  await writeFile(file, writeHead(await train(lettered, { embeddings: hosted([]) })));
  const model = headDecisions(file, () => hosted(heard));
  expect(decisions(`head:${file}`).card).toMatchObject({ local: false, kind: "decisions", decides: ["routing"] });
  expect(decisions(`head:${file}`).card.embedded).toBeUndefined();
  const place = { type: "choice", instructions: "Where?", criteria: { early: null, late: null } } as const;
  const secret = decide({ questions: { place }, input: z.object({ text: mark.private(z.string()) }), model });
  await expect(alone(secret).invoke({ text: "ax" })).rejects.toMatchObject({ code: "PRIVATE_DATA" });
  expect(heard).toEqual([]);
  const open = alone(decide({ questions: { place }, model }));
  expect((await open.invoke({ text: "ax" }, { thread: "open" })).place).toBe("early");
  expect((await open.ledger("open")).models).toMatchObject([{ calls: 1, unpriced: 1 }]);
});

test("a head is asked nothing once the model of its name embeds otherwise; one of before, which has no vector to hold that against, is", async () => {
  const kept = await train(lettered, { embeddings: hosted([]) });
  const turned = {
    ...hosted([]),
    load: async () => ({ embedDocuments: async (texts: string[]) => texts.map((text) => [1, text.charCodeAt(0) - 97, -3]) }),
  } as unknown as EmbeddingModel;
  const ask = async (one: KeptHead, vectors: EmbeddingModel) => {
    const file = join(folder, "turned.json");
    await writeFile(file, writeHead(one));
    const model = await headDecisions(file, () => vectors).load();
    const place = { type: "choice", instructions: "Where?", criteria: { early: null, late: null } } as const;
    const asked = () => model.invoke({ state: "ax", questions: { place } });
    return (await Promise.all([asked(), asked()]))[1]!.answers.place.choice;
  };
  expect(await ask(kept, hosted([]))).toBe("early");
  await expect(ask(kept, turned)).rejects.toMatchObject({ code: "HEAD_INVALID", hint: expect.stringContaining("again") });
  const { probe: _, ...before } = kept.embeddings;
  await ask({ ...kept, embeddings: before }, turned);
  const text = writeHead({ ...kept, embeddings: { ...before, probe: "AAAA" } });
  expect(() => readHead(text, "x")).toThrow(expect.objectContaining({ code: "HEAD_INVALID" }));
});

test("a head that is calibrated anew still is what is asked for its labels", async () => {
  const file = join(folder, "anew.json");
  await writeFile(file, writeHead(head));
  const learned = calibrate(
    Array.from({ length: 40 }, (_, i) => ({ probabilities: { returns: 0.9, jobs: 0.1 }, label: i % 4 ? "returns" : "jobs" })),
  );
  const app = alone(classify({ labels: Object.keys(topics) }), {
    decisions: calibrated(decisions(`head:${file}`), learned),
    embeddings: minilm,
  });
  expect((await app.invoke({ text: "Do you need anybody in the bakery?" }, { thread: "anew" })).label).toBe("jobs");
  expect((await app.ledger("anew")).lines[0]!.engine).toBe(`head:${file}`);
});

test("a long text is counted as far as it is read", async () => {
  const file = join(folder, "long.json");
  await writeFile(file, writeHead(head));
  const app = alone(classify({ labels: Object.keys(topics), engine: "decisions" }), { decisions: decisions(`head:${file}`) });
  const tokens = async (times: number) => {
    await app.invoke({ text: "I want to send these shoes back. ".repeat(times) }, { thread: String(times) });
    return (await app.ledger(String(times))).models[0]!.input;
  };
  // The first time, it takes a word more, by which it knows its embedding model again.
  await tokens(1);
  expect(await tokens(2_000)).toBe(await tokens(200));
});

test("an example that stands twice counts once, so that none is held out from a head that was shown it", async () => {
  const once = await train(examples, { embeddings: minilm, risk: 0.1 });
  const {
    measured,
    calibration,
    examples: count,
  } = await train([...examples, ...examples, ...examples], { embeddings: minilm, risk: 0.1 });
  expect({ measured, threshold: calibration.threshold, count }).toEqual({
    measured: once.measured,
    threshold: once.calibration.threshold,
    count: 24,
  });
});

describe("examples that say what labels are worth", () => {
  const sums = Array.from({ length: 30 }, (_, i) => `What is ${17 * i + 31} times ${i + 12}, divided by ${i + 3}?`);
  const greetings = ["Hello", "Good morning", "Thanks a lot", "Goodbye", "How nice of you", "See you"].flatMap((one) =>
    ["", " there", ", my friend", " to you all", " once more"].map((more) => `${one}${more}!`),
  );
  const weighed = [
    ...sums.map((text) => ({ text, worth: { small: 0.1, large: 0.9 } })),
    ...greetings.map((text, i) => ({ text, worth: { small: 0.9, large: i % 5 ? 0.1 : 0.9 } })),
  ];

  test("make a head that chooses what is worth most, in a file like any other", async () => {
    const router = await train(weighed, { embeddings: minilm });
    const model = await load("router.json", writeHead(router));
    const ask = async (state: string) => (await model.invoke({ state, questions: question(["small", "large"]) })).answers.topic;
    expect(await ask("What is 77 times 13, divided by 5?")).toMatchObject({ choice: "large" });
    expect(await ask("Good evening!")).toMatchObject({ choice: "small" });
    expect(router.measured.right).toBeGreaterThan(0.9);
  });

  test.each([
    ["another label", [...weighed, { text: "x", worth: { small: 1, huge: 1 } }]],
    ["no worth", [...weighed, { text: "x", label: "small" }]],
    ["worth that is no number", [...weighed, { text: "x", worth: { small: 1, large: Number.NaN } }]],
    ["worth among labels", [...examples, { text: "x", worth: { small: 1, large: 0 } }]],
    ["worth that is nothing", [{ text: "x", worth: null }, ...weighed]],
    ["a label without a name", weighed.map(({ text, worth }) => ({ text, worth: { "": worth.small, large: worth.large } }))],
    ["a label beside a worth", [...weighed, { text: "x", label: "small", worth: { small: 1, large: 0 } }]],
    ["nothing that is worth most", [1, 2, 3].map((i) => ({ text: `x${i}`, worth: { small: 1, large: 1 } }))],
  ])("%s is refused", async (_, some) => {
    await expect(train(some as Example[], { embeddings: minilm })).rejects.toMatchObject({ code: "EXAMPLES_INVALID" });
  });
});

test.each([
  ["case", "Jobs"],
  ["spaces", " jobs"],
  ["a composed letter", "jo\u0301bs", "j\u00f3bs"],
])("labels that differ in %s alone are refused, since they are told apart as any two are", async (_, ...labels) => {
  const some = [...examples, ...labels.flatMap((label) => [1, 2, 3].map((i) => ({ text: `A job ${i} of ${label}`, label })))];
  await expect(train(some, { embeddings: minilm })).rejects.toMatchObject({
    code: "EXAMPLES_INVALID",
    what: expect.stringContaining(JSON.stringify(labels.at(-1))),
  });
});

test("an example counts once whatever stands beside it and in whatever order; one without a label belongs to none", async () => {
  const odd = examples.map(({ text, label }, i) => ({ id: i, label, text }) as Example);
  const strange = [{ text: "It rained all night" }, { text: "It rained all night", label: null }] as Example[];
  const twice = await train([...examples, ...odd, ...strange], { embeddings: minilm, risk: 0.1, outside: 0.3 });
  expect(twice).toEqual(await train([...examples, strange[1]!], { embeddings: minilm, risk: 0.1, outside: 0.3 }));
});

test("a row that names both a label and a worth, and leaves one of them without a value, is what the other makes it", async () => {
  const rows = examples.map((one) => ({ ...one, worth: undefined })) as unknown as Example[];
  expect(await train(rows, { embeddings: minilm })).toEqual(await train(examples, { embeddings: minilm }));
});

test("the hash of what a head was made from is of its descriptions too", async () => {
  const data = async (descriptions: Record<string, string>) =>
    (await train(examples, { embeddings: minilm, descriptions })).calibration.data;
  expect(await data({ jobs: " " })).toBe(head.calibration.data);
  expect(await data({ jobs: "Work" })).not.toBe(head.calibration.data);
});

test("training ends at once when it is told to, also while texts are embedded", async () => {
  const stop = new AbortController();
  const asked: number[] = [];
  const slow = {
    ...minilm,
    load: async () => ({
      embedDocuments: (texts: string[]) => {
        asked.push(texts.length);
        if (asked.length === 2) stop.abort(new Error("enough"));
        return asked.length < 2 ? Promise.resolve(texts.map(() => [1, 0])) : new Promise<number[][]>(() => undefined);
      },
    }),
  } as unknown as EmbeddingModel;
  const many = Array.from({ length: 10_000 }, (_, i) => ({ text: `Text ${i}`, label: `label ${i % 2}` }));
  await expect(train(many, { embeddings: slow, signal: stop.signal })).rejects.toThrow("enough");
  expect(Math.max(...asked)).toBeLessThan(200);
});

test("a share of texts outside, which labels that have a worth know nothing of, is refused", async () => {
  const weighed = [1, 2, 3].map((i) => ({ text: `x${i}`, worth: { small: i % 2, large: 0.5 } }));
  await expect(train(weighed, { embeddings: minilm, outside: 0.1 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

/** As bytes that were damaged may be. */
const withNaN = ({ linear }: KeptHead) => {
  const weights = Float32Array.from(linear.weights);
  weights[7] = Number.NaN;
  return Buffer.from(weights.buffer).toString("base64");
};

test("labels that were taken out of a head's file by hand are missed", async () => {
  const four = await train(
    lettered.map(({ text, label }, i) => ({ text, label: i % 4 > 1 ? `very ${label}` : label })),
    { embeddings: hosted([]) },
  );
  const { labels, offsets, ...rest } = JSON.parse(writeHead(four));
  const text = JSON.stringify({ ...rest, labels: labels.slice(2), offsets: offsets.slice(2) });
  expect(() => readHead(text, "half.json")).toThrow(expect.objectContaining({ code: "HEAD_INVALID" }));
});

test.each([
  ["no JSON", () => "label,text"],
  ["no head", () => "{}"],
  ["one of a later version", () => writeHead(head).replace('"head": 2', '"head": 3')],
  ["one whose labels stand in another order", () => JSON.stringify({ ...JSON.parse(writeHead(head)), labels: [...head.labels].reverse() })],
  ["one whose label has another name", () => writeHead(head).replace('"jobs"', '"vacancies"')],
  ["one with a label too few", () => JSON.stringify({ ...JSON.parse(writeHead(head)), labels: ["returns", "jobs"] })],
  ["one that has a label twice", () => JSON.stringify({ ...JSON.parse(writeHead(head)), labels: ["returns", "jobs", "jobs"] })],
  ["one of vectors of another size", () => writeHead(head).replace('"size": 384', '"size": 300')],
  ["one with a weight that is no number", () => JSON.stringify({ ...JSON.parse(writeHead(head)), weights: withNaN(head) })],
  ["one with an offset past 32 bits", () => JSON.stringify({ ...JSON.parse(writeHead(head)), offsets: [0, 1e39, 0] })],
  ["one that was cut", () => JSON.stringify({ ...JSON.parse(writeHead(head)), weights: "AAAA" })],
])("%s is refused, and the file is named", async (_, text) => {
  await expect(load("bad.json", text())).rejects.toMatchObject({ code: "HEAD_INVALID", message: expect.stringContaining("bad.json") });
});

test("a file that is not there is named", async () => {
  await expect(decisions("head:/nowhere/at/all.json").load()).rejects.toMatchObject({ code: "FILE_MISSING" });
});

test("texts that belong to no label teach what is outside", async () => {
  const strange = ["It rained all night", "The moon is full", "Snow is expected", "A storm is coming up", "It is foggy today"];
  const taught = await train([...examples, ...strange.map((text) => ({ text, label: null }))], { embeddings: minilm, outside: 0.3 });
  const file = join(folder, "taught.json");
  await writeFile(file, writeHead(taught));
  const model = await decisions(`head:${file}`).load();
  const sure = async (state: string) => (await model.invoke({ state, questions: question(Object.keys(topics)) })).answers.topic.confidence;
  const known = await Promise.all(["I want to return this jacket", "Can I apply for a job?", "When do you close?"].map(sure));
  const others = await Promise.all(["There will be thunder tomorrow", "The wind is strong", "It froze last night"].map(sure));
  expect(Math.min(...known)).toBeGreaterThan(Math.max(...others));
  expect(taught.labels).not.toContain(null);
});

test.each([
  ["one label", [{ text: "a", label: "x" }], "EXAMPLES_INVALID"],
  ["too few examples for its risk", examples.slice(4, 12), "CALIBRATION_SMALL"],
])("%s is too little", async (_, some, code) => {
  await expect(train(some, { embeddings: minilm, risk: 0.05 })).rejects.toMatchObject({ code });
});

test("a head that names its server by URL gives it no key but the one that is named for that server", async () => {
  const heard: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers.authorization);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ object: "list", model: "m", data: [{ object: "embedding", index: 0, embedding: Array(384).fill(0.1) }] }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.TROUPE_TEST_HEAD_KEY = "secret";
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = join(folder, "elsewhere.head.json");
    await writeFile(file, writeHead({ ...head, embeddings: { size: 384, model: `openai:m@${origin}/v1` } }));
    const ask = async (options: { key?: string }, keys: Record<string, string>) =>
      await (await decisions(`head:${file}`, options).load({ keys })).invoke({ state: "Hello", questions: question(Object.keys(topics)) });
    await expect(ask({ key: "TROUPE_TEST_HEAD_KEY" }, {})).rejects.toMatchObject({
      code: "OPTION_INVALID",
      detail: { file },
      hint: expect.stringContaining("trust"),
    });
    expect(heard).toEqual([]);
    await ask({}, {});
    await ask({}, { [origin]: "TROUPE_TEST_HEAD_KEY" });
    expect(heard).toEqual([undefined, "Bearer secret"]);
  } finally {
    delete process.env.TROUPE_TEST_HEAD_KEY;
    server.close();
  }
});

test("a head's file may begin with a mark, and one that names no model is named", async () => {
  expect(readHead(`\uFEFF${writeHead(head)}`, "x").labels).toEqual(head.labels);
  const file = join(folder, "nameless.head.json");
  await writeFile(file, writeHead({ ...head, embeddings: { ...head.embeddings, model: "nothing" } }));
  await expect(decisions(`head:${file}`).load()).rejects.toMatchObject({ code: "PROVIDER_UNKNOWN", detail: { file } });
});

test("what fails at the server whose vectors a head is trained on says which it was", async () => {
  const training = train(examples, { embeddings: embeddings("openai:m@http://127.0.0.1:9/v1") });
  await expect(training).rejects.toMatchObject({ code: "MODEL_FAILED", what: expect.stringContaining("openai:m@http://127.0.0.1:9/v1") });
});

test.each([
  ["no list", [null, {}], /EXAMPLES_INVALID|no list/],
  ["an example that is none", [[null, ...examples], {}], /Example 1 has no text/],
  ["a label that is a number", [[{ text: "x", label: 3 }, ...examples], {}], /Example 1 has a label/],
  ["a blank text", [[{ text: " \n", label: "jobs" }, ...examples], {}], /Example 1 has no text/],
  ["a description that is no text", [examples, { descriptions: { jobs: { description: "Work" } } }], /train\.descriptions\.jobs/],
  ["a description of no label", [examples, { descriptions: { job: "Work" } }], /train\.descriptions.*"job".*"jobs"/s],
  ["a chat model in the place of one that embeds", [examples, { embeddings: model("llamacpp:smollm2-135m") }], /no embedding model/],
  ["a misspelt option", [examples, { rsk: 0.1 }], /train\.rsk.*"risk"/s],
  ["a risk as a text, which its file could not be read with", [examples, { risk: "0.1" }], /train\.risk/],
  ["an embedding model's name in its place", [examples, { embeddings: "llamacpp:minilm" }], /train\.embeddings.*no embedding model/],
] as const)("training refuses %s", async (_, [given, options], said) => {
  await expect(train(given as never, { embeddings: minilm, ...options } as never)).rejects.toMatchObject({
    code: expect.stringMatching(/^(EXAMPLES|OPTION)_INVALID$/),
    message: expect.stringMatching(said),
  });
});

test("texts under several labels are told, the first and how many, and so is how far it is with many", async () => {
  const told: string[] = [];
  const onStep = (line: string) => void told.push(line);
  const fresh = () => hosted([]);
  await train(lettered, { embeddings: fresh(), onStep });
  expect(told).toEqual([]);
  const [one, two] = lettered as readonly { text: string; label: string }[];
  const other = lettered.find(({ label }) => label !== one!.label)!.label;
  await train([...lettered, one!, { text: one!.text, label: other }], { embeddings: fresh(), onStep });
  expect(told.splice(0)).toEqual([`1 text has several labels: example 1, ${JSON.stringify(one!.text)}`]);
  const more = [one!, two!].map(({ text }) => ({ text, label: null }));
  await train([...lettered, ...more], { embeddings: fresh(), onStep });
  expect(told.splice(0)).toEqual([`2 texts have several labels, the first of them example 1, ${JSON.stringify(one!.text)}`]);
  const many = Array.from({ length: 50 }, (_, i) => lettered.map(({ text, label }) => ({ text: `${text} ${i}`, label }))).flat();
  await train(many, { embeddings: fresh(), onStep });
  const count = many.length.toLocaleString("en");
  expect(told).toEqual([
    ...[25, 50, 75, 100].map((part) => `${part} % of ${count} examples embedded`),
    "learning what tells the labels apart",
  ]);
});
