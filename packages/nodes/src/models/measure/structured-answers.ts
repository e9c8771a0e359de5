import { appOf, type ChatModel, memoryJournal, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import type { Trials } from "./measurement.js";

const day = z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);

const questions = [
  { prompt: "Which day comes after Monday?", schema: z.object({ day }) },
  { prompt: "Give a pet a name and an age in years.", schema: z.object({ name: z.string().max(20), age: z.int().min(0).max(40) }) },
  { prompt: "Name two fruits.", schema: z.object({ fruits: z.array(z.string().max(20)).min(2).max(2) }) },
  { prompt: "Is the sky of a clear day blue?", schema: z.object({ blue: z.boolean(), why: z.string().max(60) }) },
  {
    prompt: "Order one coffee for table 4.",
    schema: z.object({
      table: z.int().min(1).max(50),
      items: z.array(z.object({ drink: z.string().max(20), count: z.int().min(1).max(9) })).max(3),
    }),
  },
];

/** How many answers fit their schema at once, handed over in the model's own way. Undefined where it has none. */
export async function structuredAnswers(model: ChatModel, signal: AbortSignal): Promise<Trials | undefined> {
  if (model.card.structured === "none") return undefined;
  let right = 0;
  for (const { prompt, schema } of questions) if (await fitsAtOnce(model, prompt, schema, signal)) right++;
  return { right, of: questions.length };
}

async function fitsAtOnce(model: ChatModel, prompt: string, schema: z.ZodType, signal: AbortSignal): Promise<boolean> {
  const asks = specialist({
    name: "asks",
    does: "Asks a model",
    input: z.object({}),
    output: z.object({ value: z.unknown() }),
    run: async (_, ctx) => ({ value: (await ctx.generate({ model, prompt, schema, maxTokens: 120, temperature: 0 })).value }),
  });
  const app = appOf(asks, { journal: memoryJournal() });
  try {
    await app.invoke({ request: {} }, { thread: "one", signal });
  } catch (error) {
    if (error instanceof TroupeError && error.code === "ANSWER_INVALID") return false;
    throw error;
  }
  // One that was mended by asking again did not fit at once.
  const { models } = await app.ledger("one");
  return models.reduce((calls, line) => calls + line.calls, 0) === 1;
}
