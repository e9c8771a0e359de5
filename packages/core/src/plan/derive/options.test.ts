import { describe, expect, test } from "vitest";
import { z } from "zod";
import { media } from "../../media/media.js";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const member = (name: string, does: string, input: Schema, output: Schema) =>
  specialist({ name, does, input, output, run: () => ({}) as any });
const planOf = async (members: readonly Specialist[], input: Schema, output: Schema, request = "") =>
  (await derive(briefOf({ request, members: [...members], input, output }))).plan;
const workOf = async (...of: Parameters<typeof planOf>) => (await planOf(...of)).tasks.map(({ member, args }) => [member, args] as const);

describe("an option", () => {
  test("yes or no comes from the input whose description names it, or says the same", async () => {
    const quote = member(
      "quote",
      "Price of a parcel",
      z.object({ kilos: z.number(), express: z.boolean().optional().describe("next day") }),
      z.object({ price: z.number() }),
    );
    const output = z.object({ price: z.number() });
    const input = z.object({ kilos: z.number(), urgent: z.boolean().describe("send it express") });
    expect(await workOf([quote], input, output)).toEqual([["quote", { kilos: { ref: "input.kilos" }, express: { ref: "input.urgent" } }]]);
  });

  test("the country of an address is found, and the currency of an amount", async () => {
    const parts = member("splitAddress", "Splits an address", z.object({ address: text }), z.object({ street: text, country: text }));
    const form = member(
      "customsForm",
      "Fills in a customs form",
      z.object({ country: text, contents: text.describe("what is inside") }),
      z.object({ form: text }),
    );
    const work = await workOf([parts, form], z.object({ goods: text, address: text }), z.object({ form: text }));
    expect(work).toEqual([
      ["splitAddress", { address: { ref: "input.address" } }],
      ["customsForm", { country: { ref: "t1.country" }, contents: { ref: "input.goods" } }],
    ]);
  });

  test("a label that is given is no text of another name", async () => {
    const tax = member("cityTax", "Tax of a town", z.object({ city: text, guests: z.int() }), z.object({ tax: z.number() }));
    const input = z.object({ kind: z.enum(["single", "double"]), guests: z.int() });
    const { declined, issues } = await derive(briefOf({ request: "", members: [tax], input, output: z.object({ tax: z.number() }) }));
    expect([declined, ...issues.map(({ message }) => message)].join()).toMatch(/kind|tax/);
  });
});

test("what is given without saying that it is a day is none where others say so", async () => {
  const held = member(
    "yearsHeld",
    "Full years between two days",
    z.object({ from: z.iso.date(), to: z.iso.date() }),
    z.object({ years: z.int() }),
  );
  const input = z.object({ tag: text.describe("inventory tag"), until: z.iso.date() });
  const { plan } = await derive(briefOf({ request: "", members: [held], input, output: z.object({ years: z.int() }) }));
  expect(JSON.stringify(plan)).not.toContain("input.tag");
});

describe("a value of the request", () => {
  const point = { latitude: z.number().describe("degrees north"), longitude: z.number().describe("degrees east") };
  const map = member("map", "Draws a map around a point", z.object({ ...point, zoom: z.int().optional() }), z.object({ map: text }));
  const soil = member("soilType", "Kind of soil at a point", z.object(point), z.object({ soil: text }));

  test("that words give to one argument is none of another", async () => {
    const input = z.object({ lng: z.number().describe("longitude"), lat: z.number().describe("latitude") });
    const work = await workOf([map, soil], input, z.object({ map: text, soil: text }), "Draw a map, zoom 12, and tell me the soil");
    const at = { latitude: { ref: "input.lat" }, longitude: { ref: "input.lng" } };
    expect(work).toEqual([
      ["map", { ...at, zoom: 12 }],
      ["soilType", at],
    ]);
  });

  test("that is what another member is about is none either", async () => {
    const ticket = member("readTicket", "Reads a ticket", z.object({ ticket: media.image() }), z.object({ from: text, to: text }));
    const way = member("distance", "Distance between two places", z.object({ from: text, to: text }), z.object({ km: z.number() }));
    const co2 = member("co2", "Carbon dioxide of a trip", z.object({ km: z.number() }), z.object({ kg: z.number() }));
    const input = z.object({ ticket: media.image() });
    const work = await workOf([ticket, way, co2], input, z.object({ kilos: z.number() }), "What would the trip have produced in CO2?");
    expect(work[1]).toEqual(["distance", { from: { ref: "t1.from" }, to: { ref: "t1.to" } }]);
  });
});

describe("an output in a language or a currency comes from who is told it", () => {
  test("price_usd", async () => {
    const find = member("find", "Finds the price of an article", z.object({ article: text }), z.object({ price: z.number() }));
    const turn = member(
      "exchange",
      "Converts an amount",
      z.object({ amount: z.number(), currency: text }),
      z.object({ converted: z.number() }),
    );
    const output = z.object({ price_usd: z.number() });
    const work = await workOf([find, turn], z.object({ article: text }), output, "What does it cost in USD?");
    expect(work[1]).toEqual(["exchange", { amount: { ref: "t1.price" }, currency: "USD" }]);
  });

  test("alt_pl", async () => {
    const caption = member("caption", "Says what a picture shows", z.object({ photo: media.image() }), z.object({ alt: text }));
    const turn = member("translate", "Translates a text", z.object({ text, language: text }), z.object({ translation: text }));
    const work = await workOf([caption, turn], z.object({ photo: media.image() }), z.object({ alt_pl: text }), "Alt text in Polish");
    expect(work[1]).toEqual(["translate", { text: { ref: "t1.alt" }, language: "Polish" }]);
  });
});

test("two arguments that a letter tells apart are filled in one way: not one by a list that is put together", async () => {
  const write = member("write", "Writes down a talk", z.object({ tape: media.audio() }), z.object({ talk: text }));
  const themes = member("themes", "Finds the themes of a talk", z.object({ talk: text }), z.object({ themes: z.array(text) }));
  const common = member(
    "common",
    "Finds the themes that two groups share",
    z.object({ group_a: z.array(text), group_b: z.array(text) }),
    z.object({ common: z.array(text) }),
  );
  const input = z.object({ leeds: media.audio(), bath: media.audio() });
  const work = await workOf([write, themes, common], input, z.object({ common: z.array(text) }));
  expect(work.map(([name]) => name)).toEqual(["write", "themes", "write", "themes", "common"]);
});
