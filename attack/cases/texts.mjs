// Texts of 100 kB made so that a search that goes back and forth never ends.
import { alone, ends } from "../alone.mjs";

const size = 100_000;
const fill = (part) => part.repeat(Math.ceil(size / part.length)).slice(0, size);
const hostile = {
  blanks: fill(" "),
  tabs: fill("\t"),
  lines: fill("\n"),
  "open brackets": fill("("),
  brackets: fill("[{("),
  digits: fill("1"),
  "digits and points": fill("1."),
  "digits and commas": fill("1,"),
  "digits and blanks": fill("1 "),
  dates: fill("1 Jan "),
  "numbered dates": fill("1/2/3 "),
  "a long line of names": fill("Acme Widgets GmbH "),
  capitals: fill("A"),
  "capital words": fill("Aa "),
  initials: fill("A. B. "),
  mail: fill("a@"),
  dots: fill("a."),
  hyphens: fill("a-"),
  quotes: fill('"'),
  currency: fill("€ "),
  times: fill("1:1:"),
  backslashes: fill("\\"),
  marks: fill("!?"),
  emoji: fill("👩‍👩‍👧‍👦"),
  "combining marks": `e${fill("\u0301")}`,
  "right to left": fill("\u202e"),
};

const fields = {
  name: { kind: "person" },
  firm: { kind: "organisation" },
  day: { kind: "date" },
  hour: { kind: "time" },
  total: { kind: "amount" },
  count: { kind: "number" },
  mail: { kind: "email" },
  word: {},
};

export default Object.entries(hostile).flatMap(([name, text], i) => [
  {
    name: `extract from ${name}`,
    short: i % 5 === 0,
    seconds: 6,
    run: ({ core, nodes }) => ends(() => alone(core, nodes.extract({ fields, engine: "patterns" })).invoke({ text })),
  },
]);
