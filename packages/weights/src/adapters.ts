/** A LoRA adapter in GGUF, what it is made for, and what it is, byte for byte. */
export interface Adapter {
  readonly file: URL;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The weights it was trained on, by name and SHA-256: on any others it means nothing. */
  readonly base: string;
  readonly baseSha256: string;
  /** What its changes are multiplied by: the strength that measured best. */
  readonly scale: number;
  /** What the weights are under it: nothing else. */
  readonly kind: "chat" | "decisions";
  readonly does: string;
  /** Tokens it was trained on at a time. */
  readonly context: number;
  readonly license: string;
}

const smollm2 = {
  base: "smollm2-135m",
  baseSha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
  context: 2048,
  license: "Apache-2.0",
} as const;

/**
 * The adapters by the name that follows a base's and a plus sign: `smollm2-135m+decisions`.
 *
 * @example
 * const { file, scale } = adapters["decisions"];
 */
export const adapters: Readonly<Record<string, Adapter>> = Object.freeze({
  decisions: {
    ...smollm2,
    file: new URL("../adapters/smollm2-135m.decisions.q8.gguf", import.meta.url),
    bytes: 10_408_288,
    sha256: "b9730c736c2a9e0eb8b6851e1f619c0a1ef17a63e9c63a405a34e60805e9a454",
    scale: 1,
    kind: "decisions",
    does: "Answers closed questions by a letter: which plan is meant, what an argument of it is made from, which member does a part, which candidate a field is, which label fits, yes or no",
  },
  "calls-fields": {
    ...smollm2,
    file: new URL("../adapters/smollm2-135m.calls-fields.q8.gguf", import.meta.url),
    bytes: 10_408_320,
    sha256: "60788599382d3afa06b67031ee16a607492de6448a5bfe9d3a343767fcd4fb3e",
    scale: 0.75,
    kind: "chat",
    does: "Writes function calls, and the fields of a text, as JSON",
  },
});
