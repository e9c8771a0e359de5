/** Starts a real Ollama with `smollm2:135m` and `minilm` in it, or says in words why there is none. */
export function startOllama(options?: { say?(line: string): void }): Promise<{ url: string; stop(): Promise<void> } | { why: string }>;
