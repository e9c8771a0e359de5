import { copyFile, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { adapters } from "@troupe/weights";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { model } from "../model.js";
import { keptPath } from "../pull/kept.js";
import { pull } from "../pull/pull.js";
import { adapted, heldAdapter } from "./adapted.js";

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "troupe-adapters-"));
  await pull("smollm2-135m");
}, 300_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe("the name of weights under an adapter", () => {
  it("is a base, and what follows a plus", () => {
    expect(adapted("smollm2-135m+decisions")).toEqual({ base: "smollm2-135m", adapter: adapters.decisions });
    expect(adapted("/models/a+b/x.gguf")).toEqual({ base: "/models/a+b/x.gguf" });
    expect(adapted("/models/a+b/x.gguf+decisions").base).toBe("/models/a+b/x.gguf");
  });

  it("names an adapter that there is, and the base it was made for", () => {
    expect(() => model("llamacpp:smollm2-135m+poems")).toThrow(
      expect.objectContaining({ code: "MODEL_UNKNOWN", hint: expect.stringContaining("smollm2-135m+decisions") }),
    );
    expect(() => model("llamacpp:smollm2-1.7b+calls-fields")).toThrow(
      expect.objectContaining({ code: "ADAPTER_BASE", hint: expect.stringContaining("smollm2-135m+calls-fields") }),
    );
  });
});

describe("an adapter", () => {
  const { decisions } = adapters as { decisions: (typeof adapters)[string] };

  it("is taken on the weights it was made for, wherever they lie", async () => {
    const moved = join(scratch, "moved.gguf");
    await copyFile(keptPath("smollm2-135m"), moved);
    expect(await heldAdapter(`${moved}+decisions`, decisions, moved)).toMatchObject({ scale: decisions.scale });
  });

  it("is refused on other weights, of whatever size", async () => {
    const other = join(scratch, "other.gguf");
    await copyFile(keptPath("smollm2-135m"), other);
    const file = await open(other, "r+");
    await file.write(Buffer.from([7]), 0, 1, decisions.bytes);
    await file.close();
    await expect(model(`llamacpp:${other}+calls-fields`).load()).rejects.toMatchObject({ code: "ADAPTER_BASE" });
  });

  it("that is not what the index says is not loaded", async () => {
    const file = pathToFileURL(join(scratch, "adapter.gguf"));
    const base = keptPath("smollm2-135m");
    await expect(heldAdapter("x+decisions", { ...decisions, file }, base)).rejects.toMatchObject({ code: "MODEL_MISSING" });
    await writeFile(file, Buffer.alloc(decisions.bytes));
    await expect(heldAdapter("x+decisions", { ...decisions, file }, base)).rejects.toMatchObject({ code: "MODEL_CHECKSUM" });
    await writeFile(file, "cut");
    await expect(heldAdapter("x+decisions", { ...decisions, file }, base)).rejects.toMatchObject({ code: "MODEL_CHECKSUM" });
  });
});
