// Examples of closed questions about fields of texts: node fields.mjs OUT.jsonl TEXTS.jsonl … [--variants 40]
//   Texts as `bench/extract.mjs` takes them; run it in the repository. A question is put as `extract` puts it to a decision model: which of
//   its likeliest candidates a field is, or none. A text comes in many variants: with other names (those of other texts of its language),
//   other digits in its amounts, numbers and codes, and other years, all consistently; with fields called otherwise or not described;
//   with the line of a field left out; and with fields of other texts, which it does not have.
import { openSync, readFileSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { createJiti } from "jiti";
import { exampleOf, none, randomly } from "./example.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { variants: { type: "string", default: "40" } } });
const [out, ...files] = positionals;
const source = new URL("../../nodes/src/text/extraction/", import.meta.url);
const from = (path) => createJiti(import.meta.url).import(new URL(path, source).href);
const [{ readingsOf }, { optionOf }, { plain }, { proseOf }, { rank }, { soughtFor, spoken }, { surveyOf }] = await Promise.all(
  ["candidates.ts", "option-of.ts", "plain.ts", "prose.ts", "rank.ts", "sought.ts", "survey.ts"].map(from),
);

/** How often the line of a field is left out, a field is called otherwise or loses its description, and one of another text is asked for. */
const [leftOut, renamed, undescribed, strange] = [0.3, 0.3, 0.15, 0.5];
/** The fewest and the most options, less none. */
const [fewest, most] = [4, 12];

const { chance, below, one } = randomly(20261127);

const written = new Set(["text", "organisation", "person"]);
const squeezed = (text) => plain(String(text)).replace(/ /g, "");
const isSame = (kind, value, expected) => (written.has(kind) ? squeezed(value) === squeezed(expected) : value === expected);
const kindOf = ({ kind = "text" }) => kind;

function surveyor(text) {
  const [readings, prose, known] = [readingsOf(text), proseOf(text), new Map()];
  return (kind) => known.get(kind) ?? known.set(kind, surveyOf(kind, text, readings, prose)).get(kind);
}

const texts = files
  .flatMap((file) => readFileSync(file, "utf8").trim().split("\n").map(JSON.parse))
  .map((text) => ({ ...text, places: placesOf(text) }));

/** Where each field's value stands in a text. */
function placesOf({ text, fields, expected }) {
  const survey = surveyor(text);
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const right = survey(kindOf(field)).candidates.filter(
        ({ value }) => expected[name] !== null && isSame(kindOf(field), value, expected[name]),
      );
      return [name, right.map(({ start, end }) => [start, end])];
    }),
  );
}

/** The stretches of a text that are written otherwise, and how, in order. */
function changesOf({ id, text, language, fields, expected }) {
  const changes = [];
  const taken = new Uint8Array(text.length);
  const change = (start, end, to) => {
    if (!taken.subarray(start, end).includes(1)) changes.push([start, end, to]);
    taken.fill(1, start, end);
  };
  const readings = readingsOf(text);
  const years = below(5) - 2;
  for (const { start, end } of readings.dates) {
    for (const { 0: year, index } of text.slice(start, end).matchAll(/(?<!\d)20[0-6]\d(?!\d)/g))
      change(start + index, start + index + 4, String(Number(year) + years));
    taken.fill(1, start, end);
  }
  for (const { start, end } of readings.times) taken.fill(1, start, end);
  const others = texts.filter((other) => other.language === language && other.id !== id);
  const names = others.flatMap((other) =>
    Object.entries(other.fields).flatMap(([name, { kind }]) => (kind === "person" && other.expected[name]) || []),
  );
  for (const [name, { kind }] of Object.entries(fields)) {
    const [own, other] = [kind === "person" && expected[name], names.length > 0 && one(names)];
    if (!own || !other || own.split(" ").length !== other.split(" ").length || text.includes(other)) continue;
    const parts = [[own, other], ...own.split(" ").map((part, i) => [part, other.split(" ")[i]])];
    for (const [part, to] of parts)
      for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
        if (!/\p{L}/u.test((text[at - 1] ?? "") + (text[at + part.length] ?? ""))) change(at, at + part.length, to);
  }
  const digits = new Map();
  const figures = [...surveyor(text)("text").candidates.filter(({ signs }) => signs.code || signs.phone), ...readings.numerals];
  for (const { start, end } of figures) {
    const found = text.slice(start, end);
    if (!/\d{2}/.test(found) || /^(?:19|20)\d\d$/.test(found)) continue;
    const other = () => found.replace(/\d/g, (digit, at) => (digit === "0" ? "0" : String(at === 0 ? 1 + below(9) : below(10))));
    if (!digits.has(found)) digits.set(found, other());
    change(start, end, digits.get(found));
  }
  return changes.sort(([a], [b]) => a - b);
}

/** A text with stretches written otherwise, and where a place of it is then, if it is not in one that was left out. */
function changed(text, changes) {
  let [made, at] = ["", 0];
  const steps = changes.map(([start, end, to]) => {
    made += text.slice(at, start) + to;
    at = end;
    return { start, end, by: made.length - end };
  });
  const moved = (place) => place + (steps.findLast(({ end }) => end <= place)?.by ?? 0);
  const gone = ([start, end]) => steps.some((one, i) => changes[i][2] === "" && one.start <= start && end <= one.end);
  return { text: made + text.slice(at), place: (place) => (gone(place) ? undefined : [moved(place[0]), moved(place[1])]) };
}

const ways = [
  [/^day on which /, "date when "],
  [/^day by which /, "last day by which "],
  [/^last day (?:for|to) /, "deadline for "],
  [/^number of /, "how many "],
  [/^how many /, "number of "],
  [/^price of /, "cost of "],
  [/^cost of /, "price of "],
  [/^who /, "person who "],
  [/^when /, "time when "],
];

/** A field, called or described otherwise, or not described. */
function asked(name, { kind, description }) {
  const [way, to] = one(ways);
  const said = chance() < undescribed ? undefined : description?.replace(way, to);
  const called = chance() < renamed && said ? one([spoken(name).replaceAll(" ", "_"), "value", kind ?? "text"]) : name;
  return [called, { kind: kind ?? "text", ...(said && { description: said }) }];
}

function examplesOf(record) {
  let { text, place } = changed(record.text, changesOf(record));
  let places = Object.fromEntries(Object.entries(record.places).map(([name, all]) => [name, all.map(place)]));
  const left = one(
    Object.keys(places)
      .filter((name) => places[name].length === 1 && chance() < leftOut)
      .concat(undefined),
  );
  if (left) {
    const [[start, end]] = places[left];
    const [opens, closes] = [text.lastIndexOf("\n", start - 1) + 1, text.indexOf("\n", end) + 1 || text.length];
    ({ text, place } = changed(text, [[opens, closes, ""]]));
    places = Object.fromEntries(
      Object.entries(places).map(([name, all]) => [name, all.flatMap((one) => (place(one) ? [place(one)] : []))]),
    );
  }
  const fields = Object.entries(record.fields).map(([name, field]) => ({ field: asked(name, field), right: places[name] }));
  const other = one(texts);
  const [name] = Object.keys(other.fields).filter((name) => (other.fields[name].description ?? "").split(" ").length > 2);
  if (name && other.form !== record.form && !(name in record.fields) && chance() < strange)
    fields.push({ field: asked(name, other.fields[name]), right: [] });
  const all = Object.fromEntries(fields.map(({ field }) => field));
  const survey = surveyor(text);
  return fields.flatMap(({ field: [name, { kind, description }], right }) => {
    if (all[name].description !== description) return [];
    const known = new Map();
    const ranked = rank(survey(kind), soughtFor(name, all));
    const count = fewest + below(most - fewest + 1);
    for (const { candidate } of ranked) if (known.size < count && !known.has(candidate.value)) known.set(candidate.value, candidate);
    const options = [...known.values()].sort((a, b) => a.start - b.start);
    const isRight = ({ start, end }) => right.some(([from, to]) => from === start && to === end);
    const answer = options.findIndex(({ value }) => ranked.some(({ candidate }) => candidate.value === value && isRight(candidate)));
    const shown = [...options.map((candidate) => optionOf(text, candidate)), none];
    if (new Set(shown).size < shown.length || shown.length < 2) return [];
    const question = `Which ${kind} is \`${name}\`${description ? ` (${description})` : ""}?`;
    return [exampleOf(`Text: ${text}`, question, shown, answer)];
  });
}

const file = openSync(out, "w");
for (let variant = 0; variant < Number(values.variants); variant++)
  for (const record of texts) for (const example of examplesOf(record)) writeSync(file, `${JSON.stringify(example)}\n`);
