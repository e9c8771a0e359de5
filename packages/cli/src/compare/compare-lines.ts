import { dollars, duration, joules } from "../show/amounts.js";
import { printable } from "../show/printable.js";
import { table } from "../show/table.js";
import { type Difference, tells } from "./paired.js";
import type { Compared, Side, Summary } from "./summary.js";

/** Two side by side, and what has to be known to read it. `outputs` are all that the task gives. */
export function compareLines(
  compared: readonly Compared[],
  { team, giant, paired }: Summary,
  { giant: name, outputs, width }: { readonly giant: string; readonly outputs: readonly string[]; readonly width: number },
): string[] {
  const row = (what: string, of: (side: Side) => string, difference = "") => [what, of(team), of(giant), difference];
  const count = (of: (side: Side) => number) => (side: Side) => (of(team) || of(giant) ? String(of(side)) : "");
  const rows = [
    row("cases right", ({ right, judged }) => (judged ? `${right} of ${judged}` : ""), shown(paired.right, points, "points")),
    row("fields right", ({ rightFields, fields }) => (fields ? `${rightFields} of ${fields}` : "")),
    row(
      "failed",
      count(({ failed }) => failed),
    ),
    row(
      "refused",
      count(({ refused }) => refused),
    ),
    row("latency, median", ({ latencyMs }) => (latencyMs ? duration(latencyMs.median) : ""), shown(paired.latencyMs, signed(duration))),
    row("latency, p90", ({ latencyMs }) => (latencyMs ? duration(latencyMs.p90) : "")),
    row("tokens", ({ tokens }) => `${tokens.input} in, ${tokens.output} out`, shown(paired.tokens, signed(String))),
    row("energy", energyOf, shown(paired.joules, signed(moreJoules))),
    row("cost", costOf, team.cost || giant.cost ? shown(paired.cost, signed(moreDollars)) : ""),
  ].filter(([, one, other]) => one || other);
  const lines = table(["", "team", name, "giant less team, a case (95%)"], rows, width, { right: [1, 2], spare: [3] });
  return [...lines, ...notes(compared, { team, giant, paired }, outputs), ...misses(compared)].map(printable);
}

const costOf = ({ cost, unpriced }: Side): string => (unpriced ? [dollars(cost), "?"].filter(Boolean).join(" + ") : dollars(cost) || "$0");
const energyOf = (side: Side): string => [joules(side), ...(side.energyUnknownOf.length ? ["?"] : [])].filter(Boolean).join(" + ");

const moreJoules = (value: number): string => joules({ measuredJoules: value, estimatedJoules: 0 }) || "0 J";
const moreDollars = (value: number): string => dollars(value) || "$0";
const signed =
  (of: (value: number) => string) =>
  (value: number): string =>
    `${value < 0 ? "-" : "+"}${of(Math.abs(value))}`;
const points = signed((share) => String(Math.round(100 * share)));

function shown(difference: Difference | undefined, of: (value: number) => string, unit?: string): string {
  if (!difference) return "";
  const { value, interval } = difference;
  const told = unit ? `${of(value)} ${unit}` : of(value);
  if (!interval) return `${told}, too few cases to tell`;
  const said = `${told} (${of(interval[0])} to ${of(interval[1])})`;
  return tells(difference) ? said : `${said}, not told apart`;
}

function notes(compared: readonly Compared[], { team, giant, paired }: Summary, outputs: readonly string[]): string[] {
  const expected = new Set(compared.flatMap((one) => Object.keys(one.case.expect)));
  const unjudged = outputs.filter((output) => !expected.has(output));
  const elsewhere = [...new Set([...team.energyUnknownOf, ...giant.energyUnknownOf])];
  return [
    ...(unjudged.length ? [`Not judged, since no case expects anything of it: ${unjudged.join(", ")}.`] : []),
    ...(paired.right && !tells(paired.right)
      ? [`${paired.judged} judged ${paired.judged === 1 ? "case does" : "cases do"} not tell which of the two is right more often.`]
      : []),
    ...(giant.refused ? [`Cases that were refused count as not right, and are left out of the difference.`] : []),
    ...(elsewhere.length ? [`What ${elsewhere.join(", ")} took where it runs is not known.`] : []),
    ...(team.estimatedJoules || giant.estimatedJoules ? ["Energy with ~ is estimated from CPU time, not measured."] : []),
  ];
}

/** Every case that one of them did not get right, and what it said instead. */
function misses(compared: readonly Compared[]): string[] {
  return compared.flatMap((one) =>
    (["team", "giant"] as const).flatMap((side) => {
      const { verdict, wrong, error } = one[side];
      if (verdict === "wrong") return [`${one.case.id}, ${side}: ${wrong.map(({ field, got }) => `${field} is ${said(got)}`).join(", ")}`];
      return error ? [`${one.case.id}, ${side}: ${error.code}: ${cut(error.message)}`] : [];
    }),
  );
}

const said = (value: unknown): string => cut(JSON.stringify(value));
const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
