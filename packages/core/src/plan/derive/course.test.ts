import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const member = (name: string, does: string, input: Schema, output: Schema) =>
  specialist({ name, does, input, output, run: () => ({}) as never });
const photo = z.object({ photo: text });
const brighten = member("brighten", "Brightens a photo", photo, photo);
const crop = member("crop", "Crops a photo", photo, photo);
const frame = member("frame", "Puts a frame round a photo", photo, photo);

const chain = async (members: Specialist[], output: Schema, request: string) => {
  const { plan, declined } = await derive(briefOf({ request, members, input: z.object({ scan: text }), output }));
  return { members: plan.tasks.map(({ member }) => member), declined };
};

describe("members that change one thing are at work in the order of the request, and what the last makes is what is wanted", () => {
  test.each([
    { request: "Crop it first, then brighten it.", right: ["crop", "brighten"] },
    { request: "Brighten it, then crop it.", right: ["brighten", "crop"] },
    { request: "First frame, then crop and last of all brighten.", right: ["frame", "crop", "brighten"] },
  ])("$request", async ({ request, right }) => {
    for (const members of [
      [brighten, crop, frame],
      [frame, crop, brighten],
    ])
      expect(await chain(members, z.object({ cover: text }), request)).toEqual({ members: right, declined: undefined });
  });

  test("who is only spoken of as what is not to be done is not at work, though what it changes has the wanted name", async () => {
    const draw = member("drawMap", "Draws a map", z.object({ scan: text }), z.object({ map: text }));
    const towns = member("addTowns", "Adds towns to a map", z.object({ map: text }), z.object({ map: text }));
    const ruins = member("addRuins", "Scatters ruins over a map", z.object({ map: text }), z.object({ map: text }));
    const found = await chain([draw, towns, ruins], z.object({ map: text }), "Draw a map with towns on it, no ruins yet.");
    expect(found).toEqual({ members: ["drawMap", "addTowns"], declined: undefined });
  });

  test("an output that has a name of its own in the request is not what the last step happens to make", async () => {
    const output = z.object({ receipt: text });
    const request = "Crop it and find the receipt.";
    const { standing } = await derive(briefOf({ request, members: [brighten, crop], input: z.object({ scan: text }), output }));
    expect(standing).not.toBe("sure");
  });
});
