import { append, defineGraph, END, specialist, use } from "@troupe/core";
import { capableModel, classify } from "@troupe/nodes";
import { z } from "zod";
import { articles } from "./articles.js";

const topic = z.enum(["billing", "bug", "other"]);

const triage = classify({
  name: "triage",
  does: "Names the topic of a support ticket",
  labels: {
    billing: "A question about charges, payments, refunds, invoices, prices or a subscription",
    bug: "A report that the app crashes, loses data, shows an error or does not work",
    other: "Anything else: jobs, the press, partnership, praise, small talk",
  },
});

/** Finds what the desk knows about a ticket by the nearest title. */
const lookUp = specialist({
  name: "lookUp",
  does: "Finds the help article that answers a ticket",
  input: z.object({ ticket: z.string(), topic }),
  output: z.object({ title: z.string(), steps: z.array(z.string()) }),
  run: async ({ ticket, topic }, ctx) => {
    const known = articles.filter((article) => article.topic === topic);
    const [asked, ...titles] = await ctx.embed([ticket, ...known.map(({ title }) => title)]);
    const near = titles.map((title) => title.reduce((sum, x, i) => sum + x * asked![i]!, 0));
    const { title, steps } = known[near.indexOf(Math.max(...near))]!;
    return { title, steps: [...steps] };
  },
});

/** Writes with the model where it is a capable one; else quotes the article: its first step, or all where the review asks for more. */
const draft = specialist({
  name: "draft",
  does: "Drafts a reply to a ticket from a help article, minding what the review missed",
  input: z.object({ ticket: z.string(), steps: z.array(z.string()), missed: z.array(z.string()).optional() }),
  output: z.object({ reply: z.string() }),
  run: async ({ ticket, steps, missed = [] }, ctx) => {
    const model = await capableModel(ctx);
    if (model) {
      const wish = missed.length ? `\nThe last draft missed this, say it too:\n- ${missed.join("\n- ")}` : "";
      const prompt = `Customer:\n${ticket}\n\nWhat we know:\n- ${steps.join("\n- ")}${wish}\n\nWrite a short, friendly reply that tells the customer every one of these steps in our words, and nothing else.`;
      ctx.worked(model.id);
      return { reply: (await ctx.generate({ prompt, temperature: 0 })).text.trim() };
    }
    ctx.worked("article");
    const told = missed.length ? steps : steps.slice(0, 1);
    return { reply: ["Thank you for writing to us.", ...told, "Write again if this does not help."].join(" ") };
  },
});

/** A step is told where the reply has most of its longer words. */
const review = specialist({
  name: "review",
  does: "Scores how much of the article a reply tells, and names what it missed",
  input: z.object({ reply: z.string(), steps: z.array(z.string()) }),
  output: z.object({ score: z.number(), missed: z.array(z.string()), seen: z.string() }),
  run: ({ reply, steps }) => {
    const words = (text: string) => new Set(text.toLowerCase().match(/[a-z]{4,}/g) ?? []);
    const said = words(reply);
    const missed = steps.filter((step) => [...words(step)].filter((word) => said.has(word)).length < 0.6 * words(step).size);
    return { score: 1 - missed.length / steps.length, missed, seen: reply };
  },
});

const handOver = specialist({
  name: "handOver",
  does: "Hands a ticket to a person and tells the customer so",
  input: z.object({ ticket: z.string() }),
  output: z.object({ reply: z.string(), person: z.boolean() }),
  run: () => ({ reply: "Thank you for writing to us. A colleague reads your message and answers within a working day.", person: true }),
});

export default defineGraph({
  name: "support-desk",
  does: "Answers support tickets from help articles; hands over what it is not sure of",
  state: {
    ticket: z.string(),
    topic,
    confidence: z.number(),
    title: z.string(),
    steps: z.array(z.string()),
    reply: z.string(),
    score: z.number(),
    missed: z.array(z.string()),
    drafts: append(z.string()),
    person: z.boolean(),
  },
  input: ["ticket"],
  output: ["reply", "drafts"],
  nodes: {
    triage: use(triage, { read: { text: "ticket" }, write: { label: "topic" } }),
    lookUp,
    draft,
    review: use(review, { write: { seen: "drafts" } }),
    handOver,
  },
  loops: { draft: { max: 3, then: "handOver" } },
  start: "triage",
  edges: {
    triage: [{ when: { confidence: { lt: 0.5 } }, to: "handOver" }, { when: { topic: "other" }, to: "handOver" }, { otherwise: "lookUp" }],
    lookUp: "draft",
    draft: "review",
    review: [{ when: { score: { lt: 0.9 } }, to: "draft" }, { otherwise: END }],
    handOver: END,
  },
});
