import type { BaseMessageLike } from "@langchain/core/messages";
import { asModel, type ChatModel, type JsonSchema, specialist } from "@troupe/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { embeddings, model } from "../models/model.js";
import { alone } from "../text/alone.js";
import { calls } from "./calls.js";

const minilm = embeddings("llamacpp:minilm");
const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): JsonSchema => ({
  type: "object",
  properties,
  required,
});
const ferry = {
  name: "book_ferry",
  description: "Books places on a ferry between two harbours",
  parameters: object(
    {
      from: { type: "string", description: "Harbour of departure" },
      to: { type: "string", description: "Harbour of arrival" },
      passengers: { type: "integer", description: "How many travel" },
    },
    ["from", "to", "passengers"],
  ),
};
const tides = {
  name: "tide_table",
  description: "Tells when high and low water are at a harbour",
  parameters: object({ harbour: { type: "string", description: "The harbour" } }),
};
const paint = {
  name: "mix_paint",
  description: "Mixes a colour of wall paint",
  parameters: object({ colour: { type: "string" }, litres: { type: "number" } }),
};

/** A chat model that gives these answers in turn, and keeps what it was asked. */
function scripted(answers: readonly unknown[]) {
  const asked: { messages: readonly BaseMessageLike[]; schema: JsonSchema }[] = [];
  const stream = async (messages: readonly BaseMessageLike[], options: any) => {
    const answer = answers[asked.push({ messages, schema: options.response_format.json_schema.schema }) - 1];
    return (async function* () {
      yield { text: JSON.stringify(answer ?? []) };
    })();
  };
  return { asked, chat: asModel({ stream } as never, "scripted:calls", { structured: "grammar" }) as ChatModel };
}

describe("calls", () => {
  test("the function that a request is like is the only one the model is told of, as it learnt to read it", async () => {
    const { asked, chat } = scripted([[{ name: "tide_table", arguments: { harbour: "Husum" } }]]);
    const app = alone(calls({ functions: [ferry, paint, tides] }), { calls: chat, embeddings: minilm });
    expect(await app.invoke({ request: "When is high water in Husum?" })).toEqual({
      calls: [{ name: "tide_table", arguments: { harbour: "Husum" }, guesses: [] }],
      missing: [],
      unused: [],
    });
    expect(asked[0]!.messages).toEqual([
      [
        "system",
        'Choose the functions that fulfil the request and take their arguments from it. Answer with a JSON array of calls, each {"name": ..., "arguments": {...}}; answer [] if no function fits.\n\nFunctions:\n\ntide_table: Tells when high and low water are at a harbour\n- harbour (string): The harbour',
      ],
      ["user", "When is high water in Husum?"],
    ]);
  });

  test("nothing is called, and no model asked, where a request is like no function", async () => {
    const { asked, chat } = scripted([]);
    const app = alone(calls({ functions: [ferry, paint, tides] }), { calls: chat, embeddings: minilm });
    expect(await app.invoke({ request: "Who wrote the opera Tosca?" })).toEqual({ calls: [], missing: [], unused: [] });
    expect(asked).toEqual([]);
  });

  test("what a request says is not to be is not called, and what is not to be forgotten is", async () => {
    const answers = [[{ name: "book_ferry", arguments: { from: "Rostock", to: "Gedser", passengers: 3 } }]];
    const app = () => alone(calls({ functions: [ferry, paint, tides] }), { calls: scripted(answers).chat, embeddings: minilm });
    const trip = "book a ferry from Rostock to Gedser for 3 passengers";
    for (const request of [`Don't ${trip}`, `Please do not ${trip}.`, `I don't want to ${trip}`])
      expect(await app().invoke({ request })).toEqual({ calls: [], missing: [], unused: [] });
    const report = { name: "report", parameters: object({ what: { type: "string" } }) };
    const broken = scripted([[{ name: "report", arguments: { what: "The heating does not work" } }]]);
    const told = alone(calls({ functions: [report] }), { calls: broken.chat });
    expect((await told.invoke({ request: "The heating does not work" })).calls).toHaveLength(1);
    const bare = scripted(answers);
    await alone(calls({ functions: [ferry] }), { calls: bare.chat }).invoke({ request: `Don't ${trip}` });
    expect(bare.asked).toEqual([]);
    expect((await app().invoke({ request: `Don't forget to ${trip}` })).calls).toHaveLength(1);
    const { asked, chat } = scripted([[{ name: "tide_table", arguments: { harbour: "Husum" } }]]);
    const request = `When is high water at the harbour of Husum? Do not ${trip}.`;
    const made = await alone(calls({ functions: [ferry, paint, tides] }), { calls: chat, embeddings: minilm }).invoke({ request });
    expect(made.calls.map(({ name }) => name)).toEqual(["tide_table"]);
    expect(JSON.stringify(asked)).not.toContain("book_ferry");
  });

  test("a required argument that is not said is asked for by name, or is a guess where these are allowed", async () => {
    const request = "Book a ferry from Rostock to Gedser for the three of us";
    const written = [{ name: "book_ferry", arguments: { from: "Rostock", to: "Trelleborg", passengers: 3 } }];
    const ask = alone(calls({ functions: [ferry] }), { calls: scripted([written]).chat, embeddings: minilm });
    expect(await ask.invoke({ request })).toEqual({ calls: [], missing: [{ name: "book_ferry", arguments: ["to"] }], unused: [] });
    const twice = scripted([written, written]).chat;
    const guess = alone(calls({ functions: [ferry], unsure: "guess" }), { calls: twice, embeddings: minilm });
    expect(await guess.invoke({ request })).toEqual({
      calls: [{ ...written[0], guesses: ["to"] }],
      missing: [],
      unused: [],
    });
  });

  test("a guess is held to nothing that the request says, and what it says stands", async () => {
    const properties = { start_velocity: { type: "number" }, height: { type: "number" }, gravity: { type: "number", default: 9.8 } };
    const fall = { name: "final_speed", parameters: object(properties, ["start_velocity", "height"]) };
    const { asked, chat } = scripted([
      [{ name: "final_speed", arguments: { start_velocity: 100, height: 100 } }],
      [{ name: "final_speed", arguments: { start_velocity: 0, height: 100 } }],
    ]);
    const request = "How fast is a stone at last that was dropped from a height of 100 m?";
    expect(await alone(calls({ functions: [fall], unsure: "guess" }), { calls: chat }).invoke({ request })).toEqual({
      calls: [{ name: "final_speed", arguments: { start_velocity: 0, height: 100 }, guesses: ["start_velocity"] }],
      missing: [],
      unused: [],
    });
    const [held, free] = asked.map(({ schema }) => (schema as any).items.properties.arguments.properties);
    expect(held.start_velocity).toEqual({ enum: [100] });
    expect(free).toEqual({ start_velocity: { type: "number" }, height: { const: 100 } });
  });

  test("what is guessed may refer to definitions of its function, itself among them", async () => {
    const part = {
      type: "object",
      properties: { title: { type: "string" }, parts: { type: "array", items: { $ref: "#/$defs/part" } } },
      required: ["title"],
    };
    const shelve: JsonSchema = { ...object({ shelf: { type: "string" }, book: { $ref: "#/$defs/part" } }), $defs: { part } };
    const guessed = { shelf: "Poetry", book: { title: "Odes", parts: [{ title: "One" }] } };
    const { chat } = scripted([[{ name: "shelve", arguments: guessed }], [{ name: "shelve", arguments: guessed }]]);
    const app = alone(calls({ functions: [{ name: "shelve", parameters: shelve }], unsure: "guess" }), { calls: chat });
    expect((await app.invoke({ request: "Put it on the shelf Poetry" })).calls).toEqual([
      { name: "shelve", arguments: guessed, guesses: ["book"] },
    ]);
  });

  test("a number that is not said is asked for without asking the model", async () => {
    const { asked, chat } = scripted([]);
    const app = alone(calls({ functions: [ferry] }), { calls: chat, embeddings: minilm });
    expect((await app.invoke({ request: "Book us a ferry from Rostock to Gedser" })).missing).toEqual([
      { name: "book_ferry", arguments: ["passengers"] },
    ]);
    expect(asked).toEqual([]);
  });

  test("a number that is not said is not asked for where it has a default or may be null", async () => {
    const functions = [
      {
        name: "tide_table",
        parameters: object({ harbour: { type: "string" }, days: { type: "integer", default: 3 }, year: { type: ["integer", "null"] } }),
      },
    ];
    const { chat } = scripted([[{ name: "tide_table", arguments: { harbour: "Husum", days: 5, year: 2020 } }]]);
    expect(await alone(calls({ functions }), { calls: chat }).invoke({ request: "When is high water in Husum?" })).toEqual({
      calls: [{ name: "tide_table", arguments: { harbour: "Husum", days: 3, year: null }, guesses: [] }],
      missing: [],
      unused: [],
    });
  });

  test.each(["between 4 and 6", "4 or 6", "4, no, make that 6"])(
    "a number that is left open (%s) is asked for, and no model is asked",
    async (open) => {
      const request = `Book a ferry from Rostock to Gedser for ${open} passengers`;
      const made = { name: "book_ferry", arguments: { from: "Rostock", to: "Gedser", passengers: 4 } };
      const { asked, chat } = scripted([[made]]);
      const { calls: none, missing } = await alone(calls({ functions: [ferry] }), { calls: chat }).invoke({ request });
      expect([none, missing, asked.length]).toEqual([[], [{ name: "book_ferry", arguments: ["passengers"] }], 0]);
    },
  );

  test("a request for two things is parted, and each part has its own function", async () => {
    const { asked, chat } = scripted([
      [{ name: "tide_table", arguments: { harbour: "Husum" } }],
      [{ name: "mix_paint", arguments: { colour: "sage", litres: 5 } }],
    ]);
    const app = alone(calls({ functions: [ferry, paint, tides] }), { calls: chat, embeddings: minilm });
    const { calls: made } = await app.invoke({
      request: "Tell me when low water is at the harbour of Husum. Then mix 5 litres of wall paint of the colour sage.",
    });
    expect(made.map(({ name }) => name)).toEqual(["tide_table", "mix_paint"]);
    expect(asked.map(({ messages }) => String((messages[1] as [string, string])[1]).includes("Husum"))).toEqual([true, false]);
  });

  test("what a request says in figures or quotation marks and no call takes is told", async () => {
    const { chat } = scripted([[{ name: "tide_table", arguments: { harbour: "Husum" } }]]);
    const request = "When is high water in Husum, and how much is 'Windward' at 3% for 5 years from 2 May 2027?";
    const { calls: made, missing, unused } = await alone(calls({ functions: [tides] }), { calls: chat }).invoke({ request });
    expect([made.length, missing, unused]).toEqual([1, [], ["Windward", "3", "5", "2 May 2027"]]);
  });

  test("a call that another one says whole is dropped", async () => {
    const one = { name: "tide_table", arguments: { harbour: "Husum" } };
    const app = alone(calls({ functions: [tides] }), { calls: scripted([[one, one]]).chat, embeddings: minilm });
    expect((await app.invoke({ request: "When is high water in Husum?" })).calls).toHaveLength(1);
  });

  test("without embeddings the model is told of all functions; specialists are functions too", async () => {
    const shout = specialist({
      name: "shout",
      does: "Says a text louder",
      input: z.object({ text: z.string() }),
      output: z.object({ loud: z.string() }),
      run: ({ text }) => ({ loud: text.toUpperCase() }),
    });
    const { asked, chat } = scripted([[{ name: "shout", arguments: { text: "come in" } }]]);
    const app = alone(calls({ functions: [tides, shout] }), { default: chat });
    expect((await app.invoke({ request: "Shout 'come in'" })).calls[0]!.name).toBe("shout");
    expect(JSON.stringify(asked[0]!.schema)).toContain("tide_table");
  });

  test("there is a function, and each has its own name", () => {
    const code = (functions: any) => expect(() => calls({ functions })).toThrow(expect.objectContaining({ code: "FUNCTIONS_INVALID" }));
    code([]);
    code([tides, { ...paint, name: "tide_table" }]);
  });
});

test("a tuned model of this process makes requests into calls", async () => {
  const app = alone(calls({ functions: [ferry, paint, tides] }), {
    calls: model("llamacpp:smollm2-135m+calls-fields"),
    embeddings: minilm,
  });
  expect(await app.invoke({ request: "Book a ferry from Rostock to Gedser for 3 passengers" })).toEqual({
    calls: [{ name: "book_ferry", arguments: { from: "Rostock", to: "Gedser", passengers: 3 }, guesses: [] }],
    missing: [],
    unused: [],
  });
  expect((await app.invoke({ request: "When is low water at Husum?" })).calls).toEqual([
    { name: "tide_table", arguments: { harbour: "Husum" }, guesses: [] },
  ]);
}, 300_000);
