import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import {
  append,
  asSpecialist,
  check,
  compile,
  defineGraph,
  END,
  type Graph,
  type Specialist,
  specialist,
  sum,
  type Use,
  use,
} from "../index.js";

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));
const folder = path("bad/");
const lines = readFileSync(`${folder}mistakes.fixture.ts`, "utf8").split("\n");

/** The errors that a compiler finds in the mistakes, by line from 1, each as the lines of its message. */
function errorsBy(compiler: string): ReadonlyMap<number, readonly string[]> {
  const tsc = path(`../../../../node_modules/${compiler}/bin/tsc`);
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8", cwd: folder });
  const errors = stdout
    .split(/^(?=\S)/m)
    .map((text) => /^mistakes\.fixture\.ts\((\d+),\d+\): error (.*)$/s.exec(text) ?? [text, "0", text]);
  const found = new Map<number, string[]>();
  for (const [, line, says] of errors) found.set(Number(line), [...(found.get(Number(line)) ?? []), ...says!.trim().split("\n")]);
  return found;
}

describe.each(["typescript", "typescript-7"])("mistakes that %s names, on their line", (compiler) => {
  const errors = errorsBy(compiler);
  const marks = lines.flatMap((text, i) => {
    const [, first, says] = /^\/\/!(!?) (.*)/.exec(text) ?? [];
    return says ? [{ line: i + 2, says, first: first === "!", code: lines[i + 1]! }] : [];
  });

  test.each(marks)("$says: $code", ({ line, says, first }) => {
    const message = errors.get(line) ?? [];
    const text = (first ? message.slice(0, 1) : message).join("\n");
    for (const part of says.split(" … ")) expect(text).toContain(part);
  });

  test("nothing else is an error", () => {
    const marked = new Set(marks.map(({ line }) => line));
    expect([...errors].filter(([line]) => !marked.has(line))).toEqual([]);
  });
});

const triage = specialist({
  name: "triage",
  does: "Names the topic of a ticket",
  input: z.object({ text: z.string(), language: z.string().optional() }),
  output: z.object({ topic: z.enum(["billing", "bug"]), confidence: z.number() }),
  run: ({ text }) => ({ topic: text.includes("x") ? "bug" : "billing", confidence: 1 }),
});

test("what a graph takes and gives follows from its fields", () => {
  const graph = defineGraph({
    name: "g",
    state: {
      ticket: z.string(),
      hint: z.string().optional(),
      topic: z.enum(["billing", "bug"]),
      confidence: z.number(),
      seen: append(z.string()),
      cost: sum(z.number()),
    },
    input: ["ticket", "hint"],
    output: ["topic", "seen", "cost"],
    nodes: { triage: use(triage, { read: { text: "ticket", language: "hint" } }) },
    conditions: {
      sure: {
        reads: ["confidence", "seen"],
        test: ({ confidence, seen }) => {
          expectTypeOf(confidence).toEqualTypeOf<number>();
          expectTypeOf(seen).toEqualTypeOf<string[]>();
          return confidence > 0.5;
        },
      },
    },
    start: "triage",
    edges: { triage: [{ when: "sure", to: END }, { otherwise: END }] },
  });
  expectTypeOf(graph).toEqualTypeOf<
    Graph<{ ticket: string; hint?: string | undefined }, { topic: "billing" | "bug"; seen: string[]; cost: number }>
  >();
});

const readPage = specialist({
  name: "readPage",
  does: "Reads a page",
  input: z.object({ page: z.string() }),
  output: z.object({ text: z.string() }),
  run: ({ page }) => ({ text: page }),
});
const answer = specialist({
  name: "answer",
  does: "Writes a reply",
  input: z.object({ text: z.string() }),
  output: z.object({ reply: z.string() }),
  run: async ({ text }) => ({ reply: text }),
});
const review = specialist({
  name: "review",
  does: "Scores a reply",
  input: z.object({ reply: z.string(), urgent: z.boolean().optional() }),
  output: z.object({ score: z.number() }),
  run: () => ({ score: 1 }),
});
const fromTicket = { read: { text: "ticket" } } as const;

test("every form of a rule is taken, and what the types take `check` takes", async () => {
  const graph = defineGraph({
    name: "g",
    state: {
      ticket: z.string(),
      urgent: z.boolean(),
      pages: z.array(z.string()),
      page: z.string(),
      text: z.string(),
      texts: z.array(z.string()),
      topic: z.enum(["billing", "bug"]),
      confidence: z.number(),
      reply: z.string(),
      score: z.number(),
      notes: append(z.string()),
    },
    input: ["ticket", "urgent", "pages"],
    output: ["reply", "texts", "notes"],
    nodes: {
      triage: use(triage, fromTicket),
      readPage,
      answer: use(answer, fromTicket),
      review,
      note: use(answer, { ...fromTicket, write: { reply: "notes" } }),
      tell: use(answer, { ...fromTicket, write: { reply: "notes" } }),
    },
    conditions: { long: { reads: ["ticket"], test: ({ ticket }) => ticket.length > 1000 } },
    loops: { answer: { max: 3, then: ["note", "tell"] } },
    start: "triage",
    edges: {
      triage: { each: "pages", as: "page", to: "readPage", collect: { text: "texts" }, then: "answer", atOnce: 2 },
      readPage: END,
      answer: "review",
      review: [
        { when: { score: { gte: 0.2, lt: 0.6 }, urgent: true }, to: "answer" },
        { when: "long", to: ["note", "tell"] },
        { otherwise: ["note", "tell"] },
      ],
      note: { by: "urgent", to: { true: END }, otherwise: END },
      tell: { by: "topic", to: { billing: END, bug: END } },
    },
  });
  expect(check(graph)).toEqual([]);
  const reply = await compile(graph).invoke({ ticket: "t", urgent: false, pages: ["a", "b"] });
  expectTypeOf(reply).toEqualTypeOf<{ reply: string; texts: string[]; notes: string[] }>();
  expect(reply).toEqual({ reply: "t", texts: ["a", "b"], notes: ["t", "t"] });
});

test("a graph is a specialist of its own input and output fields", () => {
  const inner = defineGraph({
    name: "inner",
    state: { text: z.string(), language: z.string().optional(), topic: z.enum(["billing", "bug"]), confidence: z.number() },
    input: ["text", "language"],
    output: ["topic"],
    nodes: { triage },
    start: "triage",
    edges: { triage: END },
  });
  expectTypeOf(asSpecialist(inner)).toEqualTypeOf<
    Specialist<{ text: string; language?: string | undefined }, { topic: "billing" | "bug" }>
  >();
  expectTypeOf(use(asSpecialist(inner), { read: { text: "ticket" }, write: { topic: "label" } })).toEqualTypeOf<
    Use<{ ticket: string; language?: string | undefined }, { label: "billing" | "bug" }>
  >();
});

test("a constant fills an input, which then needs no field", () => {
  const placed = use(triage, { read: { text: "ticket" }, set: { language: "en" } });
  defineGraph({
    name: "g",
    state: { ticket: z.string(), topic: z.enum(["billing", "bug"]), confidence: z.number() },
    input: ["ticket"],
    output: ["topic"],
    nodes: { placed },
    start: "placed",
    edges: { placed: END },
  });
});
