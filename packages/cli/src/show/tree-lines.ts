import { Path } from "@troupe/core/engine";
import { duration } from "./amounts.js";
import type { Colors } from "./colors.js";
import { eachOf, type Items, itemsOf, itemsText } from "./items.js";
import { fit, printable, widthOf } from "./printable.js";
import { type Row, tokensOf, type View } from "./view.js";

export interface TreeOptions {
  /** Columns no line may exceed. */
  readonly width: number;
  /** Lines there may be; what is done is folded away first. Default: no bound. */
  readonly height?: number;
  /** In ms since 1970, for what is still running. */
  readonly now: number;
  readonly colors: Colors;
}

const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/** The tree of a run's occurrences, a line each, and under each that is writing what it has written last, answer by answer. */
export function treeLines(view: View, options: TreeOptions): string[] {
  const children = new Map<string, Row[]>();
  for (const row of view.rows.values()) {
    // A plan stands for the team that made it: its tasks are shown under the team.
    const parent = view.plans.has(row.inside) ? Path.owner(row.inside) : row.inside;
    const known = view.rows.has(parent) ? parent : "";
    children.set(known, [...(children.get(known) ?? []), row]);
  }
  const lines: { readonly text: string; readonly folds: boolean }[] = [];
  const add = (row: Row, label: string, depth: number): void => {
    const done = row.status === "completed" || row.status === "waiting";
    lines.push({ text: rowLine(row, label, factsOf(row, options.now), depth, options), folds: done });
    const texts = row.status === "running" ? [...row.texts].sort(([a], [b]) => a - b) : [];
    for (const [, text] of texts) {
      const tail = printable(text).trim();
      if (!tail) continue;
      const indent = " ".repeat(Math.min(depth * 2 + 4, options.width));
      lines.push({ text: indent + options.colors.dim(fit(tail, options.width - indent.length, "end")), folds: false });
    }
    walk(row.at, depth + 1);
  };
  /** One line for all items, and below it those that failed; the ones that run only where they are few. */
  const addItems = (items: Items, parent: string, depth: number): void => {
    const row = asOne(items);
    const facts = [itemsText(items), factsOf(row, options.now)].join("  ");
    lines.push({ text: rowLine(row, labelOf(row, parent), facts, depth, options), folds: row.status === "completed" });
    const running = items.rows.filter(({ status }) => status === "running");
    for (const one of items.rows) {
      if (one.status === "failed" || (one.status === "running" && running.length <= 3)) add(one, one.at.slice(items.of.length), depth + 1);
    }
  };
  const walk = (parent: string, depth: number): void => {
    const seen = new Set<string>();
    for (const row of children.get(parent) ?? []) {
      const of = eachOf(row.at);
      if (of === undefined) add(row, labelOf(row, parent), depth);
      else if (!seen.has(of)) addItems(itemsOf(view, of), parent, depth);
      if (of !== undefined) seen.add(of);
    }
  };
  walk("", 0);
  return folded(lines, options).map(({ text }) => text);
}

/** At most `height` lines: what is done or waits is hidden first, then what came first. */
function folded<T extends { text: string; folds: boolean }>(lines: T[], { height, width, colors }: TreeOptions): { text: string }[] {
  if (height === undefined || lines.length <= height) return lines;
  const room = Math.max(0, height - 1);
  let over = lines.length - room;
  const open = lines.filter((line) => !(line.folds && over-- > 0));
  const shown = room ? open.slice(-room) : [];
  return [{ text: colors.dim(fit(`… ${lines.length - shown.length} more`, width)) }, ...shown];
}

/** All items of an each as if they were one occurrence: it runs from the first one's start to the last one's end. */
function asOne({ of, rows, total, done, failed }: Items): Row {
  const first = rows[0]!;
  const running = rows.some(({ status }) => status === "running") || (done + failed < total && failed === 0);
  const since = Math.min(...rows.map((row) => row.since));
  const ms = running ? 0 : Math.max(...rows.map((row) => row.since + row.ms)) - since;
  const status = running ? "running" : failed ? "failed" : done === total ? "completed" : "cancelled";
  const { error: _, progress: __, engine: ___, ...rest } = first;
  return { ...rest, at: of, status, since, ms, attempt: 1, texts: new Map(), usage: rows.flatMap(({ usage }) => usage) };
}

/** What an occurrence is called under its parent, and its specialist where that has another name. */
function labelOf(row: Row, parent: string): string {
  const name = printable(parent ? row.at.slice(parent.length).replace(/^(#\d+)?\//, "") : row.at);
  const specialist = printable(row.specialist);
  return specialist === name || specialist === "" ? name : `${name} ${specialist}`;
}

function rowLine(row: Row, label: string, about: string, depth: number, { width, now, colors }: TreeOptions): string {
  const indent = "  ".repeat(depth);
  const [paint, mark] = markOf(row, now, colors);
  const facts = printable(about);
  const room = width - widthOf(indent) - 2;
  if (room < 4) return fit(`${indent}${mark}`, width);
  const shownLabel = fit(label, room);
  const shownFacts = fit(facts, room - widthOf(shownLabel) - 2);
  return `${indent}${paint(mark)} ${row.status === "waiting" ? colors.dim(shownLabel) : shownLabel}${shownFacts ? `  ${colors.dim(shownFacts)}` : ""}`;
}

function markOf(row: Row, now: number, colors: Colors): [(text: string) => string, string] {
  switch (row.status) {
    case "waiting":
      return [colors.dim, "·"];
    case "running":
      return [colors.cyan, frames.charAt(Math.floor(Math.max(0, now) / 80) % frames.length)];
    case "completed":
      return row.recalled ? [colors.dim, "✓"] : [colors.green, "✓"];
    case "failed":
      return [colors.red, "✗"];
    case "cancelled":
      return [colors.yellow, "–"];
  }
}

function factsOf(row: Row, now: number): string {
  const { input, output } = tokensOf(row.usage);
  const ms = row.status === "running" ? row.ms + Math.max(0, now - row.since) : row.ms;
  return [
    row.status === "waiting" ? "" : duration(ms),
    input || output ? `${input}→${output} tokens` : "",
    row.engine ?? "",
    row.attempt > 1 ? `attempt ${row.attempt}` : "",
    row.recalled ? "from the journal" : "",
    row.status === "running" && row.progress ? progressText(row.progress) : "",
    row.error ? `${row.error.code}: ${row.error.message.split("\n")[0]}` : "",
  ]
    .filter(Boolean)
    .join("  ");
}

export const progressText = ({ message, part }: { message: string; part?: number }): string =>
  part === undefined ? message : `${message} ${Math.round(part * 100)} %`;
