import { team } from "@troupe/core";
import { classify, extract } from "@troupe/nodes";
import { z } from "zod";

const labels = {
  refund: "Wants money back, was charged wrongly or twice, asks for a refund",
  delivery: "A parcel is late, lost, or went to the wrong address",
  damage: "What arrived is broken, torn, dented or does not work",
};

/** Labels are compared by what they mean: no text is written. */
export const sortMail = classify({ name: "sortMail", does: "Names what a customer's mail is about", labels });

/** Patterns first; where several values could be meant, weights of 135M parameters may name one of them, or none. */
export const readOrder = extract({
  name: "readOrder",
  does: "Finds the order number, the price that was paid and the day of the purchase",
  fields: {
    orderNumber: { kind: "text", description: "order number" },
    amount: { kind: "amount", description: "price that was paid" },
    bought: { kind: "date", description: "day of the purchase" },
  },
});

const { shape } = readOrder.output as unknown as z.ZodObject;
const about = Object.entries(labels).map(([label, means]) => `${label}: ${means}`);

export default team({
  name: "intake",
  does: "Reads a customer's mail to a shop: what it is about, the order number, the price that was paid and the day of the purchase, each null where the mail does not say it",
  planner: "planner",
  members: [sortMail, readOrder],
  // Both read the mail itself.
  settle: { "readOrder.text": "input.text" },
  // Labels are told apart by what a mail says, and an empty one would have one all the same.
  input: z.object({ text: z.string().regex(/\S/).describe("the mail") }),
  output: z.object({
    label: z.enum(["refund", "delivery", "damage"]).describe(about.join("; ")),
    // In which form, a model has to be told; the extractor knows.
    orderNumber: (shape.orderNumber as z.ZodNullable<z.ZodString>).describe("the order number as the mail writes it"),
    amount: (shape.amount as z.ZodNullable<z.ZodNumber>).describe("the price that was paid, without its currency, cents after a point"),
    bought: (shape.bought as z.ZodNullable<z.ZodString>).describe("the day of the purchase, as YYYY-MM-DD"),
  }),
});
