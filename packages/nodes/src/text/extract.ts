import { type ChatModel, type Context, fence, type Specialist, specialist } from "@troupe/core";
import { z } from "zod";
import { capableModel } from "./capable-model.js";
import { cosine } from "./cosine.js";
import { assign } from "./extraction/assign.js";
import { isBill } from "./extraction/bill.js";
import { type Candidate, withoutOverlaps } from "./extraction/candidate.js";
import { readingsOf } from "./extraction/candidates.js";
import { type Extracted, type Fields, type Kind, outputSchema } from "./extraction/field.js";
import { grounded, isWritten } from "./extraction/grounded.js";
import { namedBy } from "./extraction/named-by.js";
import { proseOf } from "./extraction/prose.js";
import { type Evidence, type Ranked, rank } from "./extraction/rank.js";
import { type Sought, soughtFor, spoken } from "./extraction/sought.js";
import { surroundings } from "./extraction/surroundings.js";
import { type Survey, surveyOf } from "./extraction/survey.js";
import { sentences } from "./sentences.js";

export interface ExtractOptions<F extends Fields> {
  readonly fields: F;
  /** Default: `extract`. */
  readonly name?: string;
  readonly does?: string;
  /**
   * `patterns` looks at forms, labels and how values fit one another; `embeddings` also at what surroundings mean; `model` also
   * asks the role `default`. Default (`auto`): patterns, then embeddings for fields these leave in doubt, then the model where its
   * card shows that it is capable; where `calls` is bound, the model tuned for it names one of the candidates, or none, for fields that
   * several values may be.
   */
  readonly engine?: Engine;
}

type Engine = "auto" | "patterns" | "embeddings" | "model";

/**
 * An extractor of these fields. Grounded: each value is a span of the source, given in `places`, or null where the source does not
 * have it; a model's proposal counts only where the source has it. Of a text of more than 100,000 characters
 * the first and last 50,000 are read; of more than 600 values of a kind, the first and last 300 are weighed.
 * @throws TroupeError `FIELDS_INVALID`
 * @example
 * const receipt = extract({ fields: { merchant: { kind: "organisation" }, total: { kind: "amount", labels: ["Summe"] } } });
 */
export function extract<const F extends Fields>(options: ExtractOptions<F>): Specialist<{ text: string }, Extracted<F>> {
  const { fields, name = "extract", engine = "auto" } = options;
  const { does = `Finds ${Object.keys(fields).map(spoken).join(", ")} in a text` } = options;
  const all = Object.keys(fields);
  const output = outputSchema(fields);
  const sought = Object.fromEntries(all.map((field) => [field, soughtFor(field, fields)]));
  return specialist({
    name,
    does,
    input: z.object({ text: z.string() }),
    output: output as any,
    run: async ({ text: whole }, ctx) => {
      const text = ends(whole);
      const readings = readingsOf(text);
      const prose = proseOf(text);
      const kinds = new Map<Kind, Survey>();
      for (const { kind } of Object.values(sought)) if (!kinds.has(kind)) kinds.set(kind, surveyOf(kind, text, readings, prose));
      const surveys = Object.fromEntries(all.map((field) => [field, kinds.get(sought[field]!.kind)!]));

      const evidence: Record<string, Evidence> = Object.fromEntries(all.map((field) => [field, {}]));
      const best: Record<string, readonly Ranked[]> = {};
      const settle = (names: readonly string[]) => {
        for (const field of names) best[field] = rank(surveys[field]!, sought[field]!, evidence[field]);
        return engine === "auto" ? names.filter((field) => mayBe(surveys[field]!) && inDoubt(best[field]!)) : names;
      };
      const worked = ["patterns"];
      let open = settle(all);
      const several = open.filter((field) => best[field]!.length);
      if (several.length && engine !== "patterns" && (engine !== "auto" || ctx.model("embeddings"))) {
        const found = await similarities(several, best, sought, surveys, text, ctx);
        for (const field of several) evidence[field] = { similarity: found[field]! };
        open = settle(open);
        worked.push("embeddings");
      }
      const reader = open.length ? await readerOf(ctx, engine, text) : undefined;
      const asked = reader ? (reader.hints ? open.filter((field) => best[field]!.length) : all) : [];
      if (reader && asked.length) {
        // Tuned weights know texts as they are, and are too small to write what is not there to choose.
        const among = reader.hints && Object.fromEntries(asked.map((field) => [field, likeliest(best[field]!)]));
        const told = reader.hints ? text : fence(text);
        const named = [...(await namedBy(reader.model, ctx, fields, asked, told, among))];
        const meant = named.map(([field, said]) => [field, grounded(said, surveys[field]!)] as const);
        // What no pattern found for one field may be another's of its kind.
        for (const [kind, survey] of kinds) {
          const ofKind = meant.flatMap(([field, one]) => (one && sought[field]!.kind === kind ? [one] : []));
          const found = withoutOverlaps(ofKind.filter((one) => !survey.candidates.includes(one)));
          if (found.length) kinds.set(kind, surveyOf(kind, text, readings, prose, found));
        }
        for (const [field, one] of meant) {
          surveys[field] = kinds.get(sought[field]!.kind)!;
          if (reader.hints) evidence[field] = { ...evidence[field], ...(one && { hinted: one }) };
          else if (one !== undefined) evidence[field] = { ...evidence[field], named: one ?? "none" };
        }
        settle(asked);
        worked.push(reader.model.id);
      }
      const chosen = assign(best, sought, isBill(text, readings.numerals));
      ctx.worked(worked.join(" + "));
      const taken = all.map((field) => [field, chosen.get(field)] as const);
      const shownAs = (field: string, { value }: Candidate) => (sought[field]!.unsigned ? Math.abs(Number(value)) : value);
      return {
        ...Object.fromEntries(taken.map(([field, one]) => [field, one ? shownAs(field, one) : null])),
        places: Object.fromEntries(taken.map(([field, one]) => [field, one ? { start: one.start, end: one.end } : null])),
      } as any;
    },
  });
}

/** Characters of a text that are read: some forty pages. */
const readable = 100_000;

/** A text that is too long with its middle left blank, so that places stay true. */
function ends(text: string): string {
  const blank = text.length - readable;
  return blank <= 0 ? text : `${text.slice(0, readable / 2)}${"\n".repeat(blank)}${text.slice(-readable / 2)}`;
}

/** The most values that a model is shown for a field: the likeliest. */
const shown = 12;

/** The likeliest candidates of a field, one a value, in the text's order. */
function likeliest(ranked: readonly Ranked[]): readonly Candidate[] {
  const known = new Map<Candidate["value"], Candidate>();
  for (const { candidate } of ranked) if (known.size < shown && !known.has(candidate.value)) known.set(candidate.value, candidate);
  return [...known.values()].sort((a, b) => a.start - b.start);
}

/** The longest text that tuned weights, which are small, are given, in characters. */
const longestHinted = 4000;

/** The chat model that names values: of the role `default` where it is capable or was asked for, else one tuned for it, which hints. */
async function readerOf(ctx: Context, engine: Engine, text: string): Promise<{ model: ChatModel; hints?: true } | undefined> {
  if (engine === "patterns" || engine === "embeddings") return undefined;
  const model = engine === "model" ? (ctx.model("default") as ChatModel | undefined) : await capableModel(ctx);
  if (model || engine === "model") return { model: model! };
  const tuned = ctx.model("calls") as ChatModel | undefined;
  return tuned && text.length <= longestHinted ? { model: tuned, hints: true } : undefined;
}

/** Whether a text may have a value of a kind: one that no pattern finds may be named, where values are what stands there. */
const mayBe = ({ kind, candidates, text }: Survey) => candidates.length > 0 || (isWritten(kind) && /\p{L}/u.test(text));

/** How likely the best candidate must be for nobody else to be asked. */
const beyondDoubt = 0.95;

const inDoubt = ([top]: readonly Ranked[]): boolean => !top || top.share < beyondDoubt;

/** The likeliest of a field's candidates are compared; the rest have little to hope for. */
const compared = 16;

/** For each field, how near what stands around each of its likeliest candidates is to what the field says it is. */
async function similarities(
  names: readonly string[],
  best: Readonly<Record<string, readonly Ranked[]>>,
  sought: Readonly<Record<string, Sought>>,
  surveys: Readonly<Record<string, Survey>>,
  text: string,
  ctx: Context,
): Promise<Record<string, ReadonlyMap<Candidate, number>>> {
  const said = sentences(text);
  const around = Object.fromEntries(
    names.map((name) => [
      name,
      best[name]!.slice(0, compared).map(
        ({ candidate }) => [candidate, surroundings(candidate, surveys[name]!.beside(candidate), said)] as const,
      ),
    ]),
  );
  const wanted = [...new Set(names.flatMap((name) => [sought[name]!.query, ...around[name]!.map(([, words]) => words)]))];
  const vectors = await ctx.embed(wanted);
  const of = (words: string) => vectors[wanted.indexOf(words)]!;
  return Object.fromEntries(
    names.map((name) => [
      name,
      new Map(around[name]!.map(([candidate, words]) => [candidate, cosine(of(sought[name]!.query), of(words))])),
    ]),
  );
}
