import { z } from "zod";
import { append, asSpecialist, defineGraph, END, media, specialist, sum, use } from "../index.js";

export const topics = z.enum(["billing", "bug", "other"]);
const triage = specialist({
  name: "triage",
  does: "Names the topic of a support ticket",
  input: z.object({ text: z.string(), language: z.string().optional() }),
  output: z.object({ topic: topics, confidence: z.number() }),
  run: () => ({ topic: "bug", confidence: 1 }),
});
const reply = (name: string) =>
  specialist({
    name,
    does: "Answers a ticket",
    input: z.object({ ticket: z.string(), advice: z.string().optional() }),
    output: z.object({ reply: z.string() }),
    run: () => ({ reply: "" }),
  });
const review = specialist({
  name: "review",
  does: "Scores a reply",
  input: z.object({ reply: z.string() }),
  output: z.object({ score: z.number(), advice: z.string() }),
  run: () => ({ score: 1, advice: "" }),
});

/** A choice, a bounded loop with a review, renames and a constant. */
export const support = defineGraph({
  name: "support",
  state: { ticket: z.string(), topic: topics, confidence: z.number(), reply: z.string(), score: z.number(), advice: z.string() },
  input: ["ticket"],
  output: ["reply"],
  nodes: {
    triage: use(triage, { read: { text: "ticket" } }),
    billing: reply("billing"),
    engineer: reply("engineer"),
    review,
    giant: use(reply("giant"), { set: { advice: "Take your time" } }),
  },
  loops: { engineer: { max: 3, then: "giant" } },
  start: "triage",
  edges: {
    triage: [
      { when: { confidence: { lt: 0.6 } }, to: "giant" },
      { when: { topic: "billing" }, to: "billing" },
      { when: { topic: "bug" }, to: "engineer" },
      { otherwise: "giant" },
    ],
    billing: END,
    engineer: "review",
    review: [{ when: { score: { lt: 0.8 } }, to: "engineer" }, { otherwise: END }],
    giant: END,
  },
});

const split = specialist({
  name: "split",
  does: "Cuts a memo into chapters",
  input: z.object({ memo: media.audio() }),
  output: z.object({ chapters: z.array(z.object({ title: z.string(), at: z.number() })) }),
  run: () => ({ chapters: [] }),
});
const work = specialist({
  name: "work",
  does: "Summarises a chapter",
  input: z.object({ chapter: z.object({ title: z.string() }), style: z.string() }),
  output: z.object({ summary: z.string() }),
  run: () => ({ summary: "" }),
});
const join = specialist({
  name: "join",
  does: "Puts summaries together",
  input: z.object({ parts: z.array(z.string()), seen: z.array(z.string()), cost: z.number() }),
  output: z.object({ report: z.string() }),
  run: () => ({ report: "" }),
});
const read = specialist({
  name: "read",
  does: "Reads a page",
  input: z.object({ page: media.page() }),
  output: z.object({ seen: z.string(), cost: z.number() }),
  run: () => ({ seen: "", cost: 1 }),
});

/** Branches, an each, reducers, media, a graph as a node. */
export const report = defineGraph({
  name: "report",
  state: {
    memo: media.audio(),
    photo: media.page(),
    style: z.enum(["short", "long"]),
    chapters: z.array(z.object({ title: z.string(), at: z.number() })),
    chapter: z.object({ title: z.string(), at: z.number() }),
    summary: z.string(),
    parts: z.array(z.string()),
    seen: append(z.string()),
    cost: sum(z.number()),
    report: z.string(),
    ticket: z.string(),
    reply: z.string(),
  },
  input: ["memo", "photo", "style", "ticket"],
  output: ["report", "reply"],
  nodes: {
    split,
    work,
    left: use(read, { read: { page: "photo" } }),
    right: use(read, { read: { page: "photo" } }),
    join,
    desk: asSpecialist(support),
  },
  start: ["split", "left", "right"],
  edges: {
    split: { each: "chapters", as: "chapter", to: "work", collect: { summary: "parts" }, then: "join", atOnce: 2 },
    work: END,
    left: "join",
    right: ["join"],
    join: { by: "style", to: { short: "desk", long: ["desk"] } },
    desk: END,
  },
});
