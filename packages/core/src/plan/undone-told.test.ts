import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../specialist/specialist.js";
import { alone } from "./alone.fixture.js";
import { planFor, team } from "./team.js";

const text = z.string();
const of = (name: string, does: string, input: z.ZodObject, output: z.ZodObject, effects = false) =>
  specialist({ name, does, ...(effects ? { effects } : {}), input, output, run: () => ({}) as never });
const translate = of("translate", "Translates a text into a language", z.object({ text, language: text }), z.object({ translation: text }));
const summarize = of("summarize", "Summarizes a text", z.object({ text }), z.object({ summary: text }));
const mail = of("mail", "Sends a mail to an address", z.object({ to: text, body: text }), z.object({ sent: z.boolean() }), true);
const made = (request: string, wanted = "summary", members = [translate, summarize, mail]) => {
  const input = z.object({ note: text, request: text });
  const desk = team({ name: "desk", does: "Helps with notes", request: "request", members, input, output: z.object({ [wanted]: text }) });
  return planFor(desk, { note: "Hello", request }, alone);
};

test.each([
  ["Translate the note into Danish and bake a cake", "translation", '"bake a cake": no member says that it does this'],
  ["Fasse die Notiz zusammen und backe einen Kuchen", "summary", '"backe einen Kuchen": no member says that it does this'],
  [
    "Summarize the note. Then please fix the bug in the code",
    "summary",
    '"please fix the bug in the code": no member says that it does this',
  ],
  [
    "Summarize the note. If it is angry, mail the summary to ann@example.com",
    "summary",
    '"mail the summary to ann@example.com": mail does not act on a condition',
  ],
])("what nobody does is told, whatever else is done: %s", async (request, wanted, note) => {
  expect((await made(request, wanted)).notes).toContain(note);
});

test.each(["Bake a cake", "Delete everything", "Fix the bug in the code", "Sing the note"])(
  "a request that is nobody's is no sure plan, though its outputs are named: %s",
  async (request) => {
    const { guesses, notes } = await made(request, "summary", [translate, summarize]);
    expect(guesses).toContain("summarize.text");
    expect(notes.join()).toContain(`nobody gives what "${request}" asks for`);
  },
);

test.each([
  "Summarize the note",
  "Give me the gist of the note",
  "What should I know about this note?",
  "It's the note of last week. Take the note and write me a summary",
  "Unless the note is private, tell us the main points",
  "The customer was angry. Tell us the main points",
])("what somebody does, or what only says how things are, is not told to be undone: %s", async (request) => {
  const { guesses, notes } = await made(request);
  expect(notes.join()).not.toMatch(/no member says|does not act/);
  expect(guesses ?? []).not.toContain("output.summary");
});

test("of a condition only what would be done is told, and not that it speaks of what somebody deletes", async () => {
  const remove = of("deleteNote", "Deletes a note for good", z.object({ note: text }), z.object({ deleted: z.boolean() }), true);
  const request = "If the note is angry, mail the summary to ann@example.com";
  const { notes } = await made(request, "summary", [summarize, mail, remove]);
  expect(notes.filter((note) => note.includes("does not act"))).toEqual([
    '"mail the summary to ann@example.com": mail does not act on a condition',
  ]);
});
