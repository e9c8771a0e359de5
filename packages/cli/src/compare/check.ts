import { isDeepStrictEqual } from "node:util";
import { type JsonSchema, passes, type TestData } from "@troupe/core";
import { schemaSaid } from "../schema-said.js";

/** What a field has to hold. All that is said has to hold, and a missing field counts as null. */
export interface Check extends TestData {
  /** These texts, wherever they stand in the value, but for case, spaces and punctuation; all else as it is. */
  readonly is?: unknown;
  /** This number, at most `within` away. */
  readonly near?: number;
  readonly within?: number;
  /** Each of these stands in the text, or in a text of the list, whatever its case. */
  readonly contains?: string | readonly string[];
  /** None of these does. */
  readonly lacks?: string | readonly string[];
  /** A regular expression that finds something in the text. */
  readonly matches?: string;
}

const words = ["eq", "not", "in", "lt", "lte", "gt", "gte", "exists", "is", "near", "within", "contains", "lacks", "matches"];
const texts = ["contains", "lacks"] as const;
const numbers = ["lt", "lte", "gt", "gte", "near", "within"] as const;

/** What a suite says of a field, read; or what is wrong with it, and what to write. */
export type ReadCheck = { readonly check: Check } | { readonly what: string; readonly hint: string };

/**
 * Reads what a suite expects of a field: a value, where its schema leaves so few that equality tells right from wrong (labels, yes or no,
 * numbers, days, and lists and objects of these), or an object of tests.
 */
export function readCheck(given: unknown, name: string, schema: JsonSchema): ReadCheck {
  if (isTests(given)) return readTests(given, name);
  if (given !== null) {
    const { issues: [issue] = [] } = schemaSaid(schema)["~standard"].validate(given) as { issues?: readonly { message: string }[] };
    if (issue) return { what: `${name} is never that: ${issue.message}`, hint: "Expect what the output's schema allows." };
    if (!isClosed(schema))
      return {
        what: `${name} is free text, which equality does not judge`,
        hint: `Say what counts: ${name}: { is: … } but for case and punctuation, { contains: […] }, { lacks: […] } or { matches: "…" }; or leave it out, and it is not judged.`,
      };
  }
  return { check: { is: given } };
}

const isTests = (given: unknown): given is Check =>
  typeof given === "object" && given !== null && Object.keys(given).length > 0 && Object.keys(given).every((key) => words.includes(key));

function readTests(check: Check, name: string): ReadCheck {
  const wrong = (what: string, hint: string) => ({ what: `${name}: ${what}`, hint });
  for (const key of numbers)
    if (check[key] !== undefined && !Number.isFinite(check[key])) return wrong(`${key} is no number`, `Write { ${key}: 12.5 }.`);
  for (const key of texts)
    if (check[key] !== undefined && ![check[key]].flat().every((one) => typeof one === "string" && one.trim() !== ""))
      return wrong(`${key} is no text and no list of texts`, `Write { ${key}: ["…"] }.`);
  if ((check.near === undefined) !== (check.within === undefined))
    return wrong("near and within stand together", "Write { near: 12.5, within: 0.01 }.");
  if (check.in !== undefined && !Array.isArray(check.in)) return wrong("in is no list", 'Write { in: ["a", "b"] }.');
  if (check.exists !== undefined && typeof check.exists !== "boolean") return wrong("exists is neither true nor false", "Write either.");
  try {
    if (check.matches !== undefined) new RegExp(check.matches, "u");
  } catch (error) {
    return wrong((error as Error).message, 'Write matches: "^[A-Z]{2}\\\\d+$", say.');
  }
  return { check };
}

/** Whether equality tells right from wrong. */
function isClosed(schema: JsonSchema): boolean {
  if (schema.enum !== undefined || schema.const !== undefined) return true;
  const ways = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
  if (ways) return ways.every(isClosed);
  switch (schema.type) {
    case "boolean":
    case "number":
    case "integer":
    case "null":
      return true;
    case "string":
      return typeof schema.format === "string";
    case "array":
      return schema.items !== undefined && isClosed(schema.items);
    case "object":
      return schema.properties !== undefined && Object.values(schema.properties).every(isClosed);
  }
  return false;
}

/** Whether a value is what a check says. */
export function holds({ is, near, within = 0, contains, lacks, matches, ...rest }: Check, value: unknown): boolean {
  const said = textsIn(value).map(read);
  const stands = (part: string) => said.some((text) => text.includes(read(part)));
  return (
    passes(value, rest) &&
    (is === undefined || isDeepStrictEqual(folded(value ?? null), folded(is))) &&
    (near === undefined || (typeof value === "number" && Math.abs(value - near) <= within + Number.EPSILON * Math.abs(near))) &&
    (contains === undefined || [contains].flat().every(stands)) &&
    (lacks === undefined || (said.length > 0 && ![lacks].flat().some(stands))) &&
    (matches === undefined || textsIn(value).some((text) => new RegExp(matches, "u").test(text)))
  );
}

const textsIn = (value: unknown): string[] => [value].flat().filter((one) => typeof one === "string");
const read = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** A value whose texts, and nothing else, lack what does not count. */
function folded(value: unknown): unknown {
  if (typeof value === "string") return read(value).replace(/[\p{P}\s]+/gu, "");
  if (Array.isArray(value)) return value.map(folded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, folded(one)]));
}
