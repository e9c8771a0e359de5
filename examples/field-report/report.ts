import { defineGraph, END, media, specialist, team } from "@troupe/core";
import { extract, readPage, summarizeWith, transcribe } from "@troupe/nodes";
import { z } from "zod";

const receiptFacts = {
  merchant: z.string().nullable().describe("The shop that sold the parts, as the receipt names it"),
  date: z.string().nullable().describe("The date of the purchase on the receipt"),
  subtotal: z.number().nullable().describe("The receipt's amount before tax"),
  tax: z.number().nullable().describe("The receipt's tax amount"),
  total: z.number().nullable().describe("The receipt's amount to pay"),
};
const noteFacts = {
  workOrder: z.string().nullable().describe("The note's work order number"),
  site: z.string().nullable().describe("The site that was visited, from the note"),
  technician: z.string().nullable().describe("Who was on site, from the note"),
  hours: z.number().nullable().describe("Hours on site, from the note"),
  nextVisit: z.string().nullable().describe("The date of the next visit, from the note"),
};
const summary = z.string().describe("What was found and done on site, from the memo and the note");

export const readReceipt = extract({
  name: "readReceipt",
  does: "Finds the merchant, date, subtotal, tax and total in the text of a receipt",
  fields: {
    merchant: { kind: "organisation", description: "the shop" },
    date: { kind: "date", description: "date of the purchase" },
    subtotal: { kind: "amount", description: "amount before tax" },
    tax: { kind: "amount", description: "tax amount" },
    total: { kind: "amount", description: "amount to pay" },
  },
});

export const readNote = extract({
  name: "readNote",
  does: "Finds the work order, site, technician, hours and next visit in a technician's note",
  fields: {
    workOrder: { description: "work order number" },
    site: { description: "site that was visited" },
    technician: { kind: "person", description: "technician on site" },
    hours: { kind: "number", description: "hours on site" },
    nextVisit: { kind: "date", description: "date of the next visit" },
  },
});

export const summarize = summarizeWith({ sentences: 6 });

// A plan that was saved as a graph finds its members here.
export { readPage, transcribe };

/** The experts, and what is asked of them. Who does what in which order is the planner's to say. */
const desk = team({
  name: "desk",
  does: "Summarizes the memo, and reads the receipt and the note",
  planner: "planner",
  members: [transcribe, readPage, summarize, readReceipt, readNote],
  input: z.object({ memo: media.audio(), receipt: media.page(), note: z.string() }),
  output: z.object({ summary, ...receiptFacts, ...noteFacts }),
});

const report = z.object({
  summary,
  purchase: z.object(receiptFacts),
  visit: z.object(noteFacts),
  /** What a person should look at; empty where everything was found and adds up. */
  doubts: z.array(z.string()),
});

/** No model here: what can be calculated is checked by calculating. */
const audit = specialist({
  name: "audit",
  does: "Puts the facts into one report and lists what is missing or does not add up",
  input: z.object({ summary, ...receiptFacts, ...noteFacts }),
  output: z.object({ report }),
  run: ({ summary, merchant, date, subtotal, tax, total, ...visit }) => {
    const purchase = { merchant, date, subtotal, tax, total };
    const missing = Object.entries({ ...purchase, ...visit }).flatMap(([name, value]) => (value === null ? [`${name} was not found`] : []));
    const off = subtotal === null || tax === null || total === null ? 0 : Math.round((subtotal + tax - total) * 100);
    const sums = off ? [`subtotal and tax differ from the total by ${(off / 100).toFixed(2)}`] : [];
    return { report: { summary, purchase, visit, doubts: [...missing, ...sums] } };
  },
});

const render = specialist({
  name: "render",
  does: "Writes the report for people to read",
  input: z.object({ report }),
  output: z.object({ text: z.string() }),
  run: ({ report: { summary, purchase, visit, doubts } }) => {
    const say = (value: string | number | null) => (value === null ? "not found" : String(value));
    const money = (value: number | null) => (value === null ? "not found" : value.toFixed(2));
    const text = [
      `# Field report ${say(visit.workOrder)}`,
      "",
      `${say(visit.technician)} at ${say(visit.site)}, ${say(visit.hours)} hours. Next visit: ${say(visit.nextVisit)}.`,
      "",
      "## What happened",
      summary,
      "",
      "## Parts bought",
      `${say(purchase.merchant)}, ${say(purchase.date)}: ${money(purchase.subtotal)} and ${money(purchase.tax)} tax, ${money(purchase.total)} in all.`,
      "",
      "## To look at",
      ...(doubts.length ? doubts.map((doubt) => `- ${doubt}`) : ["Nothing: every fact was found in its source, and the receipt adds up."]),
    ];
    return { text: `${text.join("\n")}\n` };
  },
});

export default defineGraph({
  name: "field-report",
  does: "Makes a checked report of a field visit from a voice memo, a photographed receipt and a typed note",
  state: { memo: media.audio(), receipt: media.page(), note: z.string(), summary, ...receiptFacts, ...noteFacts, report, text: z.string() },
  input: ["memo", "receipt", "note"],
  output: ["report", "text"],
  nodes: { desk, audit, render },
  start: "desk",
  edges: { desk: "audit", audit: "render", render: END },
});
