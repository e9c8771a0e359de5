import type { Json } from "@troupe/core";
import { printable } from "./printable.js";
import { wrap } from "./wrap.js";

/** A run's output for people: text as it stands, everything else as JSON. */
export function resultLines(output: Readonly<Record<string, Json>>, width = Number.POSITIVE_INFINITY): string[] {
  return Object.entries(output).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value.trimEnd() : JSON.stringify(value, null, 2);
    const lines = text.split("\n").map((line) => printable(line.replace(/\t/g, "  ")));
    const shown = lines.length === 1 ? [`${name}: ${lines[0]}`] : [`${name}:`, ...lines.map((line) => (line ? `  ${line}` : ""))];
    return shown.flatMap((line) => wrap(line, width, 0));
  });
}
