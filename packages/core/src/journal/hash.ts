import { sha256 } from "#platform/sha256";
import type { GraphData } from "../graph/data.js";

/**
 * `sha256:` and the hash of a graph's canonical JSON. Keys are sorted except a graph's nodes, whose order of declaration is part of what
 * it means: reduced fields are folded in it.
 */
export function hashOf(graph: GraphData): string {
  return `sha256:${sha256(canonical(graph))}`;
}

function canonical(value: unknown, ordered = false): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (!ordered) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner, key === "nodes")}`).join(",")}}`;
}

/** What differs between two graphs, a line a place: `nodes.triage.read.text: "ticket" -> "letter"`. */
export function diffGraphs(before: GraphData, after: GraphData): readonly string[] {
  const lines = differences(before, after, []);
  if (lines.length === 0 && hashOf(before) !== hashOf(after)) lines.push("nodes: declared in another order");
  return lines;
}

function differences(before: unknown, after: unknown, path: readonly string[]): string[] {
  if (canonical(before ?? null) === canonical(after ?? null)) return [];
  const at = path.join(".");
  if (before === undefined) return [`${at}: added`];
  if (after === undefined) return [`${at}: removed`];
  if (!isRecord(before) || !isRecord(after)) return [`${at}: ${short(before)} -> ${short(after)}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
