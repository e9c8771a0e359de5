import type { Json } from "@troupe/core";
import { printable } from "./printable.js";

/** A run's output for people: text as it stands, everything else as JSON. */
export function resultLines(output: Readonly<Record<string, Json>>): string[] {
  return Object.entries(output).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value.trimEnd() : JSON.stringify(value, null, 2);
    const lines = text.split("\n").map((line) => printable(line.replace(/\t/g, "  ")));
    return lines.length === 1 ? [`${name}: ${lines[0]}`] : [`${name}:`, ...lines.map((line) => (line ? `  ${line}` : ""))];
  });
}
