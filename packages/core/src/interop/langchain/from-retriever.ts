import { TroupeError } from "../../error/error.js";
import { messageOf } from "../../error/message-of.js";
import { optionInvalid } from "../../error/option-invalid.js";
import type { Json } from "../../schema/json.js";
import { say } from "../../schema/say.js";
import { schemaFromJson } from "../../schema/schema-from-json.js";
import type { Context } from "../../specialist/context.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";

/** A document of LangChain's. */
interface Document {
  readonly pageContent: string;
  readonly metadata: Record<string, any>;
  readonly id?: string | undefined;
}

/** A retriever of LangChain's, or a vector store, which tells how near each document is. */
export type Retriever =
  | { invoke(query: string, config?: any): Promise<readonly Document[]> }
  | { similaritySearchWithScore(query: string, k?: number): Promise<readonly (readonly [Document, number])[]> };

export interface RetrieverCard {
  readonly name: string;
  /** One sentence, read by planners. */
  readonly does: string;
  /** Of a vector store: how many documents at the most. Default: 4. */
  readonly most?: number;
  /** Milliseconds one occurrence may take. */
  readonly timeout?: number;
}

/** A document that was found. */
export interface Found {
  readonly text: string;
  readonly metadata: Readonly<Record<string, Json>>;
  readonly id?: string;
  /** Of a vector store: what it says of how near the document is; what is nearer, greater or smaller, is the store's own. */
  readonly score?: number;
}

const query = schemaFromJson({ type: "object", properties: { query: { type: "string" } }, required: ["query"] });
const document = {
  type: "object",
  properties: { text: { type: "string" }, metadata: { type: "object" }, id: { type: "string" }, score: { type: "number" } },
  required: ["text", "metadata"],
};
const documents = schemaFromJson({
  type: "object",
  properties: { documents: { type: "array", items: document }, texts: { type: "array", items: { type: "string" } } },
  required: ["documents", "texts"],
});

/**
 * A retriever or a vector store of LangChain's as a specialist: `query` → `documents`, and their `texts` alone, the likeliest first.
 * Metadata is kept as far as JSON can say it, a `bigint` as its digits.
 * @example
 * const search = fromRetriever(store, { name: "search", does: "Finds passages of the handbook", most: 3 });
 */
export function fromRetriever(
  retriever: Retriever,
  given: RetrieverCard,
): Specialist<{ query: string }, { documents: readonly Found[]; texts: readonly string[] }> {
  const { similaritySearchWithScore, invoke } = Object(retriever) as Partial<Record<string, unknown>>;
  if (typeof (similaritySearchWithScore ?? invoke) !== "function")
    throw optionInvalid("fromRetriever", "retriever", `is ${say(retriever)}`, "Give a retriever or a vector store of LangChain's.");
  const { most = 4, ...card } = { ...given };
  const run = async ({ query }: { query: string }, ctx: Context) => {
    const documents =
      "similaritySearchWithScore" in retriever
        ? listed(await retriever.similaritySearchWithScore(query, most), card.name).map((pair, i) => {
            const [one, score] = (Array.isArray(pair) ? pair : []) as readonly any[];
            return { ...found(one, i, card.name), score };
          })
        : listed(await retriever.invoke(query, ctx.config), card.name).map((one, i) => found(one as Document, i, card.name));
    return { documents, texts: documents.map(({ text }) => text) };
  };
  return specialist({ ...card, input: query, output: documents, run } as any) as any;
}

function listed(given: unknown, name: string): readonly unknown[] {
  if (Array.isArray(given)) return given;
  throw unlike(name, `gave ${say(given)} in place of a list of documents`);
}

function found(given: Document | undefined, at: number, name: string): Found {
  const { pageContent, metadata, id } = Object(given) as Partial<Document>;
  if (typeof pageContent !== "string") throw unlike(name, `gave ${say(given)} as documents[${at}], which is none: it has no pageContent`);
  try {
    // Databases count rows in whole numbers of any length, which JSON says as texts.
    const kept = JSON.parse(JSON.stringify(metadata ?? {}, (_, value) => (typeof value === "bigint" ? `${value}` : value)));
    return { text: pageContent, metadata: kept, ...(id === undefined ? {} : { id }) };
  } catch (cause) {
    throw unlike(name, `gave documents[${at}] with metadata that JSON cannot say: ${messageOf(cause).split("\n")[0]}`, cause);
  }
}

const unlike = (name: string, what: string, cause?: unknown): TroupeError =>
  new TroupeError("OUTPUT_INVALID", `The retriever of ${name} ${what}`, {
    hint: "Let it give LangChain's documents: { pageContent, metadata }, with metadata that JSON can say.",
    ...(cause === undefined ? {} : { cause }),
  });
