import { randomBytes } from "node:crypto";
import type { ChatModel } from "@troupe/core";
import { asked } from "./asked.js";
import { filler } from "./filler.js";
import type { Measurement } from "./measurement.js";

const tokensRead = 400;
const tokensWritten = 64;

/** Tokens a second that a model reads and writes: of a prompt that begins as none did before, so that no cache helps. */
export async function speedOf(model: ChatModel, signal: AbortSignal): Promise<Measurement["speed"]> {
  // What is loaded by the first call is not counted.
  await asked(model, [["user", "Say hello."]], 1, signal);
  const fresh = randomBytes(8).toString("hex");
  const prompt = `${fresh}\n${filler(tokensRead)}\n\nTell a long story about the people of this town.`;
  const { input = tokensRead, output, first, rest } = await asked(model, [["user", prompt]], tokensWritten, signal);
  if (output < 2 || first <= 0 || rest <= 0) return undefined;
  return { reads: perSecond(input, first), writes: perSecond(output - 1, rest) };
}

/** To three places, since no more of it comes again. */
const perSecond = (tokens: number, ms: number): number => Number(((1000 * tokens) / ms).toPrecision(3));
