import type { TroupeEvent } from "@troupe/core";
import { duration } from "./amounts.js";
import { eachOf, inItem, itemsOf, itemsText } from "./items.js";
import { planLines } from "./plan-lines.js";
import { printable } from "./printable.js";
import { progressText } from "./tree-lines.js";
import { follow, tokensOf, type View } from "./view.js";

/**
 * What is printed about an event where there is no terminal: whole lines, nothing twice, no text as it streams, and of the items of an
 * each how many are done. `before` is the view without it.
 */
export function plainLines(before: View, event: TroupeEvent): string[] {
  const of = "at" in event && event.at !== undefined ? eachOf(event.at) : undefined;
  if (of !== undefined) return itemLines(before, event, of);
  return "at" in event && inItem(event.at) && event.kind !== "failed" ? [] : occurrenceLines(before, event);
}

/** A line when an each begins, some ten on the way, and what failed. */
function itemLines(before: View, event: TroupeEvent, of: string): string[] {
  if (event.kind === "started") {
    const items = itemsOf(before, of);
    return items.rows.length ? [] : [printable(`> ${of}  ${event.specialist}  ${itemsText(items)}`)];
  }
  if (event.kind !== "completed" && event.kind !== "failed") return [];
  const items = itemsOf(follow(before, event), of);
  const tenth = Math.ceil(items.total / 10);
  const told = items.done + items.failed === items.total || (event.kind === "completed" && items.done % tenth === 0);
  return [...(event.kind === "failed" ? occurrenceLines(before, event) : []), ...(told ? [printable(`  ${of}  ${itemsText(items)}`)] : [])];
}

/** What was refused, or what in a text reads like orders, and by which way it came. */
const flaggedLine = ({ at, what, way, said }: Extract<TroupeEvent, { kind: "flagged" }>): string =>
  `! ${at || "input"}  ${what}: ${way.join(" → ")}${said === undefined ? "" : `: "${said}"`}`;

function occurrenceLines(before: View, event: TroupeEvent): string[] {
  switch (event.kind) {
    case "resumed": {
      const done = [...before.rows.values()].filter(({ status }) => status === "completed").length;
      return [`resumed: ${done} of ${before.rows.size} were finished before and are not run again`];
    }
    case "started":
      return [printable(`> ${event.at}  ${event.specialist}${event.attempt > 1 ? `  attempt ${event.attempt}` : ""}`)];
    case "planned":
      return planLines({ ...event, at: event.at });
    case "completed": {
      const { input, output } = tokensOf(event.usage);
      const facts = [duration(event.ms), input || output ? `${input}→${output} tokens` : "", event.engine ?? ""].filter(Boolean);
      return [printable(`✓ ${event.at}  ${facts.join("  ")}`)];
    }
    case "failed":
      return [printable(`✗ ${event.at}  ${duration(event.ms)}  ${event.error.code}: ${event.error.message.split("\n")[0]}`)];
    case "flagged":
      return [printable(flaggedLine(event))];
    case "diverged":
      return [printable(`! ${event.at}  goes another way than the attempt before`)];
    case "late":
      return [printable(`! ${event.at}  attempt ${event.attempt} answered after it was stopped; that is dropped`)];
    case "cancelled":
      return [printable(`– ${event.at}  ${duration(event.ms)}  cancelled`)];
    case "progress": {
      const row = before.rows.get(event.at);
      if (!row || row.progress?.message === event.message) return [];
      return [printable(`  ${event.at}  ${progressText(event)}`)];
    }
    default:
      return [];
  }
}
