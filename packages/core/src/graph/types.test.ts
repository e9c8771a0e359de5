import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { append, defineGraph, END, type Graph, specialist, sum, use } from "../index.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const file = fileURLToPath(new URL("bad/mistakes.fixture.ts", import.meta.url));

describe("mistakes that the type checker names", () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const program = ts.createProgram([file], options);
  const source = program.getSourceFile(file)!;
  const errors = ts.getPreEmitDiagnostics(program, source).map((d) => ({
    line: source.getLineAndCharacterOfPosition(d.start!).line,
    says: ts.flattenDiagnosticMessageText(d.messageText, "\n"),
  }));
  const lines = readFileSync(file, "utf8").split("\n");
  const marks = lines.flatMap((text, line) => (text.startsWith("//! ") ? [{ line, says: text.slice(4) }] : []));

  test("nothing else is an error", () => expect(errors.filter(({ line }) => line < marks[0]!.line)).toEqual([]));

  test.each(marks.map(({ line, says }, i) => [`${says} (line ${line + 1})`, says, line, marks[i + 1]?.line ?? lines.length] as const))(
    "%s",
    (_, says, from, to) => {
      const here = errors.filter(({ line }) => line > from && line < to);
      expect(here.map((error) => error.says).join("\n")).toContain(says);
    },
  );
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
