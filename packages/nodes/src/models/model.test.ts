import { existsSync } from "node:fs";
import { mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostedCards } from "./hosted/cards.js";
import { decisions, embeddings, model } from "./model.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-models-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** A GGUF file with one F32 tensor of this many numbers: header only, the rest is a hole. */
async function gguf(name: string, numbers: bigint): Promise<string> {
  const path = join(dir, name);
  const text = (value: string) => Buffer.concat([u64(BigInt(value.length)), Buffer.from(value)]);
  const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
  const u64 = (value: bigint) => Buffer.from(BigUint64Array.of(value).buffer);
  const header = Buffer.concat([
    Buffer.from("GGUF"),
    u32(3),
    u64(1n),
    u64(2n),
    ...[text("general.architecture"), u32(8), text("llama")],
    ...[text("llama.context_length"), u32(4), u32(512)],
    ...[text("token_embd.weight"), u32(1), u64(numbers), u32(0), u64(0n)],
  ]);
  await writeFile(path, header);
  await truncate(path, Math.ceil(header.length / 32) * 32 + Number(numbers) * 4);
  return path;
}

describe("a model by name", () => {
  it("is frozen, and reads, fetches and connects nothing before load", () => {
    for (const id of [
      "llamacpp:smollm2-135m",
      "llamacpp:/nowhere.gguf",
      "ollama:x",
      "openai:gpt-4o",
      "anthropic:x",
      "google:x",
      "mistral:x",
    ]) {
      const made = model(id);
      expect(made.id).toBe(id);
      expect(Object.isFrozen(made)).toBe(true);
      expect(made.card.kind).toBe("chat");
    }
    expect(model("openai:gpt-4o").card).toMatchObject({ ...hostedCards["openai:gpt-4o"], structured: "response_format", local: false });
    expect(model("openai:tiny@http://127.0.0.1:1/v1").card.local).toBe(true);
    expect(model("openai:tiny@http://127.0.0.1:1/v1", { local: false }).card.local).toBe(false);
    expect(model("openai:tiny@http://192.168.1.9:1/v1").card.local).toBe(false);
    expect(model("openai:tiny@http://localhost.example.org/v1").card.local).toBe(false);
    // Ollama hands these on to its own servers.
    expect(["gpt-oss:120b-cloud", "glm-4.6:cloud", "qwen3:8b"].map((name) => model(`ollama:${name}`).card.local)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("says which providers there are", () => {
    expect(() => model("nobody:x")).toThrow(expect.objectContaining({ code: "PROVIDER_UNKNOWN" }));
    for (const make of [model, embeddings, decisions])
      expect(() => make(process.env.MODEL_THAT_NOBODY_SET as string)).toThrow(
        /named by a text, and undefined was given\nWrite provider:name/,
      );
    expect(() => model("gpt-4o")).toThrow(/provider:name/);
    expect(() => embeddings("opnai:x")).toThrow(/Did you mean openai:x\? Write provider:name, with llamacpp, ollama or openai$/);
    expect(() => embeddings("anthropic:x")).toThrow(expect.objectContaining({ code: "MODEL_KIND" }));
  });

  it.each<[(id: string) => unknown, string[]]>([
    [model, ["llamacpp:", "onnx:", "ollama:", "ollama: ", "openai:", "openai:@http://user:secret@host/v1", "google:", "mistral:"]],
    [embeddings, ["llamacpp:", "ollama:", "openai:", "openai:@http://user:secret@host/v1"]],
    [
      decisions,
      ["llamacpp:", "systemone:@http://user:secret@host", "ollama:", "openai:", "anthropic:", "embeddings:", "embeddings:ollama:", "head:"],
    ],
  ])("refuses a provider without a name where it is named: %o", (make, ids) => {
    for (const id of ids) {
      expect(() => make(id), id).toThrow(
        expect.objectContaining({ code: "MODEL_UNKNOWN", message: expect.stringContaining("names no model") }),
      );
      expect(() => make(id), id).not.toThrow(/secret/);
    }
  });

  it.each([
    ["opnai:gpt-4o", "openai:gpt-4o"],
    ["olama:qwen3:8b", "ollama:qwen3:8b"],
    ["gpt-4o", "openai:gpt-4o"],
    ["gtp-4o-mini", "openai:gpt-4o-mini"],
    ["smolm2-135m", "llamacpp:smollm2-135m"],
    ["blip-image-captioning-base", "onnx:blip-image-captioning-base"],
    ["phi3:mini", "ollama:phi3:mini"],
    ["opnai:m@http://user:secret@host/v1", "openai:m@…"],
  ])("of %s says what was probably meant", (id, meant) => {
    expect(() => model(id)).toThrow(
      expect.objectContaining({ code: "PROVIDER_UNKNOWN", hint: expect.stringMatching(`^Did you mean ${meant}\\? `) }),
    );
    expect(() => model(id)).not.toThrow(/secret/);
  });

  it("names the variable of a missing key", async () => {
    const cases = {
      "openai:gpt-4o": "OPENAI_API_KEY",
      "anthropic:x": "ANTHROPIC_API_KEY",
      "google:x": "GOOGLE_API_KEY",
      "mistral:x": "MISTRAL_API_KEY",
    };
    const kept = { ...process.env };
    for (const name of [...Object.values(cases), "GEMINI_API_KEY", "OPENAI_BASE_URL"]) delete process.env[name];
    for (const [id, name] of Object.entries(cases))
      await expect(model(id).load()).rejects.toMatchObject({ code: "KEY_MISSING", hint: expect.stringContaining(name) });
    Object.assign(process.env, kept);
  });
});

describe("a model file", () => {
  it("that is not there", async () => {
    const path = join(dir, "nothing.gguf");
    await expect(model(`llamacpp:${path}`).load()).rejects.toMatchObject({ code: "MODEL_MISSING", detail: { file: path } });
    await expect(model("llamacpp:no-such-model").load()).rejects.toMatchObject({
      code: "MODEL_UNKNOWN",
      hint: expect.stringContaining("smollm2-135m"),
    });
  });

  it("that is none", async () => {
    const path = join(dir, "text.gguf");
    await writeFile(path, "I am a letter, not a model, although my name says so.");
    await expect(model(`llamacpp:${path}`).load()).rejects.toMatchObject({
      code: "MODEL_DAMAGED",
      what: expect.stringMatching(/not a GGUF/),
    });
  });

  it("that was truncated in its tensors, and in its header", async () => {
    const path = await gguf("cut.gguf", 1000n);
    await truncate(path, 2000);
    await expect(model(`llamacpp:${path}`).load()).rejects.toMatchObject({
      code: "MODEL_DAMAGED",
      what: expect.stringMatching(/truncated: 2000 bytes/),
    });
    await truncate(path, 60);
    await expect(model(`llamacpp:${path}`).load()).rejects.toMatchObject({
      code: "MODEL_DAMAGED",
      what: expect.stringMatching(/ends in its header/),
    });
  });

  it("that is whole and holds no model", async () => {
    const path = await gguf("empty.gguf", 1000n);
    await expect(model(`llamacpp:${path}`).load()).rejects.toMatchObject({ code: "MODEL_DAMAGED", detail: { file: path } });
  });

  it("that is larger than the memory there is", async () => {
    const path = await gguf("huge.gguf", 500_000_000_000n).catch(() => undefined);
    // A file system without holes can't hold it.
    if (!path || !existsSync(path)) return;
    const file = await open(path);
    expect((await file.stat()).size).toBeGreaterThan(2e12);
    await file.close();
    await expect(model(`llamacpp:${path}`).load()).rejects.toMatchObject({ code: "MODEL_MEMORY", what: expect.stringContaining("2000.") });
  });
});
