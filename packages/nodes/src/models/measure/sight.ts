import type { ChatModel } from "@troupe/core";
import { asked } from "./asked.js";
import type { Trials } from "./measurement.js";
import { plainPicture } from "./png.js";

const colours = { red: [220, 20, 20], green: [20, 160, 40], blue: [20, 40, 220], yellow: [250, 220, 20] } as const;
type Colour = keyof typeof colours;

/** In an order that no one colour, and no turn of them, guesses. */
const shown: readonly Colour[] = ["blue", "red", "yellow", "green", "red", "blue"];

/** How often a model that claims to see names the colour of a plain picture. Undefined where it makes no such claim. */
export async function sight(model: ChatModel, signal: AbortSignal): Promise<Trials | undefined> {
  if (!model.card.modalities.includes("image")) return undefined;
  let right = 0;
  for (const colour of shown) {
    const picture = { type: "image_url", image_url: { url: plainPicture(colours[colour]) } };
    const text = { type: "text", text: "Which colour fills this picture: red, green, blue or yellow? Answer with one word." };
    const { text: said } = await asked(model, [["user", [picture, text]]], 16, signal);
    const named = Object.keys(colours).filter((one) => new RegExp(`\\b${one}\\b`, "i").test(said));
    if (named.length === 1 && named[0] === colour) right++;
  }
  return { right, of: shown.length };
}
