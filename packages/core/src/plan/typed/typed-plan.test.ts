import { expect, test } from "vitest";
import { z } from "zod";
import { media } from "../../specialist/media.js";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { typedPlan } from "./typed-plan.js";

const run = () => ({}) as any;
const transcribe = specialist({
  name: "transcribe",
  does: "Writes down what is said in a recording",
  input: z.object({ audio: media.audio() }),
  output: z.object({ text: z.string(), segments: z.array(z.object({ start: z.number(), text: z.string() })).optional() }),
  run,
});
const readPage = specialist({
  name: "readPage",
  does: "Reads the text on a photographed or scanned page",
  input: z.object({ page: media.page() }),
  output: z.object({ text: z.string(), lines: z.array(z.string()).optional() }),
  run,
});
const summarize = specialist({
  name: "summarize",
  does: "Summarises texts in a few sentences",
  input: z.object({ texts: z.array(z.string()) }),
  output: z.object({ summary: z.string() }),
  run,
});
const places = z.record(z.string(), z.object({ start: z.number(), end: z.number() }).nullable());
const receiptFacts = specialist({
  name: "receiptFacts",
  does: "Finds merchant, date and amounts on a receipt",
  input: z.object({ text: z.string() }),
  output: z.object({ merchant: z.string(), date: z.string(), total: z.number(), tax: z.number(), places }),
  run,
});
const noteFacts = specialist({
  name: "noteFacts",
  does: "Finds site, technician, hours and next visit in a technician's note",
  input: z.object({ text: z.string() }),
  output: z.object({ site: z.string(), technician: z.string(), hours: z.number(), nextVisit: z.string(), places }),
  run,
});

test("a field report", async () => {
  const brief = briefOf({
    request: "Writes a report of a field visit from a voice memo, a receipt and a note",
    members: [transcribe, readPage, summarize, receiptFacts, noteFacts],
    input: z.object({ memo: media.audio(), receipt: media.image(), note: z.string() }),
    output: z.object({
      summary: z.string().describe("What the memo and the note say"),
      merchant: z.string(),
      date: z.string(),
      total: z.number(),
      tax: z.number(),
      site: z.string(),
      technician: z.string(),
      hours: z.number(),
      nextVisit: z.string(),
    }),
  });
  const s = Date.now();
  const { plan, issues, notes } = await typedPlan(brief);
  console.log(JSON.stringify(plan, null, 1), issues, notes, Date.now() - s);
});
