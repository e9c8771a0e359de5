import { expect, test } from "vitest";
import { z } from "zod";
import { media } from "../media/media.js";
import { misfits } from "../schema/misfits.js";
import { specialist } from "../specialist/specialist.js";
import { briefOf } from "./brief.js";
import { planSchema } from "./plan-schema.js";

const text = z.string();
const member = (name: string, input: z.ZodType, output: z.ZodType) =>
  specialist({ name, does: name, input, output, run: () => ({}) as any });
const schema = planSchema(
  briefOf({
    request: "",
    members: [
      member("transcribe", z.object({ audio: media.audio() }), z.object({ text })),
      member("summarize", z.object({ texts: z.array(text), sentences: z.number().optional() }), z.object({ summary: text })),
    ],
    input: z.object({ memo: media.audio(), note: text }),
    output: z.object({ summary: text }),
  }),
);
const plan = (audio: unknown, texts: unknown, member = "transcribe") => ({
  tasks: [
    { id: "t1", member, args: { audio } },
    { id: "t2", member: "summarize", args: { texts } },
  ],
  output: { summary: { ref: "t2.summary" } },
});
const takes = (value: unknown) => misfits(schema, value).length === 0;

test("a decoder held to the schema of plans can write a good plan", () => {
  expect(takes(plan({ ref: "input.memo" }, [{ ref: "t1.text" }, { ref: "input.note" }, "and a literal"]))).toBe(true);
  expect(takes(plan({ ref: "input.memo" }, { ref: "t1.texts" }))).toBe(true);
});

test("and can name no stranger, no medium, no other input for a medium, and no argument that is not taken", () => {
  expect(takes(plan({ ref: "input.memo" }, [], "listen"))).toBe(false);
  expect(takes(plan({ path: "memo.wav", type: "audio/wav", hash: "" }, []))).toBe(false);
  expect(takes(plan({ ref: "input.note" }, []))).toBe(false);
  expect(takes({ ...plan({ ref: "input.memo" }, []), output: { title: { ref: "t1.text" } } })).toBe(false);
  expect(takes({ ...plan({ ref: "input.memo" }, []), output: { summary: "All is well" } })).toBe(false);
});
