import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const member = (name: string, does: string, input: Schema, output: Schema) =>
  specialist({ name, does, input, output, run: () => ({}) as never });
const translate = member(
  "translate",
  "Translates a text",
  z.object({ text, to: z.enum(["en", "fr", "it", "de"]) }),
  z.object({ translation: text }),
);
const gist = member("gist", "Condenses a text", z.object({ text }), z.object({ gist: text }));

async function planned(members: Specialist[], input: Schema, output: Schema, request: string) {
  const found = await derive(briefOf({ request, members, input, output }));
  expect([found.declined, found.held, found.issues]).toEqual([undefined, [], []]);
  return found.plan;
}
const valuesIn = async (members: Specialist[], input: Schema, request: string, name: string, argument: string) =>
  (await planned(members, input, z.object({}), request)).tasks
    .filter(({ member }) => member === name)
    .map(({ args }) => args[argument])
    .sort();

describe("a member is wanted once for each value said for one argument", () => {
  const narrate = member(
    "narrate",
    "Reads a story aloud",
    z.object({ story: text, voice: z.enum(["child", "woman", "man"]) }),
    z.object({ recording: text }),
  );
  const escalar = member(
    "escalar",
    "Cambia el ancho de una imagen",
    z.object({ imagen: text, ancho: z.int().describe("ancho en píxeles") }),
    z.object({ escalada: text }),
  );
  const colores = member("colores", "Colores de una imagen", z.object({ imagen: text }), z.object({ colores: z.array(text) }));
  const uebersetzen = member(
    "uebersetzen",
    "Übersetzt einen Aushang",
    z.object({ aushang: text, sprache: text.describe("Zielsprache, ISO 639-1") }),
    z.object({ fassung: text }),
  );

  test.each([
    [
      [narrate],
      { story: text },
      "Read the story aloud, once with a woman's voice and once with a child's voice.",
      "voice",
      ["child", "woman"],
    ],
    [[escalar, colores], { imagen: text }, "Escala la imagen a 400 y a 800 píxeles de ancho.", "ancho", [400, 800]],
    [[uebersetzen], { aushang: text }, "Übersetz den Aushang ins Türkische und ins Polnische.", "sprache", ["pl", "tr"]],
    [[translate, gist], { note: text }, "Translate the note into English, French and Italian.", "to", ["en", "fr", "it"]],
  ] as const)("%#: %s", async (members, input, request, argument, values) => {
    expect(await valuesIn([...members], z.object(input), request, members[0].name, argument)).toEqual(values);
  });

  test("of what was made before, and each answer has a name of its own", async () => {
    const { tasks, output } = await planned(
      [gist, translate],
      z.object({ report: text }),
      z.object({}),
      "Condense the report and translate the gist into Italian and into German.",
    );
    expect(tasks.map(({ member }) => member)).toEqual(["gist", "translate", "translate"]);
    expect(Object.keys(output).sort()).toEqual(["translation_de", "translation_it"]);
  });

  test("also where outputs are named by values, without the accents that names in code lack", async () => {
    const { tasks } = await planned(
      [translate, gist],
      z.object({ carta: text }),
      z.object({ ingles: text, frances: text }),
      "Traduce la carta al inglés y al francés.",
    );
    expect(tasks.map(({ args }) => args.to).sort()).toEqual(["en", "fr"]);
  });
});

describe("not where values are of different members or arguments, denied, or a list", () => {
  const digest = member(
    "digest",
    "Condenses a text in a language",
    z.object({ text, language: z.enum(["en", "fr", "it", "de"]) }),
    z.object({ digest: text }),
  );
  test("each clause says the value of the member that it names", async () => {
    const { tasks } = await planned(
      [translate, digest],
      z.object({ paper: text }),
      z.object({ translation: text, digest: text }),
      "Translate the paper into French and give me a digest in German.",
    );
    expect(Object.fromEntries(tasks.map(({ member, args }) => [member, args.to ?? args.language]))).toEqual({
      translate: "fr",
      digest: "de",
    });
  });

  test("what is denied is not said", async () => {
    const request = "Translate the paper into English, not into French.";
    expect(await valuesIn([translate, gist], z.object({ paper: text }), request, "translate", "to")).toEqual(["en"]);
  });

  test.each([
    ["Translate the letter from Italian into French.", "it", "fr"],
    ["Bring the letter into German from English.", "en", "de"],
  ])("words lead to one of two arguments: %s", async (request, from, to) => {
    const tongue = z.enum(["en", "fr", "it", "de"]);
    const interpret = member(
      "translate",
      "Translates a text",
      z.object({ text, from: tongue, to: tongue }),
      z.object({ translation: text }),
    );
    const { tasks } = await planned([interpret, gist], z.object({ letter: text }), z.object({ translation: text }), request);
    expect(tasks.map(({ args }) => [args.from, args.to])).toEqual([[from, to]]);
  });

  test("a list takes them all", async () => {
    const edition = member(
      "edition",
      "Prepares an edition in several languages",
      z.object({ text, languages: z.array(z.enum(["en", "fr", "nl"])) }),
      z.object({ edition: text }),
    );
    const { tasks } = await planned(
      [edition, gist],
      z.object({ article: text }),
      z.object({ edition: text }),
      "An edition of the article in Dutch and English.",
    );
    expect(tasks.map(({ args }) => args.languages)).toEqual([["nl", "en"]]);
  });

  test("two numbers of two arguments are no two of one", async () => {
    const crop = member(
      "crop",
      "Crops a picture",
      z.object({ picture: text, width: z.int(), height: z.int() }),
      z.object({ cropped: text }),
    );
    const found = await derive(
      briefOf({
        request: "Crop the picture to a width of 300 and a height of 200.",
        members: [crop],
        input: z.object({ picture: text }),
        output: z.object({}),
      }),
    );
    expect(found.plan.tasks.map(({ args }) => [args.width, args.height])).toEqual([[300, 200]]);
  });
});

test("what is given alone asks for nobody", async () => {
  const citations = member("citations", "Citations in a paper", z.object({ paper: text }), z.object({ citations: z.array(text) }));
  const { plan } = await derive(
    briefOf({
      request: "Condense the paper.",
      members: [citations, gist],
      input: z.object({ paper: text }),
      output: z.object({}),
    }),
  );
  expect(plan.tasks.map(({ member }) => member)).toEqual(["gist"]);
});

test("where no output is named, who alone takes a value that the request says is at work", async () => {
  const advert = member("advert", "Writes an advert from facts", z.object({ facts: text }), z.object({ advert: text }));
  const limit = member("limit", "Cuts copy down to a number of words", z.object({ text, words: z.int() }), z.object({ limited: text }));
  const plan = await planned(
    [advert, limit, gist],
    z.object({ facts: text }),
    z.object({}),
    "Write an advert from the facts, and get it to 60 words",
  );
  expect(plan.tasks.map(({ member, args }) => [member, args])).toEqual([
    ["advert", { facts: { ref: "input.facts" } }],
    ["limit", { text: { ref: "t1.advert" }, words: 60 }],
  ]);
});

describe("a list is gathered", () => {
  const binder = member("binder", "Binds papers as one booklet", z.object({ papers: z.array(text) }), z.object({ booklet: text }));
  const alike = member(
    "sameAll",
    "Whether all entries are the same",
    z.object({ entries: z.array(text) }),
    z.object({ same: z.boolean() }),
  );
  const home = member("homeOf", "Country that a passport is of", z.object({ passport: text }), z.object({ country: text }));
  const plansFor = async (members: Specialist[], input: Schema, output: Schema, request: string) =>
    (await derive(briefOf({ request, members, input, output }))).candidates.map(({ plan }) =>
      plan.tasks.map(({ member, args }) => [member, args.to ?? Object.values(args)[0]]),
    );

  test("of what a member gives for each of several values", async () => {
    const request = "Translate the guide into French and into Italian, and bind the translations as one booklet";
    expect(await plansFor([translate, binder], z.object({ guide: text }), z.object({ booklet: text }), request)).toContainEqual([
      ["translate", "fr"],
      ["translate", "it"],
      ["binder", [{ ref: "t1.translation" }, { ref: "t2.translation" }]],
    ]);
  });

  test("of things of any sort where they are only called entries", async () => {
    const input = z.object({ hers: text, his: text });
    const request = "Are both passports of the same country?";
    expect(await plansFor([home, alike], input, z.object({ same: z.boolean() }), request)).toContainEqual([
      ["homeOf", { ref: "input.hers" }],
      ["homeOf", { ref: "input.his" }],
      ["sameAll", [{ ref: "t1.country" }, { ref: "t2.country" }]],
    ]);
  });
});
