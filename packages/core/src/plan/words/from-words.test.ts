import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refsOf } from "../../graph/plan.js";
import type { JsonSchema } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import type { Slot } from "../slot.js";
import { fromWords } from "./from-words.js";

const slots = (all: Readonly<Record<string, JsonSchema>>): Record<string, Slot> =>
  Object.fromEntries(
    Object.entries(all).map(([name, schema]) => [
      name,
      { name, schema, required: !name.endsWith("?"), description: String(schema.description ?? "") },
    ]),
  );
const card = (
  name: string,
  does: string,
  takes: Readonly<Record<string, JsonSchema>>,
  gives: Readonly<Record<string, JsonSchema>>,
  effects = false,
): Card => ({
  name,
  does,
  takes: slots(takes),
  gives: slots(gives),
  effects,
});
const text: JsonSchema = { type: "string" };
const number: JsonSchema = { type: "number" };
const members = [
  card("summarize", "Sums a text up", { text }, { summary: text }),
  card(
    "translate",
    "Translates a text into another language",
    { text, to: { type: "string", description: "ISO 639-1 code" } },
    { translated: text },
  ),
  card("sendMail", "Sends an email", { to: { type: "string", description: "address" }, body: text }, { messageId: text }, true),
  card("weather_forecast", "Weather forecast for a city", { city: text, days: { type: "integer" } }, { forecast: text }),
  card(
    "convert_currency",
    "Converts an amount into another currency",
    { amount: number, from: { type: "string", description: "ISO 4217 code" }, to: { type: "string", description: "ISO 4217 code" } },
    { converted_amount: number },
  ),
  card("calculate_tip", "Calculates the tip for a bill", { bill_total: number, tip_percentage: number }, { tip_amount: number }),
  card("search_products", "Searches for products by name", { query: text }, { product_id: text, title: text }),
  card("product_reviews", "Fetches the reviews of a product", { product_id: text }, { reviews: { type: "array", items: text } }),
  card("product_offers", "Fetches the offers for a product", { product_id: text }, { offers: { type: "array", items: text } }),
];
const leftOutOf = async (request: string): Promise<string[]> =>
  (await fromWords(briefOf(request))).notes.flatMap((note) => /^"(.*)": no member does this/.exec(note)?.[1] ?? []);
const briefOf = (request: string, given: Readonly<Record<string, JsonSchema>> = {}): Brief => ({
  request,
  members,
  given: slots(given),
  wanted: {},
  spare: [],
  shown: {},
});
const planOf = async (request: string, given?: Readonly<Record<string, JsonSchema>>) => {
  const { plan, open } = await fromWords(briefOf(request, given));
  return {
    tasks: plan.tasks.map(({ member, args }) => [member, args]),
    output: plan.output,
    open: open.map(({ member, argument }) => `${member}.${argument}`),
  };
};

describe("a plan from words alone", () => {
  it("gives each part its member, and takes literals from the request", async () => {
    expect(
      await planOf("Convert 250 Swiss francs to euros, and tell me the weather forecast for Lisbon for the next three days"),
    ).toMatchObject({
      tasks: [
        ["convert_currency", { amount: 250, from: "CHF", to: "EUR" }],
        ["weather_forecast", { city: "Lisbon", days: 3 }],
      ],
      open: [],
    });
  });

  it("wires what points back at what was made before", async () => {
    expect(await planOf("Sum the note up, then translate the summary into Italian", { note: text })).toMatchObject({
      tasks: [
        ["summarize", { text: { ref: "input.note" } }],
        ["translate", { text: { ref: "t1.summary" }, to: "it" }],
      ],
      output: { translated: { ref: "t2.translated" } },
    });
    expect(
      (await planOf("Calculate the tip for a bill of $50 with a tip percentage of 18%, then convert the tip amount from dollars to euros"))
        .tasks,
    ).toEqual([
      ["calculate_tip", { bill_total: 50, tip_percentage: 18 }],
      ["convert_currency", { amount: { ref: "t1.tip_amount" }, from: "USD", to: "EUR" }],
    ]);
  });

  it.each([
    ["Fasse die Notiz zusammen und übersetze die Zusammenfassung ins Spanische", "es"],
    ["Resume la nota y traduce el resumen al inglés", "en"],
  ])("in German and Spanish: %s", async (request, to) => {
    expect((await planOf(request, { note: text })).tasks).toEqual([
      ["summarize", { text: { ref: "input.note" } }],
      ["translate", { text: { ref: "t1.summary" }, to }],
    ]);
  });

  it("adds who looks an id up, once for all that need it", async () => {
    expect((await planOf("Fetch the product reviews and the product offers for the Dyson Airwrap")).tasks).toEqual([
      ["search_products", { query: "Dyson Airwrap" }],
      ["product_reviews", { product_id: { ref: "t1.product_id" } }],
      ["product_offers", { product_id: { ref: "t1.product_id" } }],
    ]);
  });

  it.each(["Draw a bar chart", "Which films are on tonight?", "Zeichne ein Diagramm", "", "…"])(
    "asks nobody where nobody does it: %s",
    async (request) => {
      expect((await fromWords(briefOf(request))).asked).toEqual([]);
    },
  );

  it.each([
    "Sum the note up, but don't send an email",
    "Sum the note up without sending an email",
    "Fasse die Notiz zusammen, ohne sie zu verschicken",
  ])("what is forbidden is not done: %s", async (request) => {
    expect((await planOf(request, { note: text })).tasks.map(([member]) => member)).toEqual(["summarize"]);
  });

  it("what acts on the world and is forbidden anywhere is done nowhere", async () => {
    const { asked } = await fromWords(
      briefOf("Send an email to mara@lab.example saying 'See you'. On second thoughts, do not send an email."),
    );
    expect(asked).toEqual([]);
  });

  it("what acts on the world is given nothing on a guess, and gives nothing to others", async () => {
    const { open } = await planOf("Send an email to mara@lab.example");
    expect(open).toEqual(["sendMail.body"]);
    const sent = await planOf("Send an email to mara@lab.example saying 'See you at eight', then translate it into Greek");
    expect(sent.tasks[0]).toEqual(["sendMail", { to: "mara@lab.example", body: "See you at eight" }]);
    expect(JSON.stringify(sent.tasks[1])).not.toContain("messageId");
  });

  it("an argument that the request leaves out is open, and not invented", async () => {
    expect((await planOf("Convert 40 euros")).open).toEqual(expect.arrayContaining(["convert_currency.to"]));
  });

  it("whatever is asked, every ref leads to an earlier task, and nothing is wrong but what is said to be open", async () => {
    const piece = fc.constantFrom(
      ...[
        "translate it",
        "the summary",
        "sum the note up",
        "send an email",
        "to a@b.cc",
        "into Greek",
        "and",
        "then",
        "don't",
        "convert 5 euros",
        "to dollars",
      ],
      ...[
        "product reviews",
        "for the Dyson",
        "weather in Rome",
        "for 3 days",
        ",",
        ".",
        "?",
        "'",
        "die Notiz",
        "el resumen",
        "the converted amount",
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 14 }), fc.boolean(), async (words, note) => {
        const brief = briefOf(words.join(" "), note ? { note: text } : {});
        const { plan, open } = await fromWords(brief);
        const before = new Set<string>();
        for (const { id, args } of plan.tasks) {
          for (const ref of Object.values(args).flatMap(refsOf))
            expect(ref.startsWith("input.") || before.has(ref.split(".")[0]!)).toBe(true);
          before.add(id);
        }
        const wrong = checkPlan(plan, brief).filter(({ code }) => code !== "unused-input");
        expect(wrong.map(({ code }) => code).filter((code) => code !== "missing-argument")).toEqual([]);
        expect(wrong.length).toBe(open.filter(({ guess }) => guess === undefined).length);
      }),
      { numRuns: 300 },
    );
  });
});

describe("an embedding model that answers amiss breaks no plan", () => {
  it.each([
    ["no vectors", async () => []],
    ["fewer than were asked for", async () => [[1, 0]]],
    ["vectors of unlike lengths", async (texts: readonly string[]) => texts.map((_, i) => Array.from({ length: 1 + (i % 3) }, () => 1))],
    ["what is no number", async (texts: readonly string[]) => texts.map(() => [Number.NaN])],
  ])("%s", async (_, embed) => {
    const { plan } = await fromWords(briefOf("Sum the memo up and do not send an email"), embed);
    expect(Array.isArray(plan.tasks)).toBe(true);
  });
});

describe("a part that no member does is not passed over in silence", () => {
  it.each([
    ["Convert 50 dollars to euros and paint the shop green", ["paint the shop green"]],
    ["Paint the shop green. Then convert 50 dollars to euros.", ["Paint the shop green"]],
    [
      "Calculate the tip for a bill of 50 with a percentage of 18%, then water the flowers, then convert it from dollars to euros",
      ["water the flowers"],
    ],
    ["Rechne 50 Dollar in Euro um und dann streiche den Zaun", ["streiche den Zaun"]],
  ])("%s", async (request, parts) => expect(await leftOutOf(request)).toEqual(parts));

  it.each([
    "Convert 50 dollars to euros",
    "Calculate the tip for a bill of 50, with a tip percentage of 18",
    "Get the weather forecast for Lima, for 3 days",
    "Search for products named 'Airwarp' and fetch their reviews and offers",
    "Convert 50 dollars to euros, but do not send an email",
  ])("nothing is said where all is done: %s", async (request) => expect(await leftOutOf(request)).toEqual([]));
});
