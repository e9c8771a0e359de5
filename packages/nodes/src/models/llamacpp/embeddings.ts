import { Embeddings } from "@langchain/core/embeddings";
import { TroupeError } from "@troupe/core";
import type { LlamaEmbeddingContext } from "node-llama-cpp";
import { tooLong } from "./answer.js";
import type { Pace } from "./pace.js";

/** LangChain embeddings over weights in this process. Vectors have length 1. */
export class LlamaCppEmbeddings extends Embeddings {
  constructor(
    private readonly context: LlamaEmbeddingContext,
    /** Tokens a text may take. */
    private readonly room: number,
    private readonly pace: Pace,
  ) {
    super({});
  }

  /**
   * Throws PROMPT_TOO_LONG with the number of the first text that does not fit, before anything is computed; once the signal is aborted,
   * its reason, before the next text.
   */
  override async embedDocuments(documents: string[], { signal }: { readonly signal?: AbortSignal } = {}): Promise<number[][]> {
    documents.forEach((text, i) => {
      const tokens = this.context.calculateInputLength(text);
      if (tokens >= this.room)
        throw new TroupeError("PROMPT_TOO_LONG", tooLong(tokens, this.room).what, {
          field: `text ${i + 1} of ${documents.length}`,
          hint: "Split it into shorter passages",
        });
    });
    return await this.pace.keep(async () => {
      const vectors: number[][] = [];
      for (const text of documents) {
        signal?.throwIfAborted();
        vectors.push(unit((await this.context.getEmbeddingFor(this.input(text))).vector));
      }
      return vectors;
    });
  }

  /** For the ledger. */
  countTokens(documents: readonly string[]): number {
    return documents.reduce((sum, text) => sum + this.context.calculateInputLength(text), 0);
  }

  /** An empty text has a vector too: that of the marks that begin and end it. */
  private input(text: string) {
    const { model } = this.context;
    return model.tokenize(text).length === 0 && model.tokens.bos !== null ? [model.tokens.bos] : text;
  }

  override async embedQuery(document: string): Promise<number[]> {
    return (await this.embedDocuments([document])).flat();
  }
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((x) => x / length);
}
