import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../../../specialist/specialist.js";
import { alone } from "../../alone.fixture.js";
import { planFor, team } from "../../team.js";

const text = z.string();
const output = z.object({ translation: text });
const run = () => ({ translation: "" });
const does = "Translates a text into a language";
const free = specialist({ name: "translate", does, input: z.object({ text, language: text }), output, run });
const listed = specialist({ name: "translate", does, input: z.object({ text, language: z.enum(["da", "de", "en"]) }), output, run });
const planned = async (request: string, member = free) => {
  const input = z.object({ note: text, request: text });
  const desk = team({ name: "desk", does: "Desk", members: [member], request: "request", input, output });
  const { plan } = await planFor(desk, { note: "Hej", request }, alone);
  return plan.tasks.map(({ args }) => args.language);
};

test.each([
  "Translate the note from Danish",
  "Translate the note out of Danish",
  "The note is in Danish. Translate it",
  "Translate the Danish note",
  "Put the note into anything but Danish",
  "Übersetze die Notiz aus dem Dänischen",
  "Traduce la nota del danés",
])("what something comes in is no language to put it into: %s", async (request) => {
  for (const member of [free, listed])
    await expect(planned(request, member as typeof free)).rejects.toHaveProperty("code", expect.stringMatching(/^PLAN_/));
});

test.each([
  ["Translate the note from German into Danish", "Danish", "da"],
  ["Translate my German note into Danish", "Danish", "da"],
  ["The note is in German. Put it into Danish", "Danish", "da"],
  ["Give me the Danish translation of the note", "Danish", "da"],
  ["Übersetze die Notiz aus dem Deutschen ins Dänische", "Dänisch", "da"],
  ["Traduce la nota del alemán al danés", "danés", "da"],
])("the one beside it is: %s", async (request, name, code) => {
  expect(await planned(request)).toEqual([name]);
  expect(await planned(request, listed as unknown as typeof free)).toEqual([code]);
});
