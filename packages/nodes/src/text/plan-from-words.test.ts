import { fromWords } from "@troupe/core";
import { beforeAll, expect, test } from "vitest";
import { embeddings } from "../models/model.js";

const slot = (name: string, type: string, description = "") => [name, { name, schema: { type }, description, required: true }] as const;
const card = (name: string, does: string, takes: ReturnType<typeof slot>[], gives: ReturnType<typeof slot>[]) => ({
  name,
  does,
  takes: Object.fromEntries(takes),
  gives: Object.fromEntries(gives),
  effects: false,
});
const members = [
  card(
    "book_table",
    "Reserves a table at a restaurant",
    [slot("restaurant", "string"), slot("guests", "integer")],
    [slot("confirmation", "string")],
  ),
  card("get_joke", "Tells a joke", [], [slot("joke", "string")]),
  card(
    "translate_text",
    "Translates a text into another language",
    [slot("text", "string"), slot("language", "string")],
    [slot("translation", "string")],
  ),
  card(
    "loan_payment",
    "Calculates what a loan costs a month",
    [slot("sum", "number"), slot("rate", "number"), slot("years", "integer")],
    [slot("monthly", "number")],
  ),
  card("find_song", "Finds the words of a song", [slot("title", "string")], [slot("lyrics", "string")]),
];
let embed: (texts: readonly string[]) => Promise<number[][]>;
beforeAll(async () => {
  const loaded = await embeddings("llamacpp:minilm").load();
  embed = (texts) => loaded.embedDocuments([...texts]);
});
const planned = async (request: string) => {
  const { plan } = await fromWords({ request, members, given: {}, wanted: {}, spare: [], shown: {} }, embed);
  return plan.tasks.map(({ member, args }) => [member, args]);
};

test("members are found by what is meant, where words alone find nobody", async () => {
  const request = "What are the monthly instalments for a mortgage of 9000 over 4 years at 3%?";
  const brief = { request, members, given: {}, wanted: {}, spare: [], shown: {} };
  expect((await fromWords(brief)).asked).toEqual([]);
  expect((await fromWords(brief, embed)).asked.map(({ member }) => member.name)).toEqual(["loan_payment"]);
});

test("a request is planned as it is said", async () => {
  expect(await planned("Get the lyrics of the song 'Blue Moon' and translate them into French")).toEqual([
    ["find_song", { title: "Blue Moon" }],
    ["translate_text", { text: { ref: "t1.lyrics" }, language: "French" }],
  ]);
});

test.each(["Who won the world cup in 1998?", "Restart the server", "What is the boiling point of lead?"])(
  "nobody is taken for the nearest: %s",
  async (request) => {
    expect(await planned(request)).toEqual([]);
  },
);
