import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const ordinary: Readonly<Record<string, readonly [string, string, Schema]>> = {
  summarise: ["summary", "Sums a text up in a few sentences", text],
  sentiment: ["sentiment", "Says whether a text is glad or sad", z.enum(["positive", "neutral", "negative"])],
  keywords: ["keywords", "Finds the words that a text is about", z.array(text)],
  countWords: ["words", "Counts the words of a text", z.number()],
  translate: ["german", "Translates a text into German", text],
  headline: ["headline", "Writes a headline for a text", text],
  language: ["language", "Tells the language of a text", z.enum(["english", "german", "spanish"])],
  readability: ["readability", "Measures how easily a text reads", z.number()],
  redact: ["clean", "Takes names and addresses out of a text", text],
  rewrite: ["polite", "Makes a text politer", text],
  questions: ["questions", "Asks what a text leaves open", z.array(text)],
  topic: ["topic", "Names the topic of a text", z.enum(["sports", "politics", "science"])],
};
const names = Object.keys(ordinary);
const member = (name: string) => {
  const [field, does, schema] = ordinary[name]!;
  return specialist({ name, does, input: z.object({ text }), output: z.object({ [field]: schema }) as any, run: () => ({}) as any });
};

/** Vectors that bring texts near one another for no reason, as those of a small model do. */
const vague = async (texts: readonly string[]) =>
  texts.map((one) => Array.from({ length: 8 }, (_, i) => 3 + Math.sin(i + [...one].reduce((sum, char) => sum + char.charCodeAt(0), 0))));

test("of ordinary members, each gives its own field from the input itself, whatever their number and order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(names, { minLength: 1, maxLength: 5 }),
      fc.constantFrom("text", "note", "article", "body"),
      fc.boolean(),
      async (some, given, meant) => {
        const fields = some.map((name) => [ordinary[name]![0], ordinary[name]![2]] as const);
        const brief = briefOf({
          request: "",
          members: some.map(member),
          input: z.object({ [given]: text }),
          output: z.object(Object.fromEntries([...fields].reverse()) as any),
        });
        const { plan, issues, standing } = await derive(brief, meant ? { embed: vague } : {});
        expect(issues).toEqual([]);
        expect(standing).toBe("sure");
        const by = new Map(plan.tasks.map((task) => [task.id, task]));
        expect(plan.tasks.map(({ member, args }) => [member, args])).toHaveLength(some.length);
        for (const task of plan.tasks) expect(task.args).toEqual({ text: { ref: `input.${given}` } });
        for (const name of some) {
          const field = ordinary[name]![0];
          const [id, from] = (plan.output[field] as { ref: string }).ref.split(".");
          expect([by.get(id!)?.member, from]).toEqual([name, field]);
        }
      },
    ),
    { numRuns: 150 },
  );
});
