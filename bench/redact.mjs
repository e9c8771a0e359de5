// What `redact` finds of personal data, by kind and by language, and what it takes out that is none.
// node bench/redact.mjs [--texts FILE …] [--verbose]
//   Texts, one a line: { id, language, text }, with what is personal marked in the text: ⟦kind|value⟧.
//   Without a file it runs on the texts in redact/. --verbose shows what is wrong in texts of odd numbers; the even ones are only counted.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { redact } from "@troupe/nodes";

const { values } = parseArgs({ options: { texts: { type: "string", multiple: true }, verbose: { type: "boolean", default: false } } });

/** What one would write in ten minutes: addresses, runs of digits, and no names. */
const usual = {
  mail: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  iban: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g,
  card: /\b\d{4}(?:[ -]?\d{4}){3}\b/g,
  phone: /\+?\d[\d ()/-]{7,}\d/g,
  ip: /\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
};
const engines = {
  baseline: (text) => {
    const found = Object.entries(usual).flatMap(([kind, form]) =>
      [...text.matchAll(form)].map(({ 0: one, index }) => ({ kind, start: index, end: index + one.length })),
    );
    return found.filter((one, i) => !found.slice(0, i).some(({ start, end }) => start < one.end && one.start < end));
  },
  redact: (text) => {
    const { redacted, vault } = redact.run({ text });
    const found = [];
    let [at, behind] = [0, 0];
    for (const { 0: placeholder, index } of redacted.matchAll(/\[([A-Z]+)_\d+\]/g)) {
      if (!(placeholder in vault)) continue;
      const start = at + index - behind;
      at = start + vault[placeholder].length;
      behind = index + placeholder.length;
      found.push({ kind: placeholder.slice(1, placeholder.indexOf("_")).toLowerCase(), start, end: at });
    }
    return found;
  },
};

/** A text and what is marked in it. */
function unmarked(marked) {
  let text = "";
  const expected = [];
  let at = 0;
  for (const { 0: whole, 1: kind, 2: value, index } of marked.matchAll(/⟦(\w+)\|([^⟧]+)⟧/g)) {
    text += marked.slice(at, index);
    expected.push({ kind, start: text.length, end: text.length + value.length });
    text += value;
    at = index + whole.length;
  }
  return { text: text + marked.slice(at), expected };
}

const share = (part, whole) => (whole === 0 ? "–" : `${part} of ${whole} (${Math.round((100 * part) / whole)}%)`);

function measure(name, find, cases) {
  const kinds = new Map();
  const languages = new Map();
  const halves = [0, 1].map(() => ({ whole: 0, all: 0, spare: 0 }));
  for (const [i, one] of cases.entries()) {
    const { text, expected } = unmarked(one.text);
    const found = find(text);
    const half = halves[i % 2];
    const tell = (what) => values.verbose && name === "redact" && i % 2 === 0 && console.log(`${one.id}: ${what}`);
    const covered = new Uint8Array(text.length);
    for (const { start, end } of found) covered.fill(1, start, end);
    for (const { kind, start, end } of expected) {
      const value = text.slice(start, end);
      // Blanks between two parts that were taken out tell nothing.
      const whole = value.split("").every((sign, j) => covered[start + j] === 1 || !/[\p{L}\p{N}]/u.test(sign));
      const named = whole && found.some((other) => other.kind === kind && other.start < end && start < other.end);
      const row = kinds.get(kind) ?? { whole: 0, named: 0, all: 0 };
      kinds.set(kind, { whole: row.whole + whole, named: row.named + named, all: row.all + 1 });
      const tongue = languages.get(one.language) ?? { whole: 0, all: 0 };
      languages.set(one.language, { whole: tongue.whole + whole, all: tongue.all + 1 });
      half.whole += whole;
      half.all++;
      if (!whole) tell(`missed ${kind} "${value}"`);
    }
    for (const { start, end, kind } of found) {
      if (expected.some((other) => other.start < end && start < other.end)) continue;
      half.spare++;
      tell(`took ${kind} "${text.slice(start, end)}"`);
    }
  }
  console.log(`\n${name}`);
  for (const [kind, { whole, named, all }] of kinds)
    console.log(`  ${kind.padEnd(8)} taken out ${share(whole, all).padEnd(18)} and called so ${share(named, all)}`);
  console.log(`  by language: ${[...languages].map(([tongue, { whole, all }]) => `${tongue} ${whole}/${all}`).join(", ")}`);
  for (const [i, { whole, all, spare }] of halves.entries())
    console.log(`  ${i ? "even" : "odd"} texts: taken out ${share(whole, all)}; ${spare} taken out that are none`);
}

for (const file of values.texts ?? ["texts", "later"].map((name) => new URL(`redact/${name}.jsonl`, import.meta.url))) {
  const cases = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  console.log(`\n${file}: ${cases.length} texts`);
  for (const [name, find] of Object.entries(engines)) measure(name, find, cases);
}
