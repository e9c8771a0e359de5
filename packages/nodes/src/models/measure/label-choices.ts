import { appOf, type ChatModel, TroupeError } from "@troupe/core";
import { classify } from "../../text/classify.js";
import type { Trials } from "./measurement.js";

const labels = {
  payment: "Invoices, prices, refunds",
  delivery: "Where a parcel is, when it comes",
  fault: "Something is broken or does not work",
  account: "Passwords, logging in, personal data",
} as const;

const texts: readonly (readonly [string, keyof typeof labels])[] = [
  ["I was charged twice this month.", "payment"],
  ["When will my parcel arrive?", "delivery"],
  ["The screen stays black when I press the button.", "fault"],
  ["I forgot my password.", "account"],
  ["Please send me the money back.", "payment"],
  ["The courier left the box at the wrong house.", "delivery"],
  ["It makes a strange noise and then stops.", "fault"],
  ["How do I change my e-mail address?", "account"],
];

/** How often a model chooses the right one of four labels, as `classify` has chat models choose. */
export async function labelChoices(model: ChatModel, signal: AbortSignal): Promise<Trials> {
  const app = appOf(classify({ labels, engine: "model" }), { models: { default: model } });
  let right = 0;
  for (const [text, label] of texts) {
    const chosen = await app.invoke({ request: { text } }, { signal }).catch((error: unknown) => {
      if (!(error instanceof TroupeError && error.code === "ANSWER_INVALID")) throw error;
    });
    if (chosen?.answer.label === label) right++;
  }
  return { right, of: texts.length };
}
