import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Question } from "@langchain/core/decisions";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { appOf } from "@troupe/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alone } from "../../text/alone.js";
import { decide } from "../../text/decide.js";
import { decisions } from "../model.js";

interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: any;
}

let url: string;
let heard: Heard[];
let reply: (asked: Heard) => { status?: number; body: unknown } | "hang";
let close: () => void;
beforeEach(async () => {
  heard = [];
  reply = ({ body }) => ({ body: asOpenAi(body) });
  const server = createServer(async (request, response) => {
    let sent = "";
    for await (const part of request) sent += part;
    const asked = { path: request.url!, headers: request.headers, body: sent ? JSON.parse(sent) : undefined };
    heard.push(asked);
    const said = reply(asked);
    if (said === "hang") return;
    response.writeHead(said.status ?? 200, { "content-type": "application/json" });
    response.end(typeof said.body === "string" ? said.body : JSON.stringify(said.body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => {
  close();
  vi.unstubAllEnvs();
});

/** Answers in the shape of `/v1/decisions`: the last choice, the highest level, probably yes. */
function asOpenAi({ model, questions }: any) {
  const answers = questions.map(({ type, name, choices, levels }: any) => {
    const shares = (values: readonly any[]) => values.map((one, i) => ({ ...one, probability: i === values.length - 1 ? 1 : 0 }));
    if (type === "predicate") return { type, name, probability: 0.75 };
    if (type === "score") {
      const all = levels.map(({ label }: any, value: number) => ({ value, label }));
      return { type, name, score: all.length - 1, confidence: 1, probabilities: shares(all) };
    }
    return { type, name, choice: choices.at(-1).value, confidence: 1, probabilities: shares(choices.map(({ value }: any) => ({ value }))) };
  });
  return { model, answers, usage: { input_tokens: 40, output_tokens: 0, total_tokens: 40 } };
}

const questions = {
  topic: { type: "choice", instructions: "What is it about?", criteria: { bug: null, billing: "payments" } },
  anger: { type: "score", instructions: "How angry?", criteria: ["calm", "cross", "furious"] },
  urgent: { type: "noul", instructions: "Is it urgent?", criteria: { true: "someone waits", false: "it can wait" } },
} satisfies Record<string, Question>;

describe("OpenAI's /v1/decisions", () => {
  it("is asked in its own words, and answers in LangChain's", async () => {
    const loaded = await decisions(`openai:gpt-6-luna@${url}/v1`).load();
    const { answers, usage_metadata, model } = await loaded.invoke({ state: "It crashes", questions });
    expect(heard.map(({ path, body }) => [path, body])).toEqual([
      [
        "/v1/decisions",
        {
          model: "gpt-6-luna",
          input: "It crashes",
          questions: [
            {
              type: "choice",
              name: "topic",
              instructions: "What is it about?",
              choices: [{ value: "bug" }, { value: "billing", description: "payments" }],
            },
            {
              type: "score",
              name: "anger",
              instructions: "How angry?",
              levels: [{ label: "calm" }, { label: "cross" }, { label: "furious" }],
            },
            { type: "predicate", name: "urgent", instructions: "Is it urgent?\nYes: someone waits\nNo: it can wait" },
          ],
        },
      ],
    ]);
    expect(answers).toEqual({
      topic: { type: "choice", choice: "billing", probabilities: { bug: 0, billing: 1 }, confidence: 1 },
      anger: {
        type: "score",
        score: 2,
        legend: { 0: "calm", 1: "cross", 2: "furious" },
        probabilities: { 0: 0, 1: 0, 2: 1 },
        confidence: 1,
      },
      urgent: { type: "noul", noul: 0.75 },
    });
    expect([usage_metadata?.input_tokens, model]).toEqual([40, "gpt-6-luna"]);
  });

  it("is told messages and JSON as text", async () => {
    const loaded = await decisions(`openai:m@${url}/v1`).load();
    await loaded.invoke({ state: [new HumanMessage("It crashes"), new AIMessage("When?")], questions });
    await loaded.invoke({ state: { subject: "Crash", orders: [1, 2] }, questions });
    expect(heard.map(({ body }) => body.input)).toEqual(["user: It crashes\nassistant: When?", "subject: Crash\norders: [1,2]"]);
    const picture = new HumanMessage({ content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }] });
    await expect(loaded.invoke({ state: picture, questions })).rejects.toMatchObject({ code: "MODALITY_UNSUPPORTED" });
  });

  it("that declines a question is an error that names it", async () => {
    reply = () => ({ body: { model: "m", answers: [{ type: "refusal", name: "topic" }], usage: {} } });
    const loaded = await decisions(`openai:m@${url}/v1`).load();
    await expect(loaded.invoke({ state: "x", questions: { topic: questions.topic } })).rejects.toMatchObject({
      code: "DECISION_REFUSED",
      detail: { field: "topic" },
    });
  });

  const bug = (share: number) => ({ value: "bug", probability: share });
  const billing = { value: "billing", probability: 0.1 };
  const topic = { type: "choice", name: "topic", choice: "bug", confidence: 0.8, probabilities: [bug(0.9), billing] };
  it.each<[string, readonly object[]]>([
    ["twice, and otherwise", [topic, { ...topic, choice: "billing" }]],
    ["with a label that has two probabilities", [{ ...topic, probabilities: [bug(0.5), bug(0.9), billing] }]],
  ])("that answers a question %s gives no answer", async (_, answers) => {
    reply = () => ({ body: { model: "m", answers } });
    const desk = alone(decide({ questions: { topic: questions.topic } }), { decisions: decisions(`openai:m@${url}/v1`) });
    await expect(desk.invoke({ text: "x" })).rejects.toMatchObject({ code: "ANSWER_INVALID", detail: { field: "topic" } });
  });

  it("that declines what it was not asked has answered", async () => {
    reply = () => ({ body: { model: "m", answers: [topic, { type: "refusal", name: "anger" }] } });
    const desk = alone(decide({ questions: { topic: questions.topic } }), { decisions: decisions(`openai:m@${url}/v1`) });
    expect(await desk.invoke({ text: "x" })).toEqual({ topic: "bug", topicConfidence: 0.8 });
  });

  it("has no boxes, and takes 255 labels at most: nothing is asked of it", async () => {
    const loaded = await decisions(`openai:m@${url}/v1`).load();
    const many = {
      type: "choice",
      instructions: "Which?",
      criteria: Object.fromEntries(Array.from({ length: 256 }, (_, i) => [`l${i}`, null])),
    } as const;
    for (const question of [{ type: "box", instructions: "Where?" } as const, many])
      await expect(loaded.invoke({ state: "x", questions: { q: question } })).rejects.toMatchObject({
        code: "QUESTION_UNSUPPORTED",
        detail: { field: "q" },
      });
    expect(heard).toEqual([]);
  });

  it("gets its key from its own variable, and another server only what is named for it", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-own");
    vi.stubEnv("OTHER_KEY", "sk-other");
    const ask = async (model: ReturnType<typeof decisions>, trust?: any) =>
      void (await (await model.load(trust)).invoke({ state: "x", questions }));
    await ask(decisions(`openai:m@${url}/v1`));
    await ask(decisions(`openai:m@${url}/v1`, { key: "OTHER_KEY" }));
    await ask(decisions(`openai:m@${url}/v1`), { keys: { [url]: "OTHER_KEY" } });
    expect(heard.map(({ headers }) => headers.authorization)).toEqual([undefined, "Bearer sk-other", "Bearer sk-other"]);
    const sent: [string, string | null][] = [];
    vi.stubGlobal("fetch", async (input: unknown, init: RequestInit) => {
      sent.push([String(input), new Headers(init.headers).get("authorization")]);
      return new Response("{}", { status: 400 });
    });
    await ask(decisions("openai:gpt-6-luna")).catch(() => undefined);
    vi.unstubAllGlobals();
    expect(sent).toEqual([["https://api.openai.com/v1/decisions", "Bearer sk-own"]]);
  });
});

describe("a server with /v1/systemone", () => {
  it.each(["", "/v1", "/v1/systemone"])(
    "is found under its address with %j behind it, and gets the key that is named for it",
    async (path) => {
      vi.stubEnv("OTHER_KEY", "sk-other");
      reply = () => ({
        body: { model: "jev", answers: { urgent: { type: "noul", noul: 0.2 } }, usage: { input_tokens: 5, output_tokens: 0 } },
      });
      const loaded = await decisions(`systemone:jev@${url}${path}`, { key: "OTHER_KEY" }).load();
      const { answers } = await loaded.invoke({ state: { a: 1 }, questions: { urgent: questions.urgent } });
      expect(answers.urgent.noul).toBe(0.2);
      expect(heard).toMatchObject([
        {
          path: "/v1/systemone",
          headers: { authorization: "Bearer sk-other" },
          body: { model: "jev", state: { a: 1 }, questions: { urgent: questions.urgent } },
        },
      ]);
    },
  );

  it("has to be named", () => {
    expect(() => decisions("systemone:jev")).toThrow(
      expect.objectContaining({ code: "MODEL_URL", hint: expect.stringContaining("NAME@http") }),
    );
  });

  it("is asked again while it is busy, and no more than twice", async () => {
    reply = () =>
      heard.length < 2
        ? { status: 503, body: { error: "loading" } }
        : { body: { model: "m", answers: { urgent: { type: "noul", noul: 1 } } } };
    const app = appOf(decide({ model: "decisions", questions: { urgent: questions.urgent } }), {
      models: { decisions: decisions(`systemone:m@${url}`) },
    });
    const ask = () => app.invoke({ request: { text: "x" } });
    expect(JSON.stringify(await ask())).toContain("urgent");
    expect(heard).toHaveLength(2);
    reply = () => ({ status: 422, body: { error: "no such question" } });
    await expect(ask()).rejects.toThrow(/422.*no such question/);
    expect(heard).toHaveLength(3);
    reply = () => ({ status: 503, body: { error: "loading" } });
    await expect(ask()).rejects.toMatchObject({ code: "MODEL_BUSY" });
    expect(heard).toHaveLength(6);
  });

  it.each<[string, unknown, string?]>([
    ["what is no JSON", "<html>", "MODEL_FAILED"],
    ["no answers", { model: "m" }],
    ["an answer of another type", { model: "m", answers: { topic: { type: "noul", noul: 1 } } }],
    [
      "a label that there is not",
      { model: "m", answers: { topic: { type: "choice", choice: "sales", probabilities: { sales: 1 }, confidence: 1 } } },
    ],
    [
      "probabilities that are none",
      { model: "m", answers: { topic: { type: "choice", choice: "bug", probabilities: { bug: 7, billing: 1 }, confidence: 1 } } },
    ],
  ])("that answers with %s fails the run with a typed error", async (_, body, code = "ANSWER_INVALID") => {
    reply = () => ({ body });
    const desk = decide({ questions: { topic: questions.topic } });
    const running = alone(desk, { decisions: decisions(`systemone:m@${url}`) }).invoke({ text: "x" });
    await expect(running).rejects.toMatchObject({ code });
  });

  it("that answers with what cannot be read may have done its work, so that its cost is not known to be nothing", async () => {
    reply = () => ({ body: "<html>" });
    const app = alone(decide({ questions: { topic: questions.topic } }), { decisions: decisions(`systemone:m@${url}`, { local: false }) });
    await expect(app.invoke({ text: "x" }, { thread: "garbled" })).rejects.toMatchObject({ code: "MODEL_FAILED" });
    expect((await app.ledger("garbled")).models).toMatchObject([{ calls: 1, unpriced: 1 }]);
    reply = () => ({ status: 422, body: { error: "no such question" } });
    await expect(app.invoke({ text: "x" }, { thread: "refused" })).rejects.toMatchObject({ code: "MODEL_FAILED" });
    expect((await app.ledger("refused")).models[0]!.unpriced).toBeUndefined();
  });

  it("that never answers is let go at once by an abort", async () => {
    reply = () => "hang";
    const stop = new AbortController();
    const loaded = await decisions(`systemone:m@${url}`).load();
    const asking = loaded.invoke({ state: "x", questions: { urgent: questions.urgent } }, { signal: stop.signal });
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error("enough"));
    await expect(asking).rejects.toThrow(/enough|abort/i);
  });
});

describe("Ollama", () => {
  beforeEach(() => vi.stubEnv("OLLAMA_HOST", url));
  const shown = { model_info: {}, capabilities: [], models: [] };

  it("is asked on its own address", async () => {
    reply = ({ path }) => ({ body: path === "/v1/systemone" ? { model: "jev", answers: { urgent: { type: "noul", noul: 0.2 } } } : shown });
    const loaded = await decisions("ollama:jev").load();
    expect((await loaded.invoke({ state: "x", questions: { urgent: questions.urgent } })).answers.urgent.noul).toBe(0.2);
    expect(heard.at(-1)).toMatchObject({ path: "/v1/systemone", body: { model: "jev" } });
  });

  it("is asked again while it is busy, and no more than twice", async () => {
    let asked = 0;
    let busy = 1;
    const urgent = { model: "jev", answers: { urgent: { type: "noul", noul: 1 } } };
    reply = ({ path }) => {
      if (path !== "/v1/systemone") return { body: shown };
      return ++asked > busy ? { body: urgent } : { status: 503, body: { error: "server busy, please try again" } };
    };
    const app = alone(decide({ questions: { urgent: questions.urgent } }), { decisions: decisions("ollama:jev") });
    expect(await app.invoke({ text: "x" })).toMatchObject({ urgent: 1 });
    busy = Number.POSITIVE_INFINITY;
    await expect(app.invoke({ text: "x" })).rejects.toMatchObject({ code: "MODEL_BUSY" });
    expect(asked).toBe(5);
    reply = ({ path }) => (path === "/v1/systemone" ? { status: 422, body: { error: "no such question" } } : { body: shown });
    await expect(app.invoke({ text: "x" })).rejects.toMatchObject({ code: "OLLAMA_FAILED" });
  });

  it("of a version that serves no decisions says so, with what to do", async () => {
    reply = ({ path }) => (path === "/v1/systemone" ? { status: 404, body: "404 page not found" } : { body: shown });
    const loaded = await decisions("ollama:jev").load();
    await expect(loaded.invoke({ state: "x", questions })).rejects.toMatchObject({
      code: "OLLAMA_FAILED",
      what: expect.stringContaining("0.35"),
    });
  });
});

it.each([
  ["goggle:gemini", "PROVIDER_UNKNOWN"],
  ["nobody", "PROVIDER_UNKNOWN"],
  ["systemone:m@http://user:secret@host", "MODEL_URL"],
  ["embeddings:google:x", "MODEL_KIND"],
])("%s is no decision model: %s", (id, code) => {
  expect(() => decisions(id)).toThrow(expect.objectContaining({ code }));
});
