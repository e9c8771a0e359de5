import type { ChatModel, ModelCard } from "@troupe/core";
import { corrected, type Measurement } from "./measurement.js";
import { readMeasurement } from "./measurement-file.js";

/** A model whose card says what was measured of it on this machine, where that was done. */
export function measuredModel(made: ChatModel): ChatModel {
  let found: Measurement | undefined | "unread" = "unread";
  let from: ModelCard | undefined;
  let card: ModelCard | undefined;
  return Object.freeze({
    id: made.id,
    load: made.load,
    get card() {
      if (found === "unread") found = readMeasurement(made.id);
      if (!found) return made.card;
      // What a model says of itself may change once it is loaded.
      if (card === undefined || from !== made.card) card = Object.freeze(corrected((from = made.card), found));
      return card;
    },
  });
}
