import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const member = (name: string, does: string, input: Schema, output: Schema) =>
  specialist({ name, does, input, output, run: () => ({}) as never });

/** Members in the order in which what they give reaches the output. */
async function chainOf(members: Specialist[], input: string, output: string, request: string) {
  const found = await derive(briefOf({ request, members, input: z.object({ [input]: text }), output: z.object({ [output]: text }) }));
  expect(found.declined).toBeUndefined();
  const { tasks } = found.plan;
  expect(found.plan.output[output]).toMatchObject({ ref: expect.stringMatching(new RegExp(`^${tasks.at(-1)!.id}\\.`)) });
  return tasks.map(({ member, args }) => [member, ...Object.values(args).filter((one) => typeof one === "string")].join(" "));
}

describe("what is put into a language, or given a label, is at work for who has that", () => {
  const tidy = member("tidy", "Tidies the layout of a text", z.object({ text }), z.object({ text }));
  const soften = member("soften", "Softens a text", z.object({ text }), z.object({ text }));
  const translate = member("translate", "Translates a text", z.object({ text, to: z.enum(["en", "fi", "ko", "pt"]) }), z.object({ text }));
  const stamp = member("stamp", "Puts a stamp on a text", z.object({ text, year: text }), z.object({ text }));
  test.each([
    ["Tidy the circular first, then soften it, and last of all put it into Finnish.", ["tidy", "soften", "translate fi"]],
    ["First soften the circular, then turn it into Korean.", ["soften", "translate ko"]],
    ["Soften the circular and finally bring it into Portuguese.", ["soften", "translate pt"]],
  ])("%s", async (request, members) => {
    expect(await chainOf([tidy, soften, translate, stamp], "circular", "handout", request)).toEqual(members);
  });

  test("in German, also where the verb stands first and its member is called by the infinitive", async () => {
    const lockern = member("auflockern", "Lockert einen Text auf", z.object({ text }), z.object({ text }));
    const straffen = member("straffen", "Strafft einen Text", z.object({ text }), z.object({ text }));
    const sprache = z.enum(["en", "fi", "ko"]);
    const uebersetzen = member("uebersetzen", "Übersetzt einen Text", z.object({ text, sprache }), z.object({ text }));
    expect(
      await chainOf(
        [lockern, straffen, uebersetzen],
        "ansprache",
        "fassung",
        "Straffe die Ansprache, locker sie auf und setz sie zuletzt ins Finnische.",
      ),
    ).toEqual(["straffen", "auflockern", "uebersetzen fi"]);
  });

  test("in Spanish, where the verb holds its object", async () => {
    const pulir = member("pulir", "Pule un texto", z.object({ texto: text }), z.object({ texto: text }));
    const idioma = z.enum(["en", "fi", "ko"]);
    const traducir = member("traducir", "Traduce un texto", z.object({ texto: text, idioma }), z.object({ texto: text }));
    expect(await chainOf([pulir, traducir], "circular", "version", "Pule la circular y luego ponla en coreano.")).toEqual([
      "pulir",
      "traducir ko",
    ]);
  });

  test("and with a label that is no language", async () => {
    const trim = member("trim", "Cuts silence from a clip", z.object({ clip: text }), z.object({ clip: text }));
    const recolor = member(
      "recolor",
      "Colours of a clip",
      z.object({ clip: text, look: z.enum(["sepia", "noir", "vivid"]) }),
      z.object({ clip: text }),
    );
    expect(await chainOf([trim, recolor], "footage", "final", "Trim the footage, then give it a noir look.")).toEqual([
      "trim",
      "recolor noir",
    ]);
  });
});
