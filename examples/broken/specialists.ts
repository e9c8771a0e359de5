import { media, specialist } from "@troupe/core";
import { z } from "zod";

/** The specialists that both graphs of this folder name. What they do is beside the point here: `check` reads what they take and give. */
export const readPage = specialist({
  name: "readPage",
  does: "Reads the text of a photographed page",
  input: z.object({ page: media.page() }),
  output: z.object({ text: z.string(), source: z.string() }),
  run: ({ page }) => ({ text: `the text of ${page.path}`, source: page.path }),
});

export const lookUp = specialist({
  name: "lookUp",
  does: "Finds what a customer claimed before",
  input: z.object({ customer: z.string() }),
  output: z.object({ history: z.array(z.string()), source: z.string() }),
  run: ({ customer }) => ({ history: [`${customer} has claimed nothing yet`], source: "ledger" }),
});

export const sortClaim = specialist({
  name: "sortClaim",
  does: "Names the kind of a claim and its amount",
  input: z.object({ text: z.string(), history: z.array(z.string()) }),
  output: z.object({ kind: z.enum(["damage", "theft", "other"]), amount: z.number(), confidence: z.number() }),
  run: ({ text }) => ({ kind: text.includes("stolen") ? "theft" : "damage", amount: 120, confidence: 0.9 }),
});

export const callPolice = specialist({
  name: "callPolice",
  does: "Asks the police for their report",
  input: z.object({ text: z.string() }),
  output: z.object({ report: z.string() }),
  run: () => ({ report: "no report" }),
});

export const writeLetter = specialist({
  name: "writeLetter",
  does: "Writes the letter to the customer, minding the review's advice",
  input: z.object({ text: z.string(), advice: z.string().optional() }),
  output: z.object({ letter: z.string() }),
  run: ({ text, advice = "" }) => ({ letter: `${text} ${advice}` }),
});

export const review = specialist({
  name: "review",
  does: "Scores a letter",
  input: z.object({ letter: z.string() }),
  output: z.object({ score: z.number(), advice: z.string() }),
  run: ({ letter }) => ({ score: letter.length > 20 ? 1 : 0, advice: "Say more" }),
});

export const fileClaim = specialist({
  name: "fileClaim",
  does: "Files a letter under a number",
  input: z.object({ letter: z.string(), number: z.number() }),
  output: z.object({ place: z.string() }),
  run: ({ number }) => ({ place: `drawer ${number}` }),
});

export const archive = specialist({
  name: "archive",
  does: "Puts what was filed into the archive",
  input: z.object({ place: z.string() }),
  output: z.object({ archived: z.boolean() }),
  run: () => ({ archived: true }),
});
