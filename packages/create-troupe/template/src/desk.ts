import { defineGraph, END, specialist } from "@troupe/core";
import { z } from "zod";

const topic = z.enum(["billing", "bug", "other"]);

// Plain code, so that this runs without a model. With one, leave `run` out and write a prompt:
//   prompt: ({ ticket }) => `Which topic is this ticket about?\n\n${ticket}`,
// Its answer is held to `output`. Then: npm start -- --model ollama:llama3.1, or --model openai:gpt-4o
const triage = specialist({
  name: "triage",
  does: "Names the topic of a support ticket",
  input: z.object({ ticket: z.string() }),
  output: z.object({ topic }),
  run: ({ ticket }) => ({
    topic: /charge|invoice|refund/i.test(ticket) ? "billing" : /crash|error/i.test(ticket) ? "bug" : "other",
  }),
});

const answer = specialist({
  name: "answer",
  does: "Writes the reply to a ticket of a known topic",
  input: z.object({ ticket: z.string(), topic }),
  output: z.object({ reply: z.string() }),
  run: ({ ticket, topic }) => ({ reply: `Our ${topic} team has your ticket: “${ticket}”` }),
});

const person = specialist({
  name: "person",
  does: "Hands a ticket that fits no topic to a person",
  input: z.object({ ticket: z.string() }),
  output: z.object({ reply: z.string() }),
  run: ({ ticket }) => ({ reply: `Someone will read this today: “${ticket}”` }),
});

export default defineGraph({
  name: "desk",
  state: { ticket: z.string(), topic, reply: z.string() },
  input: ["ticket"],
  output: ["reply"],
  nodes: { triage, answer, person },
  start: "triage",
  edges: {
    triage: { by: "topic", to: { billing: "answer", bug: "answer" }, otherwise: "person" },
    answer: END,
    person: END,
  },
});
