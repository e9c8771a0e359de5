import type { ModelCard } from "@troupe/core";

/** What is published of a small open model. What could not be confirmed is left out. */
export interface OpenCard {
  readonly kind: "chat" | "embeddings";
  /** Tokens that it was made for. */
  readonly context: number;
  readonly modalities: ModelCard["modalities"];
  /** Whether Ollama's template of it has tools; absent where its library says so of the family and servers contradict it. */
  readonly tools?: boolean;
  /** Bytes of its weights as Ollama has them by default; its context takes more. */
  readonly weights?: number;
  /** Other names of the same weights: Ollama's, and repositories of the hub whose names OpenAI-compatible servers take. */
  readonly aka?: readonly string[];
  /** Where this is said, beside Ollama's library. */
  readonly source?: string;
}

// Ollama's library says size, context and input of every tag at https://ollama.com/library/NAME/tags, and tools and vision of each family;
// as of 21 August 2026.

const K = 1024;
const MB = 1e6;
const GB = 1e9;
const text = ["text"] as const;
const sees = ["text", "image"] as const;

const chat = (
  weights: number,
  context: number,
  modalities: ModelCard["modalities"],
  rest: Omit<OpenCard, "kind" | "weights" | "context" | "modalities"> = {},
): OpenCard => ({
  kind: "chat",
  weights,
  context,
  modalities,
  ...rest,
});

const tools = true;
const none = false;

/** Small open models by the names that Ollama gives them. */
export const openCards: Readonly<Record<string, OpenCard>> = {
  "mistral:7b": chat(4.4 * GB, 32 * K, text, { tools, aka: ["mistral", "mistral:v0.3", "mistralai/Mistral-7B-Instruct-v0.3"] }),
  // The family's page says tools, which the larger one has; see the issue.
  "mixtral:8x7b": chat(26 * GB, 32 * K, text, {
    tools: none,
    aka: ["mixtral", "mixtral:instruct", "mistralai/Mixtral-8x7B-Instruct-v0.1"],
    source: "https://github.com/ollama/ollama/issues/9058",
  }),
  "phi3:mini": chat(2.2 * GB, 128 * K, text, {
    tools: none,
    aka: ["phi3", "phi3:3.8b", "phi3:instruct", "phi3:mini-128k", "microsoft/Phi-3-mini-128k-instruct"],
  }),
  "phi3:mini-4k": chat(2.4 * GB, 4 * K, text, { tools: none, aka: ["microsoft/Phi-3-mini-4k-instruct"] }),
  "phi4-mini:3.8b": chat(2.5 * GB, 128 * K, text, { tools, aka: ["phi4-mini", "microsoft/Phi-4-mini-instruct"] }),
  "llama3:8b": chat(4.7 * GB, 8 * K, text, { tools: none, aka: ["llama3", "llama3:instruct", "meta-llama/Meta-Llama-3-8B-Instruct"] }),
  "llama3.1:8b": chat(4.9 * GB, 128 * K, text, { tools, aka: ["llama3.1", "meta-llama/Llama-3.1-8B-Instruct"] }),
  "llama3.2:1b": chat(1.3 * GB, 128 * K, text, { tools, aka: ["meta-llama/Llama-3.2-1B-Instruct"] }),
  "llama3.2:3b": chat(2 * GB, 128 * K, text, { tools, aka: ["llama3.2", "meta-llama/Llama-3.2-3B-Instruct"] }),
  "llama3.2-vision:11b": chat(7.8 * GB, 128 * K, sees, {
    tools: none,
    aka: ["llama3.2-vision", "meta-llama/Llama-3.2-11B-Vision-Instruct"],
  }),
  "qwen3:0.6b": chat(523 * MB, 40 * K, text, { tools, aka: ["Qwen/Qwen3-0.6B"] }),
  "qwen3:1.7b": chat(1.4 * GB, 40 * K, text, { tools, aka: ["Qwen/Qwen3-1.7B"] }),
  "qwen3:4b": chat(2.5 * GB, 256 * K, text, { tools }),
  "qwen3:8b": chat(5.2 * GB, 40 * K, text, { tools, aka: ["qwen3", "Qwen/Qwen3-8B"] }),
  "qwen3.5:0.8b": chat(1 * GB, 256 * K, sees, { tools, aka: ["Qwen/Qwen3.5-0.8B"] }),
  "qwen3.5:2b": chat(2.7 * GB, 256 * K, sees, { tools, aka: ["Qwen/Qwen3.5-2B"] }),
  "qwen3.5:4b": chat(3.4 * GB, 256 * K, sees, { tools, aka: ["Qwen/Qwen3.5-4B"] }),
  "qwen3.5:9b": chat(6.6 * GB, 256 * K, sees, { tools, aka: ["qwen3.5", "Qwen/Qwen3.5-9B"] }),
  "gemma3:270m": chat(292 * MB, 32 * K, text, { tools: none, aka: ["google/gemma-3-270m-it"] }),
  "gemma3:1b": chat(815 * MB, 32 * K, text, { tools: none, aka: ["google/gemma-3-1b-it"] }),
  "gemma3:4b": chat(3.3 * GB, 128 * K, sees, { tools: none, aka: ["gemma3", "google/gemma-3-4b-it"] }),
  "gemma3:12b": chat(8.1 * GB, 128 * K, sees, { tools: none, aka: ["google/gemma-3-12b-it"] }),
  "gemma4:e2b": chat(7.2 * GB, 128 * K, sees, { tools }),
  "gemma4:e4b": chat(9.6 * GB, 128 * K, sees, { tools, aka: ["gemma4"] }),
  "gemma4:12b": chat(7.6 * GB, 256 * K, sees, { tools }),
  // The family's page says tools; of this one, as of phi3, Ollama answers that it does not support them.
  "smollm2:135m": chat(271 * MB, 8 * K, text, { tools: none, aka: ["HuggingFaceTB/SmolLM2-135M-Instruct"] }),
  "smollm2:360m": chat(726 * MB, 8 * K, text, { aka: ["HuggingFaceTB/SmolLM2-360M-Instruct"] }),
  "smollm2:1.7b": chat(1.8 * GB, 8 * K, text, { tools, aka: ["smollm2", "HuggingFaceTB/SmolLM2-1.7B-Instruct"] }),
  // In no library of Ollama's; the context is that of its config.json.
  "HuggingFaceTB/SmolLM3-3B": {
    kind: "chat",
    context: 64 * K,
    modalities: text,
    source: "https://huggingface.co/HuggingFaceTB/SmolLM3-3B",
  },
  "functiongemma:270m": chat(301 * MB, 32 * K, text, { tools, aka: ["functiongemma", "google/functiongemma-270m-it"] }),
  "embeddinggemma:300m": {
    kind: "embeddings",
    weights: 622 * MB,
    context: 2 * K,
    modalities: text,
    tools: none,
    aka: ["embeddinggemma", "google/embeddinggemma-300m"],
  },
  "llava:7b": chat(4.7 * GB, 32 * K, sees, { tools: none, aka: ["llava", "llava:v1.6", "llava:7b-v1.6"] }),
  "llava:13b": chat(8 * GB, 4 * K, sees, { tools: none, aka: ["llava:13b-v1.6"] }),
  "llava-phi3:3.8b": chat(2.9 * GB, 4 * K, sees, { tools: none, aka: ["llava-phi3"] }),
  "llava-llama3:8b": chat(5.5 * GB, 8 * K, sees, { tools: none, aka: ["llava-llama3"] }),
  "moondream:1.8b": chat(1.7 * GB, 2 * K, sees, { tools: none, aka: ["moondream", "moondream:v2"] }),
  "qwen2.5vl:3b": chat(3.2 * GB, 125 * K, sees, { tools: none, aka: ["Qwen/Qwen2.5-VL-3B-Instruct"] }),
  "qwen2.5vl:7b": chat(6 * GB, 125 * K, sees, { tools: none, aka: ["qwen2.5vl", "Qwen/Qwen2.5-VL-7B-Instruct"] }),
  "qwen3-vl:2b": chat(1.9 * GB, 256 * K, sees, { tools }),
  "qwen3-vl:4b": chat(3.3 * GB, 256 * K, sees, { tools }),
  "qwen3-vl:8b": chat(6.1 * GB, 256 * K, sees, { tools, aka: ["qwen3-vl"] }),
};
