import { defineGraph, END, mark, specialist } from "@troupe/core";
import { decide } from "@troupe/nodes/browser";
import { z } from "zod";

const fact = z.object({ name: z.string(), value: z.string() });
const message = z.string();

/** What a message is; asked in three orders, and `unsure` where the answers differ. */
const triage = decide({
  name: "triage",
  does: "Tells what a message is",
  input: z.object({ message }),
  questions: {
    topic: {
      type: "choice",
      instructions: "What is this message?",
      criteria: {
        bill: "asks for money that is owed: a bill, a rent, an invoice",
        appointment: "sets or changes a time to meet or to be somewhere",
        question: "asks for an answer of another kind",
        note: "tells something, and wants nothing",
      },
      unsure: 0.6,
    },
  },
});

/** Reads named facts out of a message; what a model says that does not stand in the message is left out. */
const reader = (name: string, does: string, names: readonly [string, ...string[]]) =>
  specialist({
    name,
    does,
    input: z.object({ message }),
    output: z.object({ facts: z.array(fact) }),
    run: async ({ message }, ctx) => {
      const schema = z.object(Object.fromEntries(names.map((one) => [one, z.string().nullable()])));
      const prompt = `Copy these out of the message, word for word, or null where it does not say: ${names.join(", ")}.\n\nMessage:\n${message}`;
      const { value } = await ctx.generate({ prompt, schema, maxTokens: 200 });
      const facts = names.flatMap((one) => {
        const said = value[one]?.trim();
        return said && message.toLowerCase().includes(said.toLowerCase()) ? [{ name: one, value: said }] : [];
      });
      return { facts };
    },
  });

const reply = specialist({
  name: "reply",
  does: "Drafts a short answer, which is sent by nobody but a person",
  model: "default",
  input: z.object({ message }),
  output: z.object({ draft: z.string() }),
  prompt: ({ message }) => `Draft a short, friendly answer to this message. Promise nothing.\n\n${message}`,
});

/** Sorts a message on the device. The message is private: no model elsewhere may see it, or anything that is made of it. */
export const phone = defineGraph({
  name: "phone",
  state: {
    message: mark.private(message),
    topic: z.enum(["bill", "appointment", "question", "note", "unsure"]),
    topicConfidence: z.number(),
    facts: z.array(fact).optional(),
    draft: z.string().optional(),
  },
  input: ["message"],
  output: ["topic", "topicConfidence", "facts", "draft"],
  nodes: {
    triage,
    bill: reader("bill", "Reads what is to be paid", ["payee", "amount", "due"]),
    appointment: reader("appointment", "Reads when and where to be", ["what", "when", "where"]),
    reply,
  },
  start: "triage",
  edges: {
    triage: { by: "topic", to: { bill: "bill", appointment: "appointment", question: "reply", note: END, unsure: END } },
    bill: END,
    appointment: END,
    reply: END,
  },
});
