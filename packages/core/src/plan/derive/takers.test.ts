import { describe, expect, test } from "vitest";
import { z } from "zod";
import { media } from "../../media/media.js";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const member = (name: string, does: string, input: Schema, output: Schema, rest: { effects?: true } = {}) =>
  specialist({ name, does, input, output, ...rest, run: () => ({}) as any });
const nothing = z.object({});

const tasksOf = async (members: readonly Specialist[], input: Schema, output: Schema, request = "") =>
  (await derive(briefOf({ request, members: [...members], input, output }))).plan.tasks;

describe("an argument that need not be given", () => {
  const premium = member(
    "premium",
    "Works out the yearly premium",
    z.object({ driverAge: z.int(), carModel: text, discount: z.number().optional().describe("percent off") }),
    z.object({ premium: z.number() }),
  );
  const output = z.object({ premium: z.number() });

  test("takes an input that nobody else does, called otherwise though it is", async () => {
    const [task] = await tasksOf([premium], z.object({ age: z.int(), car: text, rebate: z.number().describe("percent") }), output);
    expect(task?.args).toMatchObject({ discount: { ref: "input.rebate" } });
  });

  test("is left out where there is nothing for it", async () => {
    const [task] = await tasksOf([premium], z.object({ driverAge: z.int(), carModel: text }), output);
    expect(Object.keys(task!.args)).toEqual(["driverAge", "carModel"]);
  });

  test("takes what another member makes under its name", async () => {
    const book = member("findCode", "Finds the code of a booking", z.object({ mail: text }), z.object({ code: text }));
    const reply = member("reply", "Answers a mail", z.object({ mail: text, code: text.optional() }), z.object({ answer: text }));
    const tasks = await tasksOf(
      [book, reply],
      z.object({ mail: text }),
      z.object({ answer: text }),
      "Answer the mail, with the code in it",
    );
    expect(tasks.map(({ member, args }) => [member, args.code])).toEqual([
      ["findCode", undefined],
      ["reply", { ref: "t1.code" }],
    ]);
  });
});

describe("where the request alone says what is wanted, in words that are no member's", () => {
  const write = member("transcribe", "Writes down what is said", z.object({ audio: media.audio() }), z.object({ text }));
  const shrink = member("resize", "Makes a picture smaller", z.object({ photo: media.image() }), z.object({ small: media.image() }));

  test("who takes what is given may be meant", async () => {
    const { plan, standing } = await derive(
      briefOf({ request: "What did she tell us?", members: [write, shrink], input: z.object({ memo: media.audio() }), output: nothing }),
    );
    expect(plan.tasks.map(({ member }) => member)).toEqual(["transcribe"]);
    expect(standing).not.toBe("sure");
  });

  test("but nobody who acts on the world", async () => {
    const post = member("post", "Puts a picture on the wall", z.object({ photo: media.image() }), z.object({ at: text }), {
      effects: true,
    });
    expect(await tasksOf([write, post], z.object({ photo: media.image() }), nothing, "Lovely, isn't it?")).toEqual([]);
  });
});
