import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../specialist/specialist.js";
import { briefOf } from "./brief.js";
import { planPrompt } from "./prompt.js";

test("a team's prompts begin alike to the letter, whatever is given, wanted and asked", () => {
  const text = z.string();
  const members = [
    specialist({
      name: "shout",
      does: "Shouts",
      input: z.object({ text }),
      output: z.object({ loud: text }),
      run: ({ text }) => ({ loud: text }),
    }),
  ];
  const of = (request: string, input: object, output: object) =>
    planPrompt(
      briefOf({ request, members, input: z.object(input as { text: typeof text }), output: z.object(output as { text: typeof text }) }),
      undefined,
    );
  const one = of("Shout it", { note: text }, { loud: text });
  const other = of("Whisper that", { letter: text, memo: text }, { quiet: text });
  const prefix = one.slice(0, one.indexOf("Given:"));
  expect(prefix).toContain("- shout: Shouts");
  expect(prefix).toContain("Rules:");
  expect(other.startsWith(prefix)).toBe(true);
});
