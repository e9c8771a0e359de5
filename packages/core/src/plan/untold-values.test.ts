import { describe, expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../specialist/specialist.js";
import { planFor, team } from "./team.js";
import { asking, planner } from "./written.fixture.js";

const text = z.string();
const translate = specialist({
  name: "translate",
  does: "Translates a text into a language",
  input: z.object({ text, language: text, maxWords: z.number().optional(), tone: z.enum(["plain", "solemn"]).optional() }),
  output: z.object({ translation: text }),
  run: () => ({ translation: "" }),
});
const remind = specialist({
  name: "remind",
  does: "Words a reminder for a day",
  input: z.object({ about: text, day: z.iso.date(), title: text.optional(), times: z.number().default(3) }),
  output: z.object({ reminder: text }),
  run: () => ({ reminder: "" }),
});

const made = (member: string, request: string, args: object) => {
  const field = member === "translate" ? "translation" : "reminder";
  const takes = member === "translate" ? "text" : "about";
  const tasks = [{ id: "t1", member, args: { [takes]: { ref: "input.note" }, ...args } }];
  const desk = team({
    name: "desk",
    does: "Handles notes",
    members: [translate, remind],
    planner: planner({ tasks, output: { [field]: { ref: `t1.${field}` } } }),
    guide: false,
    request: "request",
    input: z.object({ note: text, request: text }),
    output: z.object({ [field]: text }),
  });
  return planFor(desk, { note: "all is well", request }, asking);
};

describe("a planner says nothing else than the request", () => {
  test.each([
    ["language", "Translate the note into Danish", { language: "Swedish" }],
    ["maxWords", "Translate the note into Danish, in at most 40 words", { language: "Danish", maxWords: 77 }],
    ["tone", "Translate the note into Danish, in a solemn tone", { language: "Danish", tone: "plain" }],
  ])("of a %s: %s", async (argument, request, args) => {
    await expect(made("translate", request, args)).rejects.toMatchObject({
      code: "PLAN_FAILED",
      issues: [expect.objectContaining({ code: "untold-value", names: expect.objectContaining({ argument: [argument] }) })],
    });
  });

  test("of a day", async () => {
    await expect(made("remind", "Word a reminder of the note for 3 May 2027", { day: "2027-05-04" })).rejects.toMatchObject({
      issues: [expect.objectContaining({ code: "untold-value" })],
    });
  });

  test.each([
    ["Translate the note into Danish", { language: "da" }],
    ["Übersetze die Notiz ins Dänische", { language: "Danish" }],
    ["Translate the note into Danish, in forty words", { language: "Danish", maxWords: 40 }],
    ["Translate the Swedish note into Danish", { language: "Danish" }],
    ["Translate the note into Danish, twice as long as 40 words", { language: "Danish", maxWords: 80 }],
    ["Translate the note into Danish, in 40 words and 20 more", { language: "Danish", maxWords: 60 }],
    ["Translate the note into Danish, in a solemn tone", { language: "Danish", tone: "solemn" }],
  ])("in whatever form it is said: %s %j", async (request, args) => {
    expect((await made("translate", request, args)).notes.join()).not.toContain("chose");
  });
  test.each([
    ["Word a reminder of the note for 3 May 2027", { day: "2027-05-03" }],
    ["Word a reminder of the note for a week before 10 May 2027", { day: "2027-05-03" }],
  ])("nor counted from it: %s", async (request, args) => {
    await expect(made("remind", request, args)).resolves.toBeDefined();
  });
});

describe("what a planner chose is told", () => {
  test.each([
    ["translate", "Translate the note into Danish", { language: "Danish", maxWords: 77 }, "t1.maxWords: 77 is what fake:planner chose"],
    ["remind", "Word a reminder of the note for tomorrow", { day: "2027-05-04" }, 't1.day: "2027-05-04" is what fake:planner chose'],
    ["remind", "Word a reminder for 3 May 2027", { day: "2027-05-03", title: "Very urgent" }, 't1.title: "Very urgent" is what'],
  ])("%s: %s %j", async (member, request, args, note) => {
    expect((await made(member, request, args)).notes.join("\n")).toContain(note);
  });

  test.each([
    ["translate", "Translate the note into Danish", { language: "Danish", tone: "plain" }],
    ["remind", "Word a reminder for 3 May 2027", { day: "2027-05-03", title: "Note", times: 3 }],
  ])("but for labels, defaults and words of the request: %s %s %j", async (member, request, args) => {
    expect((await made(member, request, args)).notes).toEqual([]);
  });
});
