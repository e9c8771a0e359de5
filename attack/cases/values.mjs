// Values whose part is another value: read whole, or not at all.
import { alone } from "../alone.mjs";

const amounts = [
  ["Total 1 234,56 €", 1234.56],
  ["Total 12 450,00 kr", 12450],
  ["Total $(45.00)", -45],
  ["Summe 1.234,56 EUR", 1234.56],
  ["Total CHF 1'234.50", 1234.5],
  ["Total ₹1,23,456.00", 123456],
  ["Total 120,- kr", 120],
  ["Total €１２３.４５", 123.45],
  ["Total 99¢", null],
  ["Total 5 € 50", null],
  ["Total 12h30 €", null],
];
const numbers = [
  ["count: 0.125", 0.125],
  ["count: 0,750", 0.75],
  ["count: 1,234.567", 1234.567],
  ["count: 1 500", 1500],
  ["count: 1.5e3", 1500],
  ["count: 1,234", null],
  ["count: 1e400", null],
  ["count: 1e-400", null],
];
const dates = [
  ["date 2026/03/14", "2026-03-14"],
  ["date 2026.03.14", "2026-03-14"],
  ["日付 2026年3月14日", "2026-03-14"],
  ["data 14 maggio 2026", "2026-05-14"],
  ["38,95\n24-12-2021", "2021-12-24"],
  ["date R8.3.14", null],
  ["RM 4.00 paid on 05/11/2018", "2018-11-05"],
];

const named = { amount: ["total", ["Total", "Summe"]], number: ["count", ["count"]], date: ["date", ["date", "data", "日付", "paid on"]] };

const table = (kind, rows, [field, labels] = named[kind]) =>
  rows.map(([text, expected], i) => ({
    name: `${kind} in ${JSON.stringify(text)}`,
    short: i === 0,
    run: async ({ core, nodes }) => {
      const { [field]: value } = await alone(core, nodes.extract({ fields: { [field]: { kind, labels } }, engine: "patterns" })).invoke({
        text,
      });
      // Nothing found is honest; another value is not.
      if (value !== null && value !== expected) return `read as ${value}`;
      if (value === null && expected !== null) return "not read";
    },
  }));

export default [...table("amount", amounts), ...table("number", numbers), ...table("date", dates)];
