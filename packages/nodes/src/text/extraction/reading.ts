import { assign } from "./assign.js";
import { isBill } from "./bill.js";
import { type Candidate, withoutOverlaps } from "./candidate.js";
import { readingsOf } from "./candidates.js";
import type { Kind } from "./field.js";
import { grounded, isWritten } from "./grounded.js";
import type { Said } from "./named-by.js";
import { proseOf } from "./prose.js";
import { type Evidence, type Ranked, rank } from "./rank.js";
import type { Sought } from "./sought.js";
import { type Survey, surveyOf } from "./survey.js";

/** The fields of a text on the way to their values: patterns first, then what engines say of some of them. */
export interface Reading {
  readonly text: string;
  /** A field's candidates, best first. */
  best(field: string): readonly Ranked[];
  /** What stands in the text for a field. */
  survey(field: string): Survey;
  /** The fields that may have a value of which patterns and engines are not sure. */
  inDoubt(): readonly string[];
  /** Takes in what an engine found of some fields. */
  learn(engine: string, found: Readonly<Record<string, Evidence>>): void;
  /** Takes in what a chat model says that fields are, where the text has that; what no pattern found for one may be another's of its kind. */
  hear(engine: string, said: ReadonlyMap<string, Said>): void;
  /** The fields that have a value, with it. */
  values(): ReadonlyMap<string, Candidate>;
  /** The engines that worked, each with the fields that it settled. */
  engines(): string;
}

/** How likely the best candidate must be for nobody else to be asked. */
const beyondDoubt = 0.95;

export function readingOf(text: string, sought: Readonly<Record<string, Sought>>): Reading {
  const fields = Object.entries(sought).map(([field, one]) => ({ field, sought: one }));
  const all = fields.map(({ field }) => field);
  const readings = readingsOf(text);
  const prose = proseOf(text);
  const bill = isBill(text, readings.numerals);
  const kinds = new Map<Kind, Survey>();
  const surveyFor = ({ kind }: Sought): Survey => {
    const survey = kinds.get(kind) ?? surveyOf(kind, text, readings, prose);
    kinds.set(kind, survey);
    return survey;
  };
  const survey = (field: string) => surveyFor(sought[field]!);
  const known = new Map<string, Evidence>();
  const ranked = new Map<string, readonly Ranked[]>();
  const best = (field: string) => ranked.get(field) ?? [];
  const settle = (names: readonly string[]) => {
    for (const { field, sought } of fields) if (names.includes(field)) ranked.set(field, rank(surveyFor(sought), sought, known.get(field)));
  };
  settle(all);
  /** Who had the last word on each field. */
  const by = new Map(all.map((field) => [field, "patterns"]));
  const worked = ["patterns"];
  const learn = (engine: string, found: Readonly<Record<string, Evidence>>, changed: readonly string[] = Object.keys(found)) => {
    for (const [field, evidence] of Object.entries(found)) known.set(field, { ...known.get(field), ...evidence });
    for (const field of changed) by.set(field, engine);
    worked.push(engine);
    settle(changed);
  };
  const values = () =>
    assign(
      fields.map((one) => ({ ...one, ranked: best(one.field) })),
      bill,
    );
  return {
    text,
    best,
    survey,
    inDoubt: () => all.filter((field) => mayBe(survey(field)) && (best(field)[0]?.share ?? 0) < beyondDoubt),
    learn,
    hear: (engine, said) => {
      const meant = [...said].map(([field, one]) => ({ field, kind: survey(field).kind, one: grounded(one, survey(field)) }));
      for (const [kind, before] of kinds) {
        const ofKind = meant.flatMap(({ kind: its, one }) => (one && its === kind ? [one] : []));
        const found = withoutOverlaps(ofKind.filter((one) => !before.candidates.includes(one)));
        if (found.length) kinds.set(kind, surveyOf(kind, text, readings, prose, [...before.candidates, ...found]));
      }
      const named = meant.flatMap(({ field, one }) => (one === undefined ? [] : [[field, { named: one ?? ("none" as const) }] as const]));
      learn(engine, Object.fromEntries(named), all);
    },
    values,
    engines: () => {
      const found = values();
      const told = (engine: string, names: readonly string[]) => (names.length ? `${engine} (${names.join(", ")})` : engine);
      return worked
        .map((engine) =>
          told(
            engine,
            all.filter((field) => by.get(field) === engine && found.has(field)),
          ),
        )
        .join(" + ");
    },
  };
}

/** Whether a text may have a value of a kind: one that no pattern finds may be named, where values are what stands there. */
const mayBe = ({ kind, candidates, text }: Survey) => candidates.length > 0 || (isWritten(kind) && /\p{L}/u.test(text));
