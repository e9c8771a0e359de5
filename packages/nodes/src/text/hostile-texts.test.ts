import { expect, test } from "vitest";
import { denseTexts } from "../../../../bench/dense-texts.mjs";
import { alone } from "./alone.js";
import { extract } from "./extract.js";
import { amounts } from "./extraction/amounts.js";
import { readingsOf } from "./extraction/candidates.js";
import { dates } from "./extraction/dates.js";
import type { Kind } from "./extraction/field.js";
import { numbers } from "./extraction/numbers.js";
import { organisations } from "./extraction/organisations.js";
import { persons } from "./extraction/persons.js";
import { plain } from "./extraction/plain.js";
import { proseOf } from "./extraction/prose.js";
import { spoken } from "./extraction/sought.js";
import { emails, spans } from "./extraction/spans.js";
import { times } from "./extraction/times.js";
import { facts } from "./facts.js";
import { sentences } from "./sentences.js";

const size = 100_000;
const units = [
  ...[" ", "\n", "\t", "\u00a0", "\u200e", "-", ".", ",", ":", "(", ")", "'", "&", "@", "$", "%", "_", "/", "0", "a", "A", "é", "日", "😀"],
  ...["1 ", "1,", "1.", "1-", "1 . ", "1e", "1er ", "$1.00 ", "1,234 ", "1 234 ", "20% ", "10:00 ", "1 Jan ", "Jan 1 ", "1/2/2026 ", "(-$"],
  ...[
    "a@",
    "a-",
    "a. ",
    "www.",
    "a.com ",
    "x: ",
    "-- ",
    ". ",
    "A'",
    "Ab ",
    "Ab van ",
    "Ab and ",
    "M ",
    "Mr ",
    "Acme GmbH\n",
    "Foo Ltd www.foo.com\n",
  ],
  ...["strasse 1 ", "total 3.60 ", `${" ".repeat(4000)}Ab`, `${"-".repeat(4000)}A`, `${"A".repeat(50)}'b `],
];
const texts = units.map((unit) => [unit, `x${unit.repeat(size / unit.length)}x`] as const);

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  ...{ amounts, numbers, dates, times, emails, organisations, persons, facts, sentences, plain, spoken, proseOf },
  spans: (text) => spans(text, readingsOf(text)),
};

/**
 * Seconds of the processor, which no busy machine lengthens. An expression whose time grows with the square of a text takes a
 * dozen of them and more for these; what is linear, half of one.
 */
const bound = 5;

function seconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

test.each(Object.entries(readers))(
  "%s ends soon on every hostile text",
  (_, reader) => {
    for (const [unit, text] of texts) {
      const since = process.cpuUsage();
      reader(text);
      expect([unit.trim().slice(0, 20), seconds(since)]).toSatisfy(([, spent]) => spent < bound);
    }
  },
  600_000,
);

const kinds: readonly Kind[] = ["text", "organisation", "person", "date", "time", "amount", "number", "email"];

test.each([...denseTexts(size), ...texts.filter(([unit]) => ["1 ", "Ab ", "a. ", "$1.00 ", "Acme GmbH\n"].includes(unit))])(
  "extract ends soon on a text of %j",
  async (_, text) => {
    const app = alone(
      extract({
        engine: "patterns",
        fields: Object.fromEntries(kinds.map((kind) => [`${kind}Sought`, { kind, description: "total of the day" }])),
      }),
    );
    const since = process.cpuUsage();
    await app.invoke({ text });
    expect(seconds(since)).toBeLessThan(bound);
  },
  600_000,
);
