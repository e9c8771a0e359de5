import type { JsonSchema } from "@troupe/core";
import { describe, expect, it } from "vitest";
import { held } from "./held.js";
import { said } from "./said.js";
import { settle } from "./settle.js";

const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): JsonSchema => ({
  type: "object",
  properties,
  required,
});
const values = (schema: JsonSchema, request: string) => held(schema, said(request)).properties!;
const ferry = object(
  {
    from: { type: "string", description: "Harbour of departure" },
    to: { type: "string", description: "Harbour of arrival" },
    day: { type: "string", description: "Day of the crossing, as DD/MM/YYYY" },
    passengers: { type: "integer", description: "How many travel" },
    cabin: { type: "boolean", description: "Whether to book a cabin" },
    deck: { type: "string", enum: ["upper", "lower", "any"], default: "any" },
    note: { type: "string", description: "A remark for the crew" },
  },
  ["from", "to", "day"],
);

describe("arguments that a request bears out", () => {
  const request = "Two tickets on the ferry from Puttgarden to Rødby on 4 March 2027, on the upper deck, please";

  it("stay, and those that it does not mention go", () => {
    const written = { from: "Puttgarden", to: "Rødby", day: "04/03/2027", passengers: 2, cabin: true, deck: "upper", note: "Wheelchair" };
    expect(settle(written, ferry, said(request))).toEqual({
      args: { from: "Puttgarden", to: "Rødby", day: "04/03/2027", passengers: 2, deck: "upper" },
      missing: [],
    });
  });

  it("are named where they are required and are not said, never invented", () => {
    const written = { from: "Puttgarden", to: "Gedser", day: "24/12/2026", passengers: 3 };
    expect(settle(written, ferry, said("A ferry from Puttgarden"))).toEqual({ args: { from: "Puttgarden" }, missing: ["to", "day"] });
    expect(settle({}, ferry, said(request)).missing).toEqual(["from", "to", "day"]);
  });

  it("a time of day has the format that its schema names, however it is said", () => {
    const alarm = object({ at: { type: "string", format: "time" } });
    expect(values(alarm, "Wake me at 7:30 pm").at).toEqual({ enum: ["19:30"] });
    expect(settle({ at: "19:30" }, alarm, said("Wake me at 7:30 pm"))).toEqual({ args: { at: "19:30" }, missing: [] });
  });

  it("a text that is said once fills no optional argument beside", () => {
    const schema = object({ player: { type: "string" }, club: { type: "string" } }, ["player"]);
    expect(settle({ player: "Okafor", club: "Okafor" }, schema, said("How did Okafor do?")).args).toEqual({ player: "Okafor" });
  });

  it("a number that is said once fills one required argument: the one whose description the request speaks of", () => {
    const fall = object({
      speed: { type: "number", description: "Its speed at the start" },
      height: { type: "number", description: "How high it is let go, in metres" },
    });
    const dropped = said("It is let go at a height of 80 metres; how fast does it hit the ground?");
    expect(settle({ speed: 80, height: 80 }, fall, dropped)).toEqual({ args: { height: 80 }, missing: ["speed"] });
    const square = object({ width: { type: "number" }, height: { type: "number" } });
    expect(settle({ width: 4, height: 4 }, square, said("A square whose sides are 4 each")).missing).toEqual([]);
  });

  it("a required argument that is not said has its default, as schema or description tells it", () => {
    const schema = object({
      title: { type: "string" },
      source: { type: "string", default: "all papers" },
      pages: { type: "integer", description: "How many pages. Default is 3." },
    });
    expect(settle({ title: "Ebb", source: "The Tide" }, schema, said("Reviews of 'Ebb'")).args).toEqual({
      title: "Ebb",
      source: "all papers",
      pages: 3,
    });
  });

  it("what a description calls its default is none where it is not one of the labels", () => {
    const edition = { type: "string", enum: ["paper", "audio"], description: "Edition; default is whatever is in stock" };
    expect(settle({}, object({ edition }), said("Reviews of 'Ebb'"))).toEqual({ args: {}, missing: ["edition"] });
  });

  it("a text that is part of another argument, or is its number, fills no optional one", () => {
    const schema = object({ dish: { type: "string" }, price: { type: "number" }, kind: { type: "string" }, note: { type: "string" } }, [
      "dish",
    ]);
    const written = { dish: "plum cake", price: 4.5, kind: "cake", note: "4.50" };
    expect(settle(written, schema, said("A plum cake for 4.50")).args).toEqual({ dish: "plum cake", price: 4.5 });
  });

  it("a code stands for what the request names", () => {
    const schema = object({ currency: { type: "string" }, language: { type: "string" } });
    expect(settle({ currency: "USD", language: "it" }, schema, said("Give the price in dollars, and in Italian please"))).toEqual({
      args: { currency: "USD", language: "it" },
      missing: [],
    });
    expect(settle({ currency: "EUR", language: "it" }, schema, said("Give the price in dollars")).missing).toEqual([
      "currency",
      "language",
    ]);
  });

  it("figures in a list without spaces are numbers of their own", () => {
    const schema = object({ values: { type: "array", items: { type: "integer" } } });
    expect(settle({ values: [3, 5, 8, 5] }, schema, said("The mean of [3,5,8,5]")).args).toEqual({ values: [3, 5, 8, 5] });
  });

  it("figures that make one thing with a slash are no numbers of their own, and those of ranges and sizes are", () => {
    const count = object({ count: { type: "integer" } });
    for (const request of ["The train on 05/06/2027", "3/4 cup of flour"])
      expect(values(count, request).count).toEqual({ type: "integer" });
    const size = object({ width: { type: "integer" }, height: { type: "integer" } });
    expect(settle({ width: 1920, height: 1080 }, size, said("Scale it to 1920x1080")).args).toEqual({ width: 1920, height: 1080 });
    expect(values(count, "5-10 people").count).toEqual({ enum: [5, 10] });
  });

  it("a list takes the whole row of numbers that it stands in, and all shares", () => {
    const schema = object({
      marks: { type: "array", items: { type: "integer" } },
      shares: { type: "array", items: { type: "number" }, description: "Shares that sum to 1" },
    });
    const request = said("Two tests count 30% and the exam 70%; the marks are 2, 5 and 1, and 4 pupils were ill");
    expect(settle({ marks: [2, 1], shares: [0.7] }, schema, request).args).toEqual({ marks: [2, 5, 1], shares: [0.3, 0.7] });
  });

  it("lists keep the items that are said", () => {
    const schema = object({ topics: { type: "array", items: { type: "string" } }, scores: { type: "array", items: { type: "number" } } });
    expect(settle({ topics: ["Tax", "Divorce"], scores: [7, 9] }, schema, said("Tax lawyers with a score of 9"))).toEqual({
      args: { topics: ["Tax"], scores: [9] },
      missing: [],
    });
  });

  it("objects are looked into", () => {
    const where = object({ city: { type: "string" }, floor: { type: "integer" } }, ["city"]);
    expect(settle({ where: { city: "Lugano", floor: 3 } }, object({ where }), said("Rooms in Lugano")).args).toEqual({
      where: { city: "Lugano" },
    });
    expect(settle({ where: { city: "Lugano" } }, object({ where }), said("Rooms with a view"))).toEqual({ args: {}, missing: ["where"] });
  });
});

describe("figures, addresses and names", () => {
  const order = object({ order: { type: "string" }, mail: { type: "string" }, for: { type: "string" } }, []);
  const request = said("Send order AB1234 to anna@acme.example, for Jonas Karlson, by 7pm");
  const kept = (written: Record<string, string>) => settle(written, order, request).args;

  it("are those of the request to the letter, and never like them", () => {
    expect(kept({ order: "AB1234", mail: "anna@acme.example", for: "Jonas Karlson" })).toEqual({
      order: "AB1234",
      mail: "anna@acme.example",
      for: "Jonas Karlson",
    });
    for (const wrong of [{ order: "AB1235" }, { order: "AB12" }, { mail: "anna@evil.example" }, { for: "Jonah Karlsen" }])
      expect(kept(wrong)).toEqual({});
  });

  it("may stand in another form", () => {
    const when = object({ at: { type: "string" } }, []);
    expect(settle({ at: "19:00" }, when, request).args).toEqual({ at: "19:00" });
    expect(settle({ at: "19:30" }, when, request).args).toEqual({});
    const start = object({ start: { type: "string", format: "date-time" } });
    const meeting = said("A meeting on 4 March 2027 at 3pm");
    expect(settle({ start: "2027-03-04T15:00:00Z" }, start, meeting).args).toEqual({ start: "2027-03-04T15:00:00Z" });
    expect(settle({ start: "2027-03-05T15:00:00Z" }, start, meeting).missing).toEqual(["start"]);
    expect(settle({ start: "2027-03-04T16:00:00Z" }, start, meeting).missing).toEqual(["start"]);
  });
});

describe("schemas of all shapes", () => {
  const deep = {
    type: "object",
    properties: { order: { $ref: "#/$defs/order" } },
    required: ["order"],
    $defs: {
      order: { type: "object", properties: { customer: { $ref: "#/$defs/customer" } }, required: ["customer"] },
      customer: { allOf: [{ $ref: "#/$defs/named" }, { type: "object", properties: { city: { type: "string" } } }] },
      named: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
    },
  } satisfies JsonSchema;

  it("what stands behind references and intersections is looked into, however deep", () => {
    const written = { order: { customer: { name: "Okafor", city: "Lagos" } } };
    expect(settle(written, deep, said("An order of Okafor")).args).toEqual({ order: { customer: { name: "Okafor" } } });
    expect(settle(written, deep, said("An order of somebody"))).toEqual({ args: {}, missing: ["order"] });
  });

  it("a schema that refers to itself is looked into as far as it is written", () => {
    const tree = object({ name: { type: "string" }, kids: { type: "array", items: { $ref: "#" } } }, ["name"]);
    const kids = [{ name: "Ada", kids: [{ name: "Bo" }] }, { name: "Zed" }];
    expect(settle({ name: "Eva", kids }, tree, said("Eva has Ada, and Ada has Bo")).args).toEqual({
      name: "Eva",
      kids: [{ name: "Ada", kids: [{ name: "Bo" }] }],
    });
  });

  it("records, and objects of which nothing is said, hold what the request says", () => {
    const open = object({ tags: { type: "object", additionalProperties: { type: "string" } }, more: { type: "object" } }, []);
    const written = { tags: { colour: "red", shape: "round" }, more: { size: 4, price: 9, list: ["red", "blue"] } };
    expect(settle(written, open, said("A red one of size 4")).args).toEqual({ tags: { colour: "red" }, more: { size: 4, list: ["red"] } });
    expect(settle({ city: "Rome", nights: 2 }, { type: "object" }, said("Rooms in Rome")).args).toEqual({ city: "Rome" });
  });

  it("a required argument that may be null is null where it is not said", () => {
    const room = object({
      city: { type: "string" },
      nights: { anyOf: [{ type: "integer" }, { type: "null" }] },
      view: { type: ["string", "null"], enum: ["sea", "garden", null] },
    });
    expect(settle({ city: "Rome", nights: 3, view: "sea" }, room, said("A room in Rome"))).toEqual({
      args: { city: "Rome", nights: null, view: null },
      missing: [],
    });
    expect(settle({ city: "Rome", nights: 3, view: "sea" }, room, said("3 nights in Rome by the sea")).args).toEqual({
      city: "Rome",
      nights: 3,
      view: "sea",
    });
  });

  it("a constant needs not be said", () => {
    const mail = object({ version: { const: 2 }, kind: { const: "mail" }, to: { type: "string" } });
    expect(settle({ version: 2, kind: "mail", to: "Ana" }, mail, said("Write to Ana"))).toEqual({
      args: { version: 2, kind: "mail", to: "Ana" },
      missing: [],
    });
  });

  it("a union of constants has them for labels", () => {
    const sort = object({ by: { oneOf: [{ const: "price", description: "Cheapest first" }, { const: "age" }, { enum: ["name"] }] } });
    expect(held(sort, said("Sort them by age")).properties!.by).toEqual({ enum: ["age"] });
    expect(settle({ by: "age" }, sort, said("Sort them by age")).args).toEqual({ by: "age" });
  });

  it("of a union of objects the one whose label the request says is taken, and none where it says none", () => {
    const pay = object({
      by: {
        oneOf: [
          object({ kind: { const: "card" }, holder: { type: "string" } }),
          object({ kind: { const: "transfer" }, holder: { type: "string" } }),
        ],
      },
    });
    const request = "Pay by transfer, holder Okafor";
    const ways = (held(pay, said(request)).properties!.by as JsonSchema).anyOf!;
    expect(ways.map(({ properties }) => properties!.kind)).toEqual([{ enum: ["transfer"] }]);
    expect(settle({ by: { kind: "transfer", holder: "Okafor" } }, pay, said(request)).args).toEqual({
      by: { kind: "transfer", holder: "Okafor" },
    });
    expect(settle({ by: { kind: "card", holder: "Okafor" } }, pay, said("Pay for it, holder Okafor")).missing).toEqual(["by"]);
  });

  it("what the request says too little or too much of for the schema is not called with", () => {
    const trip = object(
      {
        stops: { type: "array", items: { type: "string" }, minItems: 2 },
        days: { type: "integer", exclusiveMinimum: 3 },
        code: { type: "string", pattern: "^[A-Z]{3}$" },
      },
      ["stops", "days"],
    );
    expect(settle({ stops: ["Rome", "Bari"], days: 3, code: "ROME" }, trip, said("3 days in Rome, code ROME"))).toEqual({
      args: {},
      missing: ["stops", "days"],
    });
    expect(settle({ stops: ["Rome", "Bari"], days: 4, code: "ROM" }, trip, said("4 days in Rome and Bari, code ROM")).missing).toEqual([]);
    const price = object({ price: { type: "number", format: "of our own" } });
    expect(settle({ price: 4 }, price, said("It costs 4")).args).toEqual({ price: 4 });
  });

  it("of a text or a number either may be said", () => {
    const room = object({ room: { anyOf: [{ type: "number" }, { type: "string" }] } });
    expect(settle({ room: 12 }, room, said("Clean room 12")).args).toEqual({ room: 12 });
    expect(settle({ room: "Lobby" }, room, said("Clean the lobby")).args).toEqual({ room: "Lobby" });
    expect(settle({ room: 14 }, room, said("Clean room 12")).missing).toEqual(["room"]);
  });
});

describe("the schema that a model is held to", () => {
  it("takes the numbers, dates and labels of the request only", () => {
    const said = values(ferry, "Two tickets for 4 March 2027 from Rostock to Trelleborg on the lower deck");
    expect(said.passengers).toEqual({ enum: [2] });
    expect(said.day).toEqual({ enum: ["04/03/2027"] });
    expect(said.deck).toEqual({ enum: ["lower"] });
  });

  it.each([
    ["The share as a decimal between 0 and 1", [0.15]],
    ["The rate in percent", [15]],
    ["The rate", [15, 0.15]],
  ])("percent and decimals as the description says: %s", (description, expected) => {
    expect(values(object({ rate: { type: "number", description } }), "at 15%").rate).toEqual({ enum: expected });
  });

  it("numbers of one row are in the unit of the last", () => {
    const weights = object({ weights: { type: "array", items: { type: "number" }, description: "Weights in g" } });
    expect(settle({ weights: [3, 5, 8] }, weights, said("Stones of 3, 5 and 8 kg")).args).toEqual({ weights: [3000, 5000, 8000] });
  });

  it.each<[string, string, readonly number[] | undefined]>([
    ["The mass in kg", "a parcel of 500 g", [0.5]],
    ["The mass in kg", "a parcel of 2 kg", [2]],
    ["How long it takes, in minutes", "for two hours", [120]],
    ["The price in EUR", "for 20 €", [20]],
    ["The price in EUR", "for $20", undefined],
    ["How many guests", "for 4", [4]],
  ])("measures in the unit that the description wants: %s, %s", (description, request, expected) =>
    expect(values(object({ much: { type: "number", description } }), request).much).toEqual(
      expected ? { enum: expected } : { type: "number", description },
    ),
  );

  it.each([
    ["The day, e.g. 2025-01-31", ["2027-03-04"]],
    ["The day (e.g., '25/12/2026')", ["04/03/2027"]],
    ["The day, for example 12/25/2026", ["03/04/2027"]],
  ])("dates in the form that the description shows: %s", (description, expected) => {
    expect(values(object({ day: { type: "string", description } }), "on 4 March 2027").day).toEqual({ enum: expected });
  });

  it("a yes or no that is said is the only one, and an optional argument that is spoken of is not left out", () => {
    const schema = object(
      {
        private: { type: "boolean", description: "Whether it is hidden (true) or public (false)" },
        include_pictures: { type: "boolean" },
        urgent: { type: "boolean" },
      },
      [],
    );
    expect(values(schema, "Show me the hidden ones with pictures")).toMatchObject({
      private: { const: true },
      include_pictures: { const: true },
    });
    expect(values(schema, "The public ones without pictures")).toMatchObject({
      private: { const: false },
      include_pictures: { const: false },
    });
    expect(held(schema, said("All without pictures")).required).toEqual(["include_pictures"]);
  });

  const picturesIn = (request: string) => values(object({ include_pictures: { type: "boolean" } }, []), request).include_pictures;
  it.each([
    ["Don't forget to include the pictures", true],
    ["The report without tables but with pictures", true],
    ["Skip the intro and include pictures", true],
    ["I can't read much, so add pictures", true],
    ["No tables, with pictures please", true],
    ["No tables, charts or pictures", false],
    ["Without pictures, charts and tables", false],
    ["Without tables, pictures and charts", false],
    ["Pictures are not needed", false],
    ["Pictures: no", false],
    ["Turn off the pictures", false],
    ["Please could you be so kind and turn off the pictures", false],
    ["Turn pictures off, please", false],
    ["Disable pictures", false],
    ["Die Bilder nicht, aber pictures ja", true],
    ["I don't want any of the pictures", false],
  ])("a yes or no is what the request says of it: %s", (request, meant) => expect(picturesIn(request)).toEqual({ const: meant }));

  it.each([
    "With pictures. No, without pictures",
    "Tell me whether there are pictures",
    "Do not send it without pictures",
    "Don't wait until Anna has found the pictures",
  ])("a yes or no that is left open is not decided: %s", (request) => expect(picturesIn(request)).toEqual({ type: "boolean" }));

  it("a yes or no whose name or whose senses are denied is turned round", () => {
    const schema = object(
      { no_smoking: { type: "boolean" }, hidden: { type: "boolean", description: "Whether it is secret (true) or public (false)" } },
      [],
    );
    expect(values(schema, "A no smoking room").no_smoking).toEqual({ const: true });
    expect(values(schema, "A smoking room").no_smoking).toEqual({ const: false });
    expect(values(schema, "Make it not public").hidden).toEqual({ const: true });
  });

  it.each<[string, readonly (string | number)[], readonly (string | number)[]]>([
    ["Upgrade me to Pro Plus", ["pro", "pro_plus", "basic"], ["pro_plus"]],
    ["From pro to pro plus", ["pro", "pro_plus"], ["pro", "pro_plus"]],
    ["The price of it in Nigeria", ["Niger", "Nigeria"], ["Nigeria"]],
    ["A download of 5 Mb", ["MB", "Mb"], ["Mb"]],
    ["A room, not a suite", ["room", "suite"], ["room"]],
    ["Anything but a suite", ["room", "suite"], ["suite"]],
    ["What is 3 + 4?", ["+", "-", "*"], ["+"]],
    ["priority two", [1, 2, 3], [2]],
    ["cool by -1", [1, -1], [-1]],
    ["a zoom of 2.5", [2, 2.5, 5], [2.5]],
  ])("labels are those that the request means: %s", (request, labels, meant) =>
    expect(values(object({ label: { enum: labels } as JsonSchema }), request).label).toEqual({ enum: meant }),
  );

  it("a label that is said only to deny it is not taken, and one that is the default is not passed over for it", () => {
    const way = { type: "string", enum: ["standard", "express", "pickup"] };
    const denied = "Ship it, but not by express";
    expect(values(object({ way }), denied).way).toEqual({ enum: ["standard", "pickup"] });
    expect(settle({ way: "express" }, object({ way }), said(denied)).missing).toEqual(["way"]);
    const unit = { type: "string", enum: ["celsius", "fahrenheit"], default: "celsius" };
    expect(values(object({ unit }, []), "In celsius rather than fahrenheit").unit).toEqual({ enum: ["celsius", "fahrenheit"] });
  });

  it("units that a description lists are taken from the request", () => {
    const unit = { type: "string", description: "The unit. Supports 'teaspoon', 'tablespoon', 'cup'" };
    expect(values(object({ unit }), "How much is that in cups?").unit).toEqual({ enum: ["cup"] });
    expect(values(object({ unit }), "How much is that?").unit).toMatchObject({ type: "string" });
  });

  it("an optional value that a description lists is not left out where the request says it, and it is no default", () => {
    const unit = { type: "string", description: "Unit of the answer, 'km' or 'miles'. Default is 'km'." };
    const required = (request: string) => held(object({ unit }, []), said(request)).required;
    expect(required("How far is it in miles?")).toEqual(["unit"]);
    expect(required("How far is it in km?")).toEqual([]);
  });
});

it("a date with its time that is said word for word is what a date-time is held to, and no number of it is an argument", () => {
  const parameters = object({ guests: { type: "integer" }, at: { type: "string", format: "date-time" } });
  for (const at of ["2026-05-03T19:30:00", "2026-05-03T19:30", "2026-05-03T19:30:45", "2026-05-03T19:30:00Z"]) {
    const asked = said(`Book a table for 4 guests at ${at}`);
    expect(held(parameters, asked).properties).toMatchObject({ guests: { enum: [4] }, at: { enum: [at] } });
    expect(settle({ guests: 4, at }, parameters, asked)).toEqual({ args: { guests: 4, at }, missing: [] });
  }
  const written = settle({ guests: 4, at: "2026-05-03T19:30:00Z" }, parameters, said("Book a table for 4 guests at 2026-05-03T19:30:00"));
  expect(written.missing).toEqual([]);
});

it("keeps of codes and paths what is said as a whole", () => {
  const file = object({ path: { type: "string" } });
  for (const path of ["/etc/report.pdf", "reports.pdf", "report.doc"])
    expect(settle({ path }, file, said("Delete the file report.pdf")).missing).toEqual(["path"]);
  expect(settle({ path: "report.pdf" }, file, said("Delete the file report.pdf")).args).toEqual({ path: "report.pdf" });
  // Words with a slash between them are no path.
  const pair = object({ pair: { type: "string" } });
  expect(settle({ pair: "USD/EUR" }, pair, said("Convert USD to EUR")).args).toEqual({ pair: "USD/EUR" });
  expect(settle({ pair: "USD/GBP" }, pair, said("Convert USD to EUR")).missing).toEqual(["pair"]);
  const order = object({ id: { type: "string" } });
  expect(settle({ id: "123" }, order, said("Cancel order 00123")).missing).toEqual(["id"]);
  expect(settle({ id: "00123" }, order, said("Cancel order 123")).missing).toEqual(["id"]);
  expect(settle({ id: "00123" }, order, said("Cancel order 00123")).args).toEqual({ id: "00123" });
});
