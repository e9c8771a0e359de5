import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../../specialist/specialist.js";
import { alone } from "../alone.fixture.js";
import { planFor, team } from "../team.js";

const text = z.string();
const of = (name: string, does: string, input: z.ZodObject, effects = false) =>
  specialist({
    name,
    does,
    ...(effects ? { effects } : {}),
    input,
    output: z.object({ answer: text }),
    run: () => ({ answer: "" }),
  });
const weather = of("weather", "Forecasts the weather of a place", z.object({ place: text, day: z.iso.date().optional() }));
const book = of("bookRoom", "Books a meeting room", z.object({ room: text, people: z.int(), day: z.iso.date().optional() }), true);
const alerts = of("alerts", "Lists weather alerts of a place", z.object({ place: text }));

const planned = (request: string, members = [weather], input = {}) =>
  planFor(
    team({
      name: "desk",
      does: "Desk",
      members,
      request: "request",
      input: z.object({ request: text, ...input }),
      output: z.looseObject({}),
    }),
    { request, ...Object.fromEntries(Object.keys(input).map((name) => [name, "Lima"])) },
    alone,
  );

test.each([
  ["What is the weather in Lima tomorrow?", "tomorrow"],
  ["What is the weather in Lima on Monday?", "Monday"],
  ["What is the weather in Lima on 3/4/2027?", "3/4/2027"],
])("a day that nobody takes and somebody could makes a plan from words a guess, and is named: %s", async (request, said) => {
  const { guesses, notes } = await planned(request);
  expect(guesses).toEqual(["weather.day"]);
  expect(notes.join()).toContain(`no task takes the "${said}" that is said, though weather.day could`);
});

test("so does one beside an input", async () => {
  const { guesses, notes } = await planned("Forecast the weather of the place tomorrow", [weather], { place: text });
  expect(guesses).not.toEqual([]);
  expect(notes.join()).toContain('"tomorrow"');
});

test.each(["What is the weather in Lima?", "What is the weather in Lima, not tomorrow's?"])(
  "what is taken, or denied, does not: %s",
  async (request) => {
    expect((await planned(request)).guesses ?? []).toEqual([]);
  },
);

test("what nobody at work could take does not", async () => {
  expect((await planned("List the alerts of Lima for tomorrow", [alerts])).guesses ?? []).toEqual([]);
});

test.each([
  ["Book room 12 for 8 people tomorrow", '"tomorrow"'],
  ["Book room 12 for 8 to 10 people", '"10"'],
])("nobody acts on the world without what is said for it: %s", async (request, said) => {
  await expect(planned(request, [book])).rejects.toMatchObject({ code: "PLAN_UNSURE", message: expect.stringContaining(said) });
  await expect(planned("Book room 12 for 8 people", [book])).resolves.toMatchObject({ plan: { tasks: [{ member: "bookRoom" }] } });
});
