import { expect, test, vi } from "vitest";
import type { JsonSchema } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import { charactersRead } from "../characters-read.fixture.js";
import type { Slot } from "../slot.js";
import * as grounded from "../words/literals/grounded.js";
import * as beyonds from "./beyond.js";
import * as concepts from "./concepts.js";
import { derive } from "./derive.js";
import * as words from "./words.js";

vi.mock("../words/literals/grounded.js", { spy: true });
vi.mock("./beyond.js", { spy: true });
vi.mock("./concepts.js", { spy: true });
vi.mock("./words.js", { spy: true });

const slot = (name: string, schema: JsonSchema = {}): Slot => ({ name, schema, required: true, description: "" });
const verbs = ["weigh", "rinse", "peel", "slice", "roast", "season", "plate", "taste", "cover", "cool", "freeze", "label"];

/** How often a derivation for so many members that say no type compares names, and looks for a value in a part of the request, and in all of it. */
async function work(members: number, more = "") {
  vi.clearAllMocks();
  const team = verbs.slice(0, members).map(
    (verb): Card => ({
      name: verb,
      does: `Does ${verb} what is on the tray`,
      takes: { [`${verb}Tool`]: slot(`${verb}Tool`), [`${verb}Language`]: slot(`${verb}Language`, { type: "string" }) },
      gives: { [`${verb}Result`]: slot(`${verb}Result`) },
      effects: false,
    }),
  );
  const request = `Weigh what is on the tray, rinse the weighed tray in French, then peel the result${more}`;
  const brief: Brief = { request, members: team, given: { dish: slot("dish") }, wanted: { meal: slot("meal") }, spare: [], shown: {} };
  await derive(brief);
  const calls = vi.mocked(grounded.groundedFor).mock.calls;
  const parts = calls.filter(([, text]) => text !== request);
  return {
    compared: vi.mocked(words.alike).mock.calls.length,
    understood: vi.mocked(concepts.conceptsOf).mock.calls.filter(([text]) => text === team[0]!.does).length,
    beyond: vi.mocked(beyonds.beyond).mock.calls.length,
    looked: parts.length,
    whole: calls.length - parts.length,
    twice: parts.length - new Set(parts.map(([{ name }, text]) => `${name} in ${text}`)).size,
  };
}

test("looks for an argument in each part of a request once, and compares names pair by pair, however many members there are", async () => {
  const [few, many] = [await work(6), await work(12)];
  expect(few.looked).toBeGreaterThan(0);
  expect([few.twice, many.twice]).toEqual([0, 0]);
  expect(many.compared / few.compared).toBeLessThanOrEqual(4);
});

test("takes what a member does apart as often however many others there are", async () => {
  const [few, many] = [await work(6), await work(12)];
  expect(many.understood).toBe(few.understood);
});

test("looks for an argument in the whole request a few times, however many values that says", async () => {
  const [few, many] = [await work(4, " at 90 degrees"), await work(4, " at 90, 80, 70, 60, 50 and 40 degrees")];
  expect(many.whole).toBe(few.whole);
  expect(many.whole).toBeLessThanOrEqual(3 * 8);
});

test("works out once what nobody in a team does", async () => {
  expect((await work(4)).beyond).toBe(1);
});

test("looks a few words back from each language that a request names, and not through all before it", async () => {
  const brief = { members: [], given: {}, wanted: {}, spare: [], shown: {} };
  const read = (times: number) => charactersRead(() => beyonds.beyond({ ...brief, request: "Put it into French. ".repeat(times) }));
  await read(1);
  expect((await read(80)) / (await read(20))).toBeLessThan(5);
});
