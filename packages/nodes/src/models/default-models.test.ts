import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { defaultModels } from "./default-models.js";

const kept = { ...process.env };
afterEach(() => {
  process.env = { ...kept };
});

it("takes the best weights that fit and can be reached, brings them, and says why", async () => {
  process.env.HF_HUB_OFFLINE = "1";
  const { models, why } = await defaultModels();
  expect(models.default.id).toMatch(/^llamacpp:smollm2-/);
  expect(models.embeddings.id).toBe("llamacpp:minilm");
  const taken = models.default.id.slice("llamacpp:".length);
  expect(why.filter((line) => /: taken, /.test(line)).map((line) => line.split(":")[0])).toEqual([taken, "minilm"]);
  // Whatever stands before the one that was taken was passed over for a reason.
  for (const line of why.slice(
    0,
    why.findIndex((one) => one.startsWith(taken)),
  ))
    expect(line).toMatch(/passed over, .{10}/);
  expect((await (await models.embeddings.load()).embedQuery("Hello")).length).toBe(384);
}, 300_000);

it("names every reason where nothing can be had", async () => {
  const cache = await mkdtemp(join(tmpdir(), "troupe-default-"));
  Object.assign(process.env, { TROUPE_CACHE: cache, HF_HUB_OFFLINE: "1", TROUPE_PYTHON: join(cache, "no-python") });
  const error: any = await defaultModels().catch((e) => e);
  expect(error.code).toBe("MODEL_UNREACHABLE");
  expect(error.what).toMatch(/smollm2-1\.7b: passed over/);
  expect(error.what).toMatch(/smollm2-135m: passed over[\s\S]*HF_HUB_OFFLINE is set[\s\S]*Python does not start/);
  expect(error.hint).toMatch(/--model/);
  await rm(cache, { recursive: true });
});
