import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { BaseDecisionModel, parseClassifierResponse, type Question, type State } from "@langchain/core/decisions";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import {
  asModel,
  compile,
  type DecisionKind,
  defineGraph,
  END,
  fence,
  jsonSchemaOf,
  mark,
  specialist,
  TroupeError,
  use,
} from "@troupe/core";
import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import facts from "../../../../examples/field-report/inputs/facts.json" with { type: "json" };
import { decisions, embeddings, model } from "../models/model.js";
import { alone } from "./alone.js";
import { extract } from "./extract.js";

const models = { embeddings: embeddings("llamacpp:minilm"), default: model("llamacpp:smollm2-135m") };
const note = await readFile(fileURLToPath(new URL("../../../../examples/field-report/inputs/note.txt", import.meta.url)), "utf8");

/** As tesseract.js reads the committed receipt, its misread amount included. */
const receipt = `Harbor Hardware

214 Canal Street, Portland
Receipt: 60418
Date: 17 Nov 2026
1 x Pump seal kit 18.40
2 x Hex bolt M8 3.60
1 x Silicone grease 7.95
3 x Cleaning cloth 5825
Subtotal 35.20
Tax 8% 2.82
TOTAL USD 38.02
Paid by card 38.02

Thank you for your visit
`;

const readReceipt = extract({
  name: "readReceipt",
  fields: {
    merchant: { kind: "organisation", description: "the shop" },
    date: { kind: "date", description: "date of the purchase" },
    subtotal: { kind: "amount", description: "amount before tax" },
    tax: { kind: "amount", description: "tax amount" },
    total: { kind: "amount", description: "amount to pay" },
    tip: { kind: "amount" },
    email: { kind: "email" },
  },
});

test("a receipt's facts, each with its place; null for what it does not have", async () => {
  const { places, ...found } = await alone(readReceipt, models).invoke({ text: receipt });
  expect(found).toEqual({
    merchant: facts.receipt.merchant,
    date: facts.receipt.date,
    subtotal: Number(facts.receipt.subtotal),
    tax: Number(facts.receipt.tax),
    total: Number(facts.receipt.total),
    tip: null,
    email: null,
  });
  const at = (place: { start: number; end: number } | null) => place && receipt.slice(place.start, place.end);
  expect(Object.values(places).map(at)).toEqual(["Harbor Hardware", "17 Nov 2026", "35.20", "2.82", "38.02", null, null]);
});

test("a note's facts, and nothing made up for what it does not say", async () => {
  const readNote = extract({
    fields: {
      workOrder: { description: "work order number" },
      site: { description: "site that was visited" },
      technician: { kind: "person", description: "technician on site" },
      hours: { kind: "number", description: "hours on site" },
      visitDate: { kind: "date", description: "day of the visit" },
      nextVisit: { kind: "date", description: "date of the next visit" },
      contact: { description: "phone number of the contact" },
      arrived: { kind: "time", description: "time of arrival" },
      left: { kind: "time", description: "time of leaving" },
      budget: { kind: "amount", description: "money that is left" },
      weather: { description: "what the weather was like" },
    },
  });
  const { places: _, ...found } = await alone(readNote, models).invoke({ text: note });
  const { hours, ...rest } = facts.note;
  expect(found).toEqual({ ...rest, hours: Number(hours), budget: null, weather: null });
});

test("a German receipt whose page puts labels and amounts on lines of their own, with letters misread", async () => {
  const text = `Bäckerei Sonntag GmbH\nLindenweg 4\n48149 Münster\nRoggenbrot\n4,20 A\nKaffee\n5,60 A\n2u zahlen\n9,80\nBar\n20,00\nRückgeld\n-10,20\nMwSt\nNetto\nBrutto\nA 7,00%\n0,64\n9,16\n9,80\n12.10,2026 08:14`;
  const { merchant, date, total, tax } = await alone(readReceipt, models).invoke({ text });
  expect({ merchant, date, total, tax }).toEqual({ merchant: "Bäckerei Sonntag GmbH", date: "2026-10-12", total: 9.8, tax: 0.64 });
});

test("values in running text are told apart by what their sentences mean", async () => {
  const text =
    "Hello Eva, thanks for the call. We paid the plumber 420 euros already. The new boiler would cost us 3,150 euros including work. Could you let Tom Becker know that the landlord visits on 9 May 2026? The heating season ended on 30 April 2026.";
  const { boilerPrice, visit, places } = await alone(
    extract({
      fields: {
        boilerPrice: { kind: "amount", description: "what a new boiler costs" },
        visit: { kind: "date", description: "when the landlord comes to visit" },
      },
    }),
    models,
  ).invoke({ text });
  expect({ boilerPrice, visit }).toEqual({ boilerPrice: 3150, visit: "2026-05-09" });
  expect(text.slice(places.boilerPrice!.start, places.boilerPrice!.end)).toBe("3,150");
});

/** Has a chat model that is capable answer so. */
const reading = (text: string, fields: Parameters<typeof extract>[0]["fields"], ...answers: (object | string)[]) => {
  const responses = answers.map((answer) => (typeof answer === "string" ? answer : JSON.stringify(answer)));
  const chat = asModel(new FakeListChatModel({ responses }) as any, "test:reader", { local: false, structured: "none" });
  return alone(extract({ fields }), { default: chat }).invoke({ text }) as Promise<any>;
};

test("what a capable model names among the values of a text is taken, what the text does not have is not", async () => {
  const text = "Room 12 was billed at 80.00 and room 14 at 95.00.";
  const fields = { deposit: { kind: "amount" } } as const;
  expect(await reading(text, fields, { deposit: "95.00" })).toEqual({ deposit: 95, places: { deposit: { start: 43, end: 48 } } });
  expect(await reading(text, fields, { deposit: "120.00" })).toEqual({ deposit: null, places: { deposit: null } });
  expect(await reading(text, fields, "I cannot help with that.")).toEqual({ deposit: null, places: { deposit: null } });
});

test("a capable model may name what no pattern finds, as long as the text has it", async () => {
  const text = "يشارك في الأمسية الشاعر سامر الخطيب ويحاوره فؤاد بن عمار.";
  const fields = { poet: { kind: "person", description: "the poet" } } as const;
  const start = text.indexOf("سامر");
  expect(await alone(extract({ fields })).invoke({ text })).toMatchObject({ poet: null });
  expect(await reading(text, fields, { poet: "سامر الخطيب" })).toEqual({
    poet: "سامر الخطيب",
    places: { poet: { start, end: start + "سامر الخطيب".length } },
  });
  expect(await reading(text, fields, { poet: "نزار قباني" })).toMatchObject({ poet: null });
});

test("a name that no pattern finds is one field's, the other's is another", async () => {
  const text = "يشارك في الأمسية الشاعر سامر الخطيب ويحاوره فؤاد بن عمار.";
  const fields = { poet: { kind: "person" }, host: { kind: "person" } } as const;
  expect(await reading(text, fields, { poet: "سامر الخطيب", host: "فؤاد بن عمار" })).toMatchObject({
    poet: "سامر الخطيب",
    host: "فؤاد بن عمار",
  });
  const { poet, host } = await reading(text, fields, { poet: "سامر الخطيب", host: "سامر الخطيب" });
  expect([poet, host].filter((value) => value !== null).length).toBeLessThan(2);
});

test("a capable model may name a code where nothing says that a field is one", async () => {
  const text = "The dock is PX-30992, my laptop is PX-28110.\nStatus: waiting for the supplier";
  const fields = { asset: { description: "tag of the dock" } } as const;
  expect(await reading(text, fields, { asset: "PX-30992" })).toMatchObject({ asset: "PX-30992" });
});

test("numbers that a capable model writes as such are those of the text, however the text writes them", async () => {
  const text = "Zimmer 12: 1.497,97 €, Zimmer 14: 2.097,97 €.";
  const fields = { anzahlung: { kind: "amount" } } as const;
  expect(await reading(text, fields, { anzahlung: 1.49797 })).toMatchObject({ anzahlung: 1497.97 });
  expect(await reading(text, fields, { anzahlung: 2097.97 })).toMatchObject({ anzahlung: 2097.97 });
});

test("where a capable model says that there is none, a value that is likely is not taken", async () => {
  const text = "Helper: Ann Lee";
  const fields = { driver: { kind: "person" } } as const;
  expect(await alone(extract({ fields })).invoke({ text })).toMatchObject({ driver: "Ann Lee" });
  const chat = asModel(new FakeListChatModel({ responses: ['{"driver": null}'] }) as any, "test:reader", {
    local: false,
    structured: "none",
  });
  expect(await alone(extract({ fields, engine: "model" }), { ...models, default: chat }).invoke({ text })).toMatchObject({ driver: null });
});

test("an engine that was asked for and has no model is an error, whichever it lacks", async () => {
  const text = "Helper: Ann Lee";
  const fields = { driver: { kind: "person" } } as const;
  const asking = (engine: "embeddings" | "model", bound: object) => alone(extract({ fields, engine }), { ...bound }).invoke({ text });
  await expect(asking("model", { embeddings: models.embeddings })).rejects.toMatchObject({ code: "MODEL_UNBOUND" });
  await expect(asking("model", { default: models.default })).rejects.toMatchObject({ code: "MODEL_UNBOUND" });
  await expect(asking("embeddings", {})).rejects.toMatchObject({ code: "MODEL_UNBOUND" });
  await expect(asking("model", { ...models, default: models.embeddings })).rejects.toMatchObject({ code: "MODEL_KIND" });
});

test("an engine that was asked for and may not see what is private is an error", async () => {
  const chat = asModel(new FakeListChatModel({ responses: ['{"driver": "Ann Lee"}'] }) as any, "test:away", { local: false });
  const secret = specialist({
    name: "secret",
    does: "Gives what is private",
    input: z.object({ ask: z.string() }),
    output: z.object({ text: mark.private(z.string()) }),
    run: () => ({ text: "Helper: Ann Lee" }),
  });
  const read = extract({ fields: { driver: { kind: "person" } }, engine: "model" });
  const app = compile(
    defineGraph({
      name: "read-secret",
      state: { ask: z.string(), text: z.string(), driver: z.string().nullable(), places: z.any() },
      input: ["ask"],
      output: ["driver"],
      nodes: { secret: use(secret), read: use(read) },
      start: "secret",
      edges: { secret: "read", read: END },
    }),
    { models: { ...models, default: chat } },
  );
  await expect(app.invoke({ ask: "now" })).rejects.toMatchObject({ code: "PRIVATE_DATA" });
});

test.each([
  ["of this machine is shown examples before the text", true, Number.POSITIVE_INFINITY, [5]],
  ["elsewhere is not", false, Number.POSITIVE_INFINITY, [1]],
  ["with no room for them is asked without", true, 3000, [5, 1]],
])("a chat model %s", async (_, local, room, texts) => {
  const asked: string[] = [];
  class Reads extends FakeListChatModel {
    override async *_streamResponseChunks(...[messages, ...rest]: Parameters<FakeListChatModel["_streamResponseChunks"]>) {
      const prompt = messages.map(({ text }) => text).join("\n");
      asked.push(prompt);
      if (prompt.length > room) throw new TroupeError("PROMPT_TOO_LONG", "The prompt is too long");
      yield* super._streamResponseChunks(messages, ...rest);
    }
  }
  const chat = asModel(new Reads({ responses: ['{"deposit": "95.00"}'] }) as any, "test:reads", { local, memory: 2e9, structured: "none" });
  const text = "Room 12 was billed at 80.00 and room 14 at 95.00.";
  const app = alone(extract({ fields: { deposit: { kind: "amount" } } }), { default: chat });
  expect(await app.invoke({ text })).toMatchObject({ deposit: 95 });
  expect(asked.map((prompt) => prompt.split("Fields:").length - 1)).toEqual(texts);
  for (const prompt of asked) expect(prompt.endsWith(fence(text))).toBe(true);
});

test("one value that a model names for two fields is one field's", async () => {
  const text = "It was 80.00 with 5.00 for the boy, 85.00 in all.";
  const fields = { total: { kind: "amount" }, rent: { kind: "amount" } } as const;
  const { total, rent } = await reading(text, fields, { total: "85.00", rent: "85.00" });
  expect([total, rent].filter((value) => value !== null)).toEqual([85]);
});

test("what was paid or taken off has no sign, whatever its column shows", async () => {
  const text = "Visit 142.00\nInsurance paid -$88.60\nYou owe 53.40";
  const fields = { insurancePaid: { kind: "amount", description: "what the insurance paid" } } as const;
  expect(await alone(extract({ fields })).invoke({ text })).toMatchObject({ insurancePaid: 88.6 });
});

/** Finds each field's option that begins so as likely as told, and shares out the rest. */
class Chooses extends BaseDecisionModel {
  lc_namespace = ["troupe", "test"];
  readonly asked: { state: State; questions: Record<string, Question> }[] = [];
  constructor(
    private readonly begins: string,
    private readonly likely = 0.9,
  ) {
    super({ model: "chooses" });
  }
  get _provider() {
    return "test";
  }
  async _classify(state: State, questions: Record<string, Question>) {
    this.asked.push({ state, questions });
    const answers = Object.entries(questions).map(([id, question]) => {
      const options = Object.keys((question as any).criteria);
      const rest = (1 - this.likely) / (options.length - 1);
      const probabilities = Object.fromEntries(options.map((one) => [one, one.startsWith(this.begins) ? this.likely : rest]));
      return [id, { type: "choice", choice: options[0], probabilities, confidence: 0.5 }];
    });
    return parseClassifierResponse({ model: this.model, answers: Object.fromEntries(answers) });
  }
}

const trade = "Geir Solbakken was here for plumber Ole, and Kari Holm paid. The plumbers left.";

test("a decision model chooses among the values of a field that nothing settles, and the ledger says who settled which", async () => {
  const text = `Total 12.50 EUR\n${trade}`;
  const fields = { total: { kind: "amount" }, plumber: { kind: "person", description: "who does the work" } } as const;
  const chosen = async (begins: string, likely?: number) => {
    const chooses = new Chooses(begins, likely);
    const app = alone(extract({ fields }), { decisions: asModel(chooses, "test:chooses", { decides: ["fields"] }) });
    const { total, plumber } = await app.invoke({ text }, { thread: "one" });
    return { total, plumber, asked: chooses.asked, engine: (await app.ledger("one")).lines[0]!.engine };
  };
  const { asked, ...found } = await chosen("Geir Solbakken", 0.99);
  expect(found).toEqual({ total: 12.5, plumber: "Geir Solbakken", engine: "patterns (total) + test:chooses (plumber)" });
  expect(asked).toEqual([
    {
      state: `Text: ${text}`,
      questions: { plumber: expect.objectContaining({ type: "choice", instructions: "Which person is `plumber` (who does the work)?" }) },
    },
  ]);
  expect(Object.keys((asked[0]!.questions.plumber as any).criteria)).toEqual(
    expect.arrayContaining(["Geir Solbakken (_ was here for)", "none of these"]),
  );
  expect(await chosen("Geir Solbakken", 0.3)).toMatchObject({ plumber: null });
});

test.each([
  ["of this machine", true, "Geir Solbakken"],
  ["elsewhere", false, null],
])("what a chat model %s leaves open, the decision model is asked, or not", async (_, local, found) => {
  const chat = asModel(new FakeListChatModel({ responses: ['{"plumber": "somebody"}'] }) as any, "test:reads", {
    local,
    memory: 2e9,
    structured: "none",
  });
  const decisions = asModel(new Chooses("Geir Solbakken", 0.99), "test:chooses", { decides: ["fields"] });
  const app = alone(extract({ fields: { plumber: { kind: "person", description: "who does the work" } } }), { default: chat, decisions });
  expect(await app.invoke({ text: trade })).toMatchObject({ plumber: found });
});

test("a decision model that was measured for other questions is not asked, nor one of a text that is too long for it", async () => {
  const asking = async (text: string, decides: readonly DecisionKind[]) => {
    const chooses = new Chooses("Geir");
    await alone(extract({ fields: { plumber: { kind: "person" } } }), { decisions: asModel(chooses, "test:chooses", { decides }) }).invoke({
      text,
    });
    return chooses.asked.length;
  };
  expect(await asking(trade, ["wiring"])).toBe(0);
  expect(await asking(trade, ["wiring", "fields"])).toBe(1);
  expect(await asking(`${trade}\n${"It rained. ".repeat(400)}`, ["fields"])).toBe(0);
});

test("no model is asked where patterns settle all fields, or no value could be one", async () => {
  const chooses = new Chooses("12");
  const app = alone(extract({ fields: { total: { kind: "amount" }, email: { kind: "email" } } }), {
    decisions: asModel(chooses, "test:chooses", { decides: ["fields"] }),
  });
  expect(await app.invoke({ text: "Total 12.50 EUR" })).toMatchObject({ total: 12.5, email: null });
  expect(chooses.asked).toEqual([]);
});

test("the tuned weights choose what the dog costs, and leave what they are not sure of", async () => {
  const text =
    "Thanks for the call. The deposit of 150 euros is in. The rest, 420 euros, is due on arrival, and the dog costs 12 euros a night.";
  const fields = { dogFee: { kind: "amount", description: "what is charged for the dog" }, cleaning: { kind: "amount" } } as const;
  expect(await alone(extract({ fields, engine: "patterns" })).invoke({ text })).toMatchObject({ dogFee: null, cleaning: null });
  const app = alone(extract({ fields }), { decisions: decisions("llamacpp:smollm2-135m+decisions") });
  expect(await app.invoke({ text }, { thread: "one" })).toMatchObject({ dogFee: 12, cleaning: null });
  expect((await app.ledger("one")).lines[0]!.engine).toBe("patterns + llamacpp:smollm2-135m+decisions (dogFee)");
}, 300_000);

test("an empty text has no facts", async () => {
  const { places, ...found } = await alone(readReceipt).invoke({ text: "" });
  expect(Object.values({ ...found, ...places }).every((value) => value === null)).toBe(true);
});

test("what comes out is known to the type checker and to JSON Schema", () => {
  const app = alone(readReceipt);
  type Found = Awaited<ReturnType<typeof app.invoke>>;
  expectTypeOf<Found["total"]>().toEqualTypeOf<number | null>();
  expectTypeOf<Found["date"]>().toEqualTypeOf<string | null>();
  expectTypeOf<keyof Found["places"]>().toEqualTypeOf<"merchant" | "date" | "subtotal" | "tax" | "total" | "tip" | "email">();
  const schema = jsonSchemaOf(readReceipt.output, "output");
  expect(Object.keys(schema.properties!)).toEqual([...["merchant", "date", "subtotal", "tax", "total", "tip", "email"], "places"]);
  expect(schema.properties!.total).toMatchObject({ type: ["number", "null"], description: "amount to pay" });
});

test("fields that cannot be are refused where they are declared", () => {
  expect(() => extract({ fields: {} })).toThrow(expect.objectContaining({ code: "FIELDS_INVALID" }));
  expect(() => extract({ fields: { places: {} } })).toThrow(expect.objectContaining({ code: "FIELDS_INVALID" }));
  expect(() => extract({ fields: { when: { kind: "moment" as any } } })).toThrow(expect.objectContaining({ code: "FIELDS_INVALID" }));
});

test("a long text is searched at both ends, and none keeps the search from ending", async () => {
  const app = alone(
    extract({
      engine: "patterns",
      fields: {
        total: { kind: "amount" },
        tax: { kind: "amount" },
        date: { kind: "date" },
        email: { kind: "email" },
        shop: { kind: "organisation" },
      },
    }),
  );
  const filler = "1 x Bolt 3.60\n".repeat(70_000);
  const { total, date, places } = await app.invoke({ text: `Date: 17 Nov 2026\n${filler}TOTAL USD 38.02\n` });
  expect([total, date]).toEqual([38.02, "2026-11-17"]);
  expect(places.total!.start).toBe(18 + filler.length + 10);
  for (const one of ["a", " ", "a-", "$1.00 "]) await app.invoke({ text: one.repeat(5e5 / one.length) });
});
