import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { troupe } from "./fixtures/troupe.js";

/** A machine that has no weights and can reach none. */
function nowhere(code: string) {
  const cwd = mkdtempSync(join(tmpdir(), "troupe-bind-"));
  writeFileSync(join(cwd, "one.mjs"), code);
  const env = { TROUPE_CACHE: join(cwd, "cache"), HF_HUB_OFFLINE: "1", TROUPE_PYTHON: join(cwd, "no-python") };
  return { run: (...more: string[]) => troupe(["run", "one.mjs", "--input", "text=a", ...more], { cwd, env }), cwd };
}

const specialist = (body: string) => `
import { specialist } from "@troupe/core";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
export default specialist({ name: "one", does: "Looks at a text", input: z.object({ text: z.string() }), output: z.object({ said: z.string() }), ${body} });
`;

describe("the models of a run", () => {
  it("are not fetched for code that asks for none, whatever it takes", async () => {
    const { run, cwd } = nowhere(specialist("run: async ({ text }, { progress }) => { progress('hm'); return { said: text + '!' }; }"));
    expect(await run()).toMatchObject({ code: 0, out: "said: a!\n" });
    expect(existsSync(join(cwd, "cache/models"))).toBe(false);
  });

  it("are fetched when they are first asked for, and only the role that is", async () => {
    const { run } = nowhere(specialist("run: async ({ text }, ctx) => ({ said: String(await ctx.embed([text])) })"));
    const { code, err } = await run();
    expect(code).toBe(1);
    expect(err).toMatch(/MODEL_UNREACHABLE[\s\S]*minilm: passed over/);
    expect(err).not.toContain("smollm2");
  });

  it("are the one that is named, where nothing embeds", async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "text/event-stream" });
      const send = (body: object) => response.write(`data: ${JSON.stringify({ id: "1", model: "m", ...body })}\n\n`);
      send({ choices: [{ index: 0, delta: { role: "assistant", content: '{"said":"yes"}' }, finish_reason: "stop" }] });
      response.end("data: [DONE]\n\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a module
      const { run } = nowhere(specialist("prompt: ({ text }) => `Say something of ${text}`"));
      const { code, out } = await run("--model", `openai:m@http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("said: yes") });
    } finally {
      server.close();
    }
  });

  it.each([
    [
      "--planner",
      "llamacpp:smolm2-135m",
      /MODEL_UNKNOWN.*smolm2-135m \(at --planner, llamacpp:smolm2-135m\)[\s\S]*Did you mean smollm2-135m\?.*qwen2\.5-coder-1\.5b/,
    ],
    ["--model", "llamacpp:minilm", /MODEL_KIND.*minilm is a model for embeddings, not for chat \(at --model/],
    ["--embeddings", "llamacpp:smollm2-135m", /MODEL_KIND[\s\S]*For embeddings there are minilm/],
    ["--decisions", "embeddings:llamacpp:minilmm", /MODEL_UNKNOWN[\s\S]*Did you mean minilm\?/],
    ["--decisions", "head:topics.head.json", /FILE_MISSING.*--decisions/],
    ["--decisions", "llamacpp:smollm2-135m+calls-fields", /MODEL_KIND/],
    ["--bind", "judge=llamacpp:./none.gguf", /MODEL_MISSING.*at --bind judge/],
    ["--bind", "judge=opnai:gpt-4o", /PROVIDER_UNKNOWN.*at --bind judge/],
  ])("are none where a name stands for none, said before anything is done: %s %s", async (flag, name, said) => {
    const { run } = nowhere(specialist("run: async ({ text }) => ({ said: text })"));
    const { code, out, err } = await run(flag, name);
    expect({ out, err }).toMatchObject({ out: "", err: expect.stringMatching(said) });
    expect(code).not.toBe(0);
    expect(err).not.toContain("> one");
  });

  it("may be any name that a server knows, a file, or weights that decide", async () => {
    const { run, cwd } = nowhere(specialist("run: async ({ text }) => ({ said: text })"));
    writeFileSync(join(cwd, "own.gguf"), "");
    for (const planner of ["ollama:nobody-knows", "llamacpp:./own.gguf", "llamacpp:smollm2-135m", "llamacpp:smollm2-135m+decisions"])
      expect(await run("--planner", planner)).toMatchObject({ code: 0, out: "said: a\n" });
  });

  it("are told with why they were taken, once they are", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "troupe-bind-"));
    writeFileSync(
      join(cwd, "one.mjs"),
      specialist("run: async ({ text }, ctx) => ({ said: String((await ctx.embed([text]))[0].length) })"),
    );
    const { code, out, err } = await troupe(["run", "one.mjs", "--input", "text=a"], { cwd });
    expect(code).toBe(0);
    expect(err).toMatch(/> one[\s\S]*minilm: taken, /);
    expect(out).toBe("said: 384\n");
  }, 600_000);
});
