import { answersIn } from "../../model/answers-in.js";
import { completeIn } from "../../model/complete-in.js";
import { parseJson } from "../../model/parse-json.js";
import type { Json } from "../../schema/json.js";
import { callsIn } from "./calls-in.js";
import { isFields } from "./find-tasks.js";
import { isPart, partOf } from "./part-names.js";
import { type ReadPlan, readPlan } from "./read-plan.js";
import { yamlIn } from "./yaml-in.js";

/** A text longer than this is no plan but a planner running wild. */
const longest = 200_000;
/** What is repaired is no longer. */
const longestCut = 50_000;

/**
 * The plan in a text as a planner wrote it: JSON with prose around it, several objects (the last plan counts, calls count together),
 * YAML, calls between marks (`<tool_call>`, `[TOOL_CALLS]`, `<function=…>`), or written as functions (`1. shout(text=$input.note)`,
 * `#E1 = shout[…]`). One that was cut is read as far as it goes, with the issue `plan-cut`. Undefined where there is none.
 *
 * @example
 * (await planIn('Plan:\n1. shout(text="hello")\n2. count(text=$1)'))?.plan.tasks.length; // 2
 */
export async function planIn(text: string): Promise<ReadPlan | undefined> {
  const said = text.slice(0, longest);
  const { list, marked } = callsIn(said);
  if (marked) return readPlan(list as Json);
  const start = openFrom(said);
  if (start !== undefined) return readCut(said.slice(start));
  const whole = completeIn(said).reverse().map(parseJson) as Json[];
  if (whole.length > 1 && whole.every(isCall)) return readPlan(whole);
  for (const json of await answersIn(said)) {
    const read = readPlan(json);
    if (read) return read;
  }
  const yaml = list.length > 1 ? undefined : await yamlIn(said);
  return (yaml === undefined ? undefined : readPlan(yaml)) ?? (list.length > 0 ? readPlan(list as Json) : undefined);
}

const isCall = (json: Json): boolean => isFields(json) && partOf(json, "args") !== undefined && readPlan(json)?.plan.tasks.length === 1;

/** Where the last object or list begins that the text ends in the middle of; undefined where there is none. */
function openFrom(text: string): number | undefined {
  const first = text.search(/[{[]\s*["{[]/);
  if (first < 0) return undefined;
  const open: number[] = [];
  let quoted = false;
  for (let i = first; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"' && open.length > 0) quoted = true;
    else if (c === "{" || c === "[") open.push(i);
    else if (c === "}" || c === "]") open.pop();
  }
  return open[0];
}

/** A plan that ends in the middle: whole only where its output comes last and had begun; what misses there is for the check to say. */
async function readCut(text: string): Promise<ReadPlan | undefined> {
  const { jsonrepair } = await import("jsonrepair");
  let json: Json | undefined;
  try {
    json = parseJson(jsonrepair(text.slice(0, longestCut)));
  } catch {
    return undefined;
  }
  const read = json === undefined ? undefined : readPlan(json);
  const last = isFields(json) ? Object.keys(json).at(-1) : undefined;
  if (!read || (last !== undefined && isPart(last, "output"))) return read;
  const message = "The plan ends in the middle: tasks or outputs after it are lost";
  return { ...read, issues: [{ code: "plan-cut", path: ["tasks"], message, hint: "Ask for a shorter plan, or give more maxTokens." }] };
}
