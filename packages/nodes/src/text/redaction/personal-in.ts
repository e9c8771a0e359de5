import { asRead } from "./as-read.js";
import { births } from "./births.js";
import { mails, phones, urls } from "./contacts.js";
import { homes } from "./homes.js";
import { ids } from "./ids.js";
import type { Personal, PersonalKind } from "./kinds.js";
import { names } from "./names.js";
import { cards, ibans, ips } from "./numbers.js";

/** What finds each kind; of two that lie over each other the first here stands. */
const finders: readonly (readonly [PersonalKind, (text: string) => Personal[]])[] = [
  ["url", urls],
  ["mail", mails],
  ["iban", ibans],
  ["card", cards],
  ["birth", births],
  ["address", homes],
  ["id", ids],
  ["ip", ips],
  ["phone", phones],
  ["person", names],
];

/** Personal data of a text, by kind, in order, none over another; what is found is likely so, what is not may be there all the same. */
export function personalIn(text: string, kinds: readonly PersonalKind[]): readonly Personal[] {
  const read = asRead(text);
  const taken = new Uint8Array(text.length);
  const kept: Personal[] = [];
  for (const [kind, find] of finders) {
    if (!kinds.includes(kind)) continue;
    const found = find(read).sort((a, b) => b.end - b.start - (a.end - a.start));
    for (const one of found) {
      for (const { start, end } of free(one, taken, read)) {
        taken.fill(1, start, end);
        kept.push({ start, end, kind });
      }
    }
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** The stretches of one that nothing else lies over: what is found by half is not left by half. */
function free({ start, end }: Personal, taken: Uint8Array, text: string): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = [];
  for (let at = start; at < end; ) {
    if (taken[at] === 1) {
      at++;
      continue;
    }
    const next = taken.subarray(at, end).indexOf(1);
    const stop = next < 0 ? end : at + next;
    const [, before = "", within = ""] = /^([^\p{L}\p{N}+(]*)(.*?)[\s,;:]*$/su.exec(text.slice(at, stop)) ?? [];
    if (/[\p{L}\p{N}]/u.test(within)) stretches.push({ start: at + before.length, end: at + before.length + within.length });
    at = stop;
  }
  return stretches;
}
