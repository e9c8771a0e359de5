import { availableParallelism } from "node:os";
import type { ChatModel, DecisionModel, EmbeddingModel, Model } from "@troupe/core";
import { TroupeError } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { signalOption } from "../options.js";
import { installCommand, isInstalled } from "../peer.js";
import { catalogue } from "./catalogue.js";
import { freeMemory } from "./llamacpp/memory.js";
import { decisions, embeddings, model } from "./model.js";
import { peekKept } from "./pull/kept.js";
import { type PullOptions, pull } from "./pull/pull.js";

export type DefaultModels = {
  readonly default: ChatModel;
  readonly embeddings: EmbeddingModel;
  readonly decisions: DecisionModel;
  /** Writes function calls. */
  readonly calls: ChatModel;
};

export interface DefaultModelsOptions extends Pick<PullOptions, "signal" | "onProgress"> {
  /** Hears a line a decision, when it is made: which weights were taken or passed over, and why. */
  onChoice?(line: string): void;
}

/** Best first. */
const chat = ["qwen2.5-coder-1.5b", "smollm2-1.7b", "smollm2-135m"];

/**
 * The embedded models by role: of a short list, the best that this machine has cores and memory for and that can be reached. They are
 * lazy: nothing is chosen or fetched before a role's first `load`, which throws MODEL_UNREACHABLE where none can be had and PACKAGE_MISSING where nothing could run them. Until then
 * `id` names the best that fits, and the card is silent about its size where a smaller one may have to stand in.
 *
 * @example
 * const app = compile(graph, { models: { ...defaultModels(), planner: model("openai:gpt-4o") } });
 */
export function defaultModels(options: DefaultModelsOptions = {}): DefaultModels {
  checkOptions("defaultModels", options, {
    signal: signalOption,
    onProgress: z.unknown().optional(),
    onChoice: z.unknown().optional(),
  });
  return {
    default: firstOf(chat, model, options),
    embeddings: firstOf(["minilm"], embeddings, options),
    decisions: firstOf(["smollm2-135m"], (id) => decisions(`${id}+decisions`), options),
    calls: firstOf(["smollm2-135m"], (id) => model(`${id}+calls-fields`), options),
  };
}

/** One model that becomes, when it is loaded, the first of several that can be had. */
function firstOf<T>(names: readonly string[], make: (id: string) => Model<T>, options: DefaultModelsOptions): Model<T> {
  const fitting = names.filter((name) => misfit(name) === undefined);
  const [first, ...others] = fitting;
  let chosen = make(`llamacpp:${first ?? names.at(-1)}`);
  let open = first !== undefined && others.length > 0 && peekKept(first) === undefined;
  let choosing: Promise<void> | undefined;
  const choose = async () => {
    chosen = make(`llamacpp:${await firstHad(names, options)}`);
    open = false;
  };
  return Object.freeze({
    get id() {
      return chosen.id;
    },
    get card() {
      if (!open) return chosen.card;
      const { memory: _, ...card } = chosen.card;
      return card;
    },
    async load() {
      choosing ??= choose().catch((error) => {
        choosing = undefined;
        throw error;
      });
      await choosing;
      return chosen.load();
    },
  });
}

/** Pulls the first that fits and can be reached. */
async function firstHad(names: readonly string[], { onChoice, ...options }: DefaultModelsOptions): Promise<string> {
  if (!isInstalled("node-llama-cpp")) {
    const flag = names === chat ? "--model" : "--embeddings";
    throw new TroupeError("PACKAGE_MISSING", "The default models need the package node-llama-cpp, which is not installed", {
      hint: `${installCommand("node-llama-cpp")}, or name a model that runs elsewhere: ${flag} ollama:NAME, ${flag} openai:NAME`,
    });
  }
  const why: string[] = [];
  let unkept: string | undefined;
  const say = (line: string) => {
    why.push(line);
    onChoice?.(line);
  };
  for (const name of names) {
    const reason = misfit(name);
    if (reason !== undefined) {
      say(`${name}: passed over, ${reason}`);
      continue;
    }
    try {
      const { source } = await pull(name, options);
      say(`${name}: taken, ${source === "cache" ? "it was in the cache" : `fetched from a ${source}`}`);
      return name;
    } catch (error) {
      if (options.signal?.aborted) throw error;
      // A cache that takes nothing is no matter of the network, and may still have a smaller model.
      if (error instanceof TroupeError && /^CACHE_/.test(error.code)) unkept = error.hint;
      say(`${name}: passed over, ${error instanceof TroupeError ? error.what.replaceAll("\n", "\n  ") : String(error)}`);
    }
  }
  throw new TroupeError("MODEL_UNREACHABLE", `No default model can be had:\n${why.map((line) => `  - ${line}`).join("\n")}`, {
    hint: `${unkept ?? "Connect to the network or a package mirror"}, or name a model: --model ollama:NAME, --model openai:NAME`,
  });
}

/** What this machine lacks for a model, in words. */
function misfit(name: string): string | undefined {
  const { cores, memory, free: wanted = memory } = catalogue[name]!;
  const free = freeMemory();
  if (availableParallelism() < cores) return `it needs ${cores} cores to be quick enough, and there are ${availableParallelism()}`;
  return free < wanted ? `it needs ${gigabytes(wanted)} of memory, and ${gigabytes(free)} are free` : undefined;
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
