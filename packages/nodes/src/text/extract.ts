import { type ChatModel, type Context, type Specialist, specialist } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { capableModel } from "./capable-model.js";
import type { Candidate } from "./extraction/candidate.js";
import { chooserOf, chosenBy } from "./extraction/chosen-by.js";
import { type Extracted, type Fields, outputSchema } from "./extraction/field.js";
import { namedBy } from "./extraction/named-by.js";
import type { Ranked } from "./extraction/rank.js";
import { readingOf } from "./extraction/reading.js";
import { similarities } from "./extraction/similarities.js";
import { soughtFor, spoken } from "./extraction/sought.js";

export interface ExtractOptions<F extends Fields> {
  readonly fields: F;
  /** Default: `extract`. */
  readonly name?: string;
  readonly does?: string;
  /**
   * `patterns` looks at forms, labels and how values fit one another; `embeddings` also at what surroundings mean, and needs a model of
   * the role `embeddings`; `model` also asks the role `default`, and needs both. Default (`auto`): patterns, then embeddings for fields these leave in doubt, then the model where its
   * card shows that it is capable; then, unless that runs elsewhere, a decision model that was measured for fields, where one is bound: it
   * chooses among the likeliest values of fields that are still without one.
   */
  readonly engine?: Engine;
}

type Engine = "auto" | "patterns" | "embeddings" | "model";

/**
 * An extractor of these fields. Grounded: each value is a span of the source, given in `places`, or null where the source does not
 * have it; a model's proposal counts only where the source has it. Of a text of more than 100,000 characters
 * the first and last 50,000 are read; of more than 600 values of a kind, the first and last 300 are weighed.
 * @throws TroupeError `FIELDS_INVALID`, `OPTION_INVALID`
 * @example
 * const receipt = extract({ fields: { merchant: { kind: "organisation" }, total: { kind: "amount", labels: ["Summe"] } } });
 */
export function extract<const F extends Fields>(options: ExtractOptions<F>): Specialist<{ text: string }, Extracted<F>> {
  checkOptions("extract", options, {
    fields: z.record(z.string(), z.unknown()),
    name: z.string().optional(),
    does: z.string().optional(),
    engine: z.enum(["auto", "patterns", "embeddings", "model"]).optional(),
  });
  for (const [field, one] of Object.entries(options.fields))
    checkOptions(`extract.fields.${field}`, one, {
      kind: z.string().optional(),
      description: z.string().optional(),
      labels: z.array(z.string()).optional(),
    });
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
      const reading = readingOf(text, sought);
      const open = () => (engine === "auto" ? reading.inDoubt() : all);
      const several = open().filter((field) => reading.best(field).length);
      if (several.length && engine !== "patterns" && (engine !== "auto" || ctx.model("embeddings")))
        reading.learn("embeddings", await similarities(several, reading, sought, ctx.embed));
      const reader = open().length ? await readerOf(ctx, engine) : undefined;
      if (reader) {
        const named = await namedBy(reader, ctx, fields, text);
        reading.hear(ctx.model("default")?.id ?? "default", named);
      }
      const found = reading.values();
      const left = all.filter((field) => !found.has(field) && reading.best(field).length);
      const isAway = reader !== undefined && reader !== "default" && !reader.card.local;
      const chooser = left.length && !isAway && engine === "auto" ? chooserOf(ctx, text) : undefined;
      if (chooser) {
        const among = Object.fromEntries(left.map((field) => [field, likeliest(reading.best(field))]));
        reading.learn(chooser.id, await chosenBy(chooser, ctx, fields, text, among));
      }
      ctx.worked(reading.engines());
      const values = reading.values();
      const taken = all.map((field) => [field, values.get(field)] as const);
      const shownAs = (field: string, { value }: Candidate) => (sought[field]?.unsigned ? Math.abs(Number(value)) : value);
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

/** The most values of a field that a decision model chooses among: the likeliest. */
const shown = 8;

/** The likeliest candidates of a field, one a value, in the text's order. */
function likeliest(ranked: readonly Ranked[]): readonly Candidate[] {
  const known = new Map<Candidate["value"], Candidate>();
  for (const { candidate } of ranked) if (known.size < shown && !known.has(candidate.value)) known.set(candidate.value, candidate);
  return [...known.values()].sort((a, b) => a.start - b.start);
}

/** What names values: the chat model of the role `default` where it is capable; the role itself where it was asked for, bound or not. */
async function readerOf(ctx: Context, engine: Engine): Promise<ChatModel | "default" | undefined> {
  if (engine === "patterns" || engine === "embeddings") return undefined;
  return engine === "model" ? "default" : await capableModel(ctx);
}
