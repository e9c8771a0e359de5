/** Starts a real Ollama with `smollm2:135m`, `minilm` and more models in it, by the GGUF files they are made from, or says in words why there is none. */
export function startOllama(options?: {
  say?(line: string): void;
  models?: Readonly<Record<string, { readonly from: readonly string[]; readonly template?: string }>>;
}): Promise<{ url: string; stop(): Promise<void> } | { why: string }>;
