import { Document } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";
import { FakeEmbeddings } from "@langchain/core/utils/testing";
import { VectorStore } from "@langchain/core/vectorstores";
import { expect, test } from "vitest";
import { z } from "zod";
import { compile, defineGraph, END, use } from "../../index.js";
import { fromRetriever } from "./from-retriever.js";

const passages = [
  new Document({ pageContent: "The pump is in the cellar.", metadata: { page: 3, row: 12n, seen: new Date(0) }, id: "p3" }),
  new Document({ pageContent: "Doors close at nine.", metadata: { page: 9 } }),
];
const answer = (search: any, query: string, options?: any): Promise<any> =>
  compile(
    defineGraph({
      name: "handbook",
      state: { question: z.string(), documents: z.array(z.any()), texts: z.array(z.string()) },
      input: ["question"],
      output: ["documents", "texts"],
      nodes: { search: use(search, { read: { query: "question" } }) },
      start: "search",
      edges: { search: END },
    } as any) as any,
  ).invoke({ question: query }, options);

test("a retriever is a specialist, and its callbacks are heard", async () => {
  class Words extends BaseRetriever {
    lc_namespace = ["test"];
    override async _getRelevantDocuments(query: string) {
      return passages.filter(({ pageContent }) => pageContent.includes(query));
    }
  }
  const search = fromRetriever(new Words(), { name: "search", does: "Finds passages" });
  const heard: string[] = [];
  const { documents, texts } = await answer(search, "pump", {
    callbacks: [{ handleRetrieverStart: (_: any, query: string) => void heard.push(query) }],
  });
  expect(documents).toEqual([
    { text: "The pump is in the cellar.", metadata: { page: 3, row: "12", seen: "1970-01-01T00:00:00.000Z" }, id: "p3" },
  ]);
  expect(texts).toEqual(["The pump is in the cellar."]);
  expect(heard).toEqual(["pump"]);
});

test("a vector store is one too, and says how near each document is", async () => {
  class Store extends VectorStore {
    _vectorstoreType() {
      return "test";
    }
    async addVectors() {}
    async addDocuments() {}
    async similaritySearchVectorWithScore(_: number[], k: number): Promise<[Document, number][]> {
      return passages.slice(0, k).map((one, i) => [one, 1 - i / 10]);
    }
  }
  const search = fromRetriever(new Store(new FakeEmbeddings(), {}), { name: "search", does: "Finds passages", most: 1 });
  expect((await answer(search, "pump")).documents).toMatchObject([{ text: "The pump is in the cellar.", score: 1 }]);
});

const circle: Record<string, unknown> = { page: 3 };
circle.self = circle;
test.each<[string, unknown, RegExp]>([
  ["nothing", null, /^The retriever of search gave null in place of a list/],
  ["a text", "The pump", /in place of a list/],
  ["a list with nothing in it", [null], /documents\[0\]/],
  ["a document without a text", [passages[0], { metadata: {} }], /documents\[1\].*pageContent/],
  ["metadata in a circle", [{ pageContent: "x", metadata: circle }], /documents\[0\] with metadata that JSON cannot say/],
])("a retriever that gives %s is named, with what it gave", async (_, given, what) => {
  const refused = { code: "OUTPUT_INVALID", what: expect.stringMatching(what), hint: expect.stringContaining("pageContent") };
  const search = fromRetriever({ invoke: async () => given as any }, { name: "search", does: "Finds passages" });
  await expect(answer(search, "pump")).rejects.toMatchObject(refused);
  const pairs = Array.isArray(given) ? given.map((one) => [one, 1]) : given;
  const store = fromRetriever({ similaritySearchWithScore: async () => pairs as any }, { name: "search", does: "Finds passages" });
  await expect(answer(store, "pump")).rejects.toMatchObject(refused);
});
