import { answersIn } from "../../model/answers-in.js";
import { bracketsIn } from "../../model/brackets-in.js";
import { completeIn } from "../../model/complete-in.js";
import { parseJson } from "../../model/parse-json.js";
import type { Json } from "../../schema/json.js";
import { lostInJson } from "../../schema/lost-in-json.js";
import type { Brief } from "../brief.js";
import { checkText } from "../check-text.js";
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
 * `#E1 = shout[…]`). One that was cut is read as far as it goes, with the issue `plan-cut`. A
 * `brief` tells what there is, as for `readPlan`. Undefined where there is none.
 *
 * @example
 * (await planIn('Plan:\n1. shout(text="hello")\n2. count(text=$1)'))?.plan.tasks.length; // 2
 */
export async function planIn(text: string, brief?: Brief): Promise<ReadPlan | undefined> {
  checkText("planIn", text);
  const said = text.slice(0, longest);
  const { list, marked } = callsIn(said);
  if (marked) return readPlan(list as Json, brief);
  const open = openIn(said);
  if (open) return readCut(said.slice(open.start), open.quoted, brief);
  const parts = completeIn(said).reverse();
  const whole = parts.map(parseJson) as Json[];
  if (whole.length > 1 && whole.every(isCall)) return readPlan(whole, brief);
  const plans = (await answersIn(said)).flatMap((json) => {
    const read = readPlan(json, brief);
    return read ? [{ json, read }] : [];
  });
  // A call after a plan is a part of it, told once more.
  const plan = plans.find(({ json }) => !isCall(json)) ?? plans[0];
  if (plan) return withDoubled(plan.read, parts);
  const yaml = list.length > 1 ? undefined : await yamlIn(said);
  return (yaml === undefined ? undefined : readPlan(yaml, brief)) ?? (list.length > 0 ? readPlan(list as Json, brief) : undefined);
}

/** A plan with an issue where an object in its text names something twice: the first of them is lost. */
function withDoubled(read: ReadPlan, parts: readonly string[]): ReadPlan {
  const name = parts.map((part) => lostInJson(part, "name")).find((one) => one !== undefined)?.text;
  if (name === undefined) return read;
  const message = `An object of the plan has "${name}" twice, and one of them is lost`;
  return {
    ...read,
    issues: [...read.issues, { code: "plan-doubled", path: [], message, hint: "Give each its own id, or both as a list." }],
  };
}

/** Whether JSON is one call and no plan. */
const isCall = (json: Json): boolean => isFields(json) && partOf(json, "args") !== undefined && readPlan(json)?.plan.tasks.length === 1;

/** Where the last object or list begins that the text ends in the middle of, and whether in a text there; undefined where there is none. */
function openIn(text: string): { readonly start: number; readonly quoted: boolean } | undefined {
  const first = text.search(/[{[]\s*["{[]/);
  if (first < 0) return undefined;
  const { found, quoted } = bracketsIn(text.slice(first));
  const open = found.find(({ end, around }) => end === undefined && around === undefined);
  return open && { start: first + open.start, quoted };
}

/**
 * A plan that ends in the middle: whole only where its output comes last, has all that is wanted, and ends in no text; what misses there is
 * for the check to say.
 */
async function readCut(text: string, quoted: boolean, brief: Brief | undefined): Promise<ReadPlan | undefined> {
  const { jsonrepair } = await import("jsonrepair");
  let json: Json | undefined;
  try {
    json = parseJson(jsonrepair(text.slice(0, longestCut)));
  } catch {
    return undefined;
  }
  const read = json === undefined ? undefined : readPlan(json, brief);
  if (!read) return undefined;
  const last = isFields(json) ? Object.keys(json).at(-1) : undefined;
  const has = (name: string) => Object.hasOwn(read.plan.output, name) && read.plan.output[name] !== null;
  const isWhole = !quoted && last !== undefined && isPart(last, "output") && Object.keys(brief?.wanted ?? {}).every(has);
  if (isWhole) return read;
  const message = "The plan ends in the middle: tasks or outputs after it are lost";
  return { ...read, issues: [{ code: "plan-cut", path: ["tasks"], message, hint: "Ask for a shorter plan, or give more maxTokens." }] };
}
