import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../specialist/specialist.js";
import { alone } from "./alone.fixture.js";
import { planFor, team } from "./team.js";

const text = z.string();
const summarize = specialist({
  name: "summarize",
  does: "Summarizes a text",
  input: z.object({ text }),
  output: z.object({ summary: text }),
  run: () => ({ summary: "" }),
});
const translate = specialist({
  name: "translate",
  does: "Translates a text into a language",
  input: z.object({ text, language: text }),
  output: z.object({ translation: text }),
  run: () => ({ translation: "" }),
});
const mail = specialist({
  name: "mail",
  does: "Sends a mail to an address",
  effects: true,
  input: z.object({ to: text.describe("mail address"), body: text }),
  output: z.object({ sent: z.boolean() }),
  run: () => ({ sent: true }),
});
const book = specialist({
  name: "bookRoom",
  does: "Books a room for a day",
  effects: true,
  input: z.object({ note: text }),
  output: z.object({ booking: text }),
  run: () => ({ booking: "" }),
});
/** Who is at work, and what is given to them. */
const planned = async (does: string, request: string, members: Parameters<typeof team>[0]["members"], output: z.ZodObject) => {
  const desk = team({ name: "desk", does, request: "request", members, input: z.object({ note: text, request: text }), output });
  const { plan } = await planFor(desk, { note: "Hello", request }, alone);
  return plan.tasks.map(({ member, args }) => ({ member, ...args }));
};

const purposes = [
  "Works on notes",
  "Desk",
  "Office assistant",
  "Takes care of incoming notes",
  "Summarizes texts, translates texts and sends mails",
  "Answers questions about notes, if there are any",
];

test.each(purposes)("what a team is for holds nobody back and asks for nothing beside the request: %s", async (does) => {
  const members = [summarize, translate, mail];
  const output = z.object({ summary: text });
  expect(await planned(does, "Mail the summary of the note to ann@example.com", members, output)).toMatchObject([
    { member: "summarize" },
    { member: "mail", to: "ann@example.com" },
  ]);
  expect(await planned(does, "Could you summarize the note?", members, output)).toMatchObject([{ member: "summarize" }]);
  const asked = await planned(does, "Could you mail the summary of the note to ann@example.com?", members, output);
  expect(asked.map(({ member }) => member)).toEqual(["summarize", "mail"]);
});

test("what a team is for says values that the request leaves open, and what to do where that speaks of nobody", async () => {
  const output = z.object({ translation: text });
  const into = (request: string) => planned("Translates notes into Danish", request, [summarize, translate], output);
  expect(await into("Translate the note")).toMatchObject([{ member: "translate", language: "Danish" }]);
  expect(await into("Be quick, please")).toMatchObject([{ member: "translate", language: "Danish" }]);
  expect(await into("Translate the note into Finnish")).toMatchObject([{ member: "translate", language: "Finnish" }]);
});

test("nobody acts since that is what the team is for, where the request asks for something else", async () => {
  const output = z.object({ booking: text });
  await expect(planned("Books a room for each note", "Bake a cake", [book], output)).rejects.toMatchObject({ code: "PLAN_UNSURE" });
});
