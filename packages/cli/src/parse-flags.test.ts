import type { ArgsDef } from "citty";
import { describe, expect, it } from "vitest";
import { parseFlags } from "./parse-flags.js";

const defined = {
  file: { type: "positional" },
  input: { type: "string" },
  format: { type: "enum", options: ["mermaid", "dot"] },
  json: { type: "boolean" },
} satisfies ArgsDef;
const parse = (...line: string[]) => parseFlags(line, "run", defined);
const codeOf = (...line: string[]) => {
  try {
    parse(...line);
  } catch (error) {
    return `${(error as { code: string }).code} ${(error as Error).message}`;
  }
  return "none";
};

describe("a command's flags", () => {
  it("are read wherever they stand, and as often as they are given", () => {
    const flags = parse("--input", "a=1", "graph.ts", "--input=b=--x", "--json");
    expect(flags.args).toEqual({ file: "graph.ts" });
    expect(flags.values("input")).toEqual(["a=1", "b=--x"]);
    expect(flags.has("json")).toBe(true);
    expect(flags.value("format")).toBeUndefined();
  });

  it("that nobody knows are refused, with the name that was probably meant", () => {
    expect(codeOf("graph.ts", "--inpt", "a=1")).toMatch(/^FLAG_UNKNOWN .*--inpt\n.*--input\?/);
    expect(codeOf("graph.ts", "-x")).toMatch(/^FLAG_UNKNOWN/);
    expect(codeOf("graph.ts", "--constructor")).toMatch(/^FLAG_UNKNOWN/);
  });

  it("take the values they are meant to take", () => {
    expect(codeOf("graph.ts", "--input")).toMatch(/^FLAG_VALUE --input takes a value/);
    expect(codeOf("graph.ts", "--input", "--json")).toMatch(/^FLAG_VALUE --input takes a value/);
    expect(codeOf("graph.ts", "--input=")).toMatch(/^FLAG_VALUE --input takes a value/);
    expect(codeOf("graph.ts", "--input", "")).toMatch(/^FLAG_VALUE --input takes a value/);
    expect(codeOf("graph.ts", "--json=yes")).toMatch(/^FLAG_VALUE --json takes no value/);
    expect(codeOf("graph.ts", "--format", "png")).toMatch(/^FLAG_VALUE --format is one of mermaid, dot/);
  });

  it("that name one thing are given once, or with the same value", () => {
    expect(codeOf("graph.ts", "--format", "dot", "--format", "mermaid")).toMatch(
      /^FLAG_VALUE --format is given twice, as dot and as mermaid/,
    );
    expect(parse("graph.ts", "--format", "dot", "--format=dot", "--json", "--json").value("format")).toBe("dot");
  });

  it("come with the arguments that are needed, and with no others", () => {
    expect(codeOf("--json")).toMatch(/^ARGUMENT_MISSING troupe run needs FILE\nType troupe run FILE/);
    expect(codeOf("graph.ts", "and", "more")).toMatch(/^ARGUMENT_EXTRA troupe run does not take "and"/);
    expect(parse("--help").has("help")).toBe(true);
    expect(parse("--", "--odd-name.ts").args).toEqual({ file: "--odd-name.ts" });
  });
});
