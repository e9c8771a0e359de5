import type { Schema } from "@troupe/core";
import { TroupeError } from "@troupe/core";
import { z } from "zod";

const kinds = ["text", "organisation", "person", "date", "time", "amount", "number", "email"] as const;

/**
 * What a field's value is. Dates come as ISO 8601, times as `HH:MM`, amounts and numbers as numbers, all else as it stands in the
 * source. Amounts, numbers and dates are read in any national form; one with several readings is null (`1,234`, where nothing else in the
 * text shows its marks), and a date in figures is day first unless the text shows otherwise.
 */
export type Kind = (typeof kinds)[number];

/** What is looked for. */
export interface Field {
  /** Default: `text`. */
  readonly kind?: Kind;
  /** What it is, in a few words. Read by embeddings and models; its words are looked for beside the value, too. */
  readonly description?: string;
  /** Words that stand beside the value in documents, in any language, where those of the name and the description do not. */
  readonly labels?: readonly string[];
}

export type Fields = Readonly<Record<string, Field>>;

/** Where a value stands in the source: `text.slice(start, end)`. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

type ValueOf<F extends Field> = F["kind"] extends "amount" | "number" ? number : string;

/** The fields, each null where the source does not have it, and where each stands in the source. */
export type Extracted<F extends Fields> = { [N in keyof F]: ValueOf<F[N]> | null } & { places: { [N in keyof F]: Place | null } };

/** @throws TroupeError `FIELDS_INVALID` where there is no field, one is named `places`, or a kind is unknown. */
export function outputSchema<F extends Fields>(fields: F): Schema<Extracted<F>> {
  const names = Object.keys(fields);
  if (names.length === 0 || names.includes("places")) {
    throw new TroupeError("FIELDS_INVALID", names.length ? "A field cannot be named places" : "There is no field to extract", {
      hint: "Name at least one field; the places of all of them are given as `places`.",
    });
  }
  const odd = Object.entries(fields).find(([, { kind }]) => !kinds.includes(kind ?? "text"));
  if (odd) {
    const [field, { kind }] = odd;
    throw new TroupeError("FIELDS_INVALID", `There is no kind ${kind}`, {
      field,
      hint: `Take one of ${kinds.join(", ")}.`,
    });
  }
  const place = z.object({ start: z.int(), end: z.int() }).nullable();
  const values = Object.entries(fields).map(([name, field]) => [name, valueSchema(field)]);
  const places = z.object(Object.fromEntries(names.map((name) => [name, place])));
  return z.object({ ...Object.fromEntries(values), places }) as any;
}

function valueSchema({ kind, description }: Field) {
  const value = kind === "amount" || kind === "number" ? z.number().nullable() : z.string().nullable();
  return description ? value.describe(description) : value;
}
