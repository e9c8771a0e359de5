import { expect, it } from "vitest";
import { embed } from "./embed.js";
import { heldVectors } from "./held-vectors.js";
import type { EmbeddingModel, Usage } from "./model.js";

const failing = (status: number, headers: object = {}) => Object.assign(new Error(`status ${status}`), { status, headers });

/** An embedding model elsewhere whose calls go as told, one after another; the last one goes on. */
function answering(...replies: (Error | number[][])[]): EmbeddingModel {
  const embedDocuments = async () => {
    const next = replies.length > 1 ? replies.shift()! : replies[0]!;
    if (next instanceof Error) throw next;
    return next;
  };
  const card = { kind: "embeddings", context: 512, modalities: ["text"], tools: false, structured: "none", local: false } as const;
  return { id: "openai:vectors", card, load: async () => ({ embedDocuments, embedQuery: async () => [], countTokens: () => 3 }) };
}

const asked = async (model: EmbeddingModel, signal = new AbortController().signal) => {
  const usage: Usage[] = [];
  const vectors = await embed(model, ["a"], { signal, used: (one) => void usage.push(one) }).catch((error) => error);
  return { vectors, calls: usage.map(({ input }) => input) };
};

it("gives vectors, asked for again where a failure may pass, each call counted", async () => {
  const soon = { "retry-after-ms": "1" };
  expect(await asked(answering(failing(429, soon), failing(503, soon), [[1, 0]]))).toEqual({ vectors: [[1, 0]], calls: [0, 0, 3] });
});

it.each([
  [401, "KEY_REFUSED", 1],
  [402, "MODEL_UNPAID", 1],
  [404, "MODEL_FAILED", 1],
])("says at once what does not pass: %i is %s", async (status, code, calls) => {
  const { vectors, calls: made } = await asked(answering(failing(status)));
  expect(vectors).toMatchObject({ code });
  expect(made).toHaveLength(calls);
});

it("ends at once when it is aborted, also while it waits", async () => {
  const controller = new AbortController();
  const waiting = asked(answering(failing(429, { "retry-after": "30" })), controller.signal);
  setTimeout(() => controller.abort(new DOMException("enough", "AbortError")), 20);
  expect(String((await waiting).vectors)).toContain("enough");
});

it.each<[string, unknown]>([
  ["none", []],
  ["too many", [[1], [1]]],
  ["an empty one", [[]]],
  ["what is no number", [[null, 1]]],
  ["texts", [["1", "2"]]],
  ["nothing", null],
  ["no list", [3]],
])("what is no vector a text (%s) is refused, and the model named", async (_, given) => {
  const { vectors, calls } = await asked(answering(given as number[][]));
  expect(vectors).toMatchObject({ code: "ANSWER_INVALID", what: expect.stringContaining("openai:vectors") });
  expect(calls).toHaveLength(1);
});

it("vectors of two lengths are refused: they are not of one model", () => {
  expect(() => heldVectors([[1, 0], [1]], 2, "m")).toThrow(expect.objectContaining({ code: "ANSWER_INVALID" }));
});
