import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { tryingServer } from "../../nodes/src/models/measure/trying-server.fixture.js";
import { troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const cache = mkdtempSync(join(tmpdir(), "troupe-measured-"));
const env = { TROUPE_CACHE: cache };
afterAll(() => rmSync(cache, { recursive: true, force: true }));
let close = async () => {};
afterEach(() => close());

const kept = () => readdirSync(join(cache, "measured")).filter((name) => name.endsWith(".json"));

test("troupe doctor --measure tries a model, says what was found, and keeps it", async () => {
  const server = await tryingServer({ words: 900, tools: "refuses", sees: false });
  close = server.close;
  const id = `openai:llava:7b@${server.url}`;
  const told = await troupe(["doctor", "--measure", id], { env });
  expect(told).toMatchObject({ code: 0, err: expect.stringContaining("calls of tools") });
  for (const line of [
    /speed +reads/,
    /fit a schema at once +5 of 5/,
    /calls of tools +0 of 4/,
    /pictures +\d of 6/,
    /of [\d,]+ no longer/,
    /Kept in .*measured/,
  ])
    expect(told.out).toMatch(line);
  const json = JSON.parse((await troupe(["doctor", "--measure", id, "--json"], { env })).out);
  expect(json).toMatchObject({ measurement: 1, model: id, tools: { right: 0, of: 4 }, file: expect.stringContaining(cache) });
  expect(kept()).toHaveLength(1);
});

test("Ctrl-C half way ends it, and what was kept before stays", async () => {
  const server = await tryingServer({ slow: 400 });
  close = server.close;
  const before = kept();
  const running = troupe(["doctor", "--measure", `openai:llava:13b@${server.url}`], { env });
  await running.said("answers held to a schema");
  running.child.kill("SIGINT");
  expect(await running).toMatchObject({ code: 130, out: "", err: expect.stringContaining("Stopped") });
  expect(kept()).toEqual(before);
});

test.each([
  ["a provider that is none", "nobody:x", /PROVIDER_UNKNOWN/],
  ["weights that are not known", "llamacpp:nobody", /MODEL_UNKNOWN/],
  ["a model for embeddings", "ollama:embeddinggemma", /MODEL_KIND.*embeddings\(/s],
  ["an Ollama that is not there", "ollama:phi3:mini", /OLLAMA_DOWN/],
])("%s is told", async (_, name, said) => {
  const { code, out, err } = await troupe(["doctor", "--measure", name], { env: { ...env, OLLAMA_HOST: "127.0.0.1:9" } });
  expect(code).not.toBe(0);
  expect(out).toBe("");
  expect(err).toMatch(said);
});
