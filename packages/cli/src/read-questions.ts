import { checkQuestions, type Issue, limitsOf, type Questions, readDocument, saysNothing, TroupeError } from "@troupe/core";
import { lostSaid } from "./lost-said.js";
import { readText } from "./read-text.js";

/** One state, and what is asked about it. */
export interface Asked {
  /** As the file names it; else its number, from 1. */
  readonly id: unknown;
  readonly state: any;
  readonly questions: Questions;
  /** Where it stands: the file, and the line where that is known. */
  readonly place: string;
}

type Part = Readonly<Record<string, unknown>>;

/**
 * States and questions of a file in YAML, JSON or JSON lines, or of stdin (`-`): `{ questions, state }`, `{ questions, states: [...] }`, a
 * list of `{ id?, state, questions? }`, or such an object a line. One without questions is asked those before it.
 * @throws TroupeError `INPUT_UNREADABLE`, `QUESTION_INVALID`, both with the place
 */
export async function readQuestions(file: string): Promise<Asked[]> {
  const text = await readText(file, "FILE");
  const rows = text.split(/\r?\n/);
  const filled = rows.filter((row) => row.trim() !== "");
  const isLines = /\.(jsonl|ndjson)$/i.test(file) || (file === "-" && filled.length > 1 && filled.every(isJsonObject));
  const parts = isLines ? partsOfLines(rows, file) : await partsOfDocument(text, file);
  if (parts.length === 0) throw refused("No state is given", file);
  let questions: unknown;
  return parts.map(({ value, place }, i) => {
    if (!isPart(value) || saysNothing(value.state)) throw refused("No state is given", place);
    // Beside a misspelt key, the questions before would be answered instead.
    refuseOthers(value, ["id", "state", "questions"], place);
    questions = value.questions ?? questions;
    try {
      checkQuestions(questions);
    } catch (error) {
      throw error instanceof TroupeError ? error.placed({ file: place }) : error;
    }
    return { id: value.id ?? i + 1, state: value.state, questions, place };
  });
}

interface Placed {
  readonly value: unknown;
  readonly place: string;
}

function partsOfLines(rows: readonly string[], file: string): Placed[] {
  const parts: Placed[] = [];
  for (const [i, row] of rows.entries()) {
    if (row.trim() === "") continue;
    const place = `${file}:${i + 1}`;
    parts.push({ value: jsonOf(row, place), place });
    const lost = lostSaid(row);
    if (lost) throw refused(lost.what, place);
  }
  return parts;
}

function jsonOf(row: string, place: string): unknown {
  try {
    return JSON.parse(row);
  } catch (cause) {
    throw refused(`The line is no JSON: ${(cause as Error).message}`, place);
  }
}

const saidBy = ([first]: readonly Issue[]): string => first!.message.replace(/\.$/, "");

async function partsOfDocument(text: string, file: string): Promise<Placed[]> {
  const read = await readDocument(text, limitsOf());
  if ("issues" in read) {
    throw refused(saidBy(read.issues), `${file}:${read.issues[0]!.line ?? 1}`);
  }
  const { value, lineOf } = read;
  const at = (...path: (string | number)[]) => `${file}:${lineOf(path)}`;
  if (Array.isArray(value)) return value.map((one, i) => ({ value: one, place: at(i) }));
  if (!isPart(value)) throw refused("It holds neither an object nor a list", file);
  const { questions, states } = value;
  if (states === undefined) return [{ value, place: at("questions") }];
  refuseOthers(value, ["state", "states", "questions"], at("states"));
  if (value.state !== undefined) throw refused("It has both a state and states", at("states"));
  if (!Array.isArray(states)) throw refused("Its states are no list", at("states"));
  if (states.length === 0) throw refused("It has no states", at("states"));
  return states.map((state, i) => ({ value: { state, questions }, place: at("states", i) }));
}

function refuseOthers(part: Part, keys: readonly string[], place: string): void {
  const strange = Object.keys(part).find((key) => !keys.includes(key));
  if (strange !== undefined) throw refused(`It has a key that there is not, ${strange}`, place);
}

const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null && !Array.isArray(value);

function isJsonObject(row: string): boolean {
  try {
    return isPart(JSON.parse(row));
  } catch {
    return false;
  }
}

const refused = (what: string, place: string): TroupeError =>
  new TroupeError("INPUT_UNREADABLE", what, {
    file: place,
    hint: "Write { questions: { id: { type, instructions, criteria } }, state } or states: [...], as YAML or JSON, or { state, questions } a line.",
  });
