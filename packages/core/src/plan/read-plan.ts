import type { Json } from "../graph/json.js";
import { type Argument, isRef, type Plan } from "../graph/plan.js";

/** A plan as a planner wrote it, in the shape plans have; `notes` say what had to be turned, `undefined` where it is none at all. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly notes: readonly string[];
}

type Fields = Readonly<Record<string, Json>>;

/**
 * Reads a plan from what a planner wrote as JSON, leniently: other names for the parts, tasks as an object, refs written as text
 * (`$t1.text`, `{{t1.text}}`, `<t1>`), ids that are numbers. What it means is for the check to say.
 *
 * @example
 * readPlan({ steps: [{ id: 1, tool: "shout", arguments: { text: "$input.note" } }] })?.plan.tasks;
 */
export function readPlan(json: Json): ReadPlan | undefined {
  const notes: string[] = [];
  const root = Array.isArray(json) ? { tasks: json } : unwrap(json);
  if (!isFields(root)) return undefined;
  const list = part(root, ["tasks", "steps", "task_nodes", "nodes", "calls"]);
  const listed = Array.isArray(list)
    ? list
    : isFields(list)
      ? Object.entries(list).map(([id, task]) => (isFields(task) ? { id, ...task } : task))
      : [];
  const drafts = listed.filter(isFields).filter((task) => typeof nameOf(task) === "string");
  if (drafts.length === 0 && !isFields(root.output)) return undefined;
  if (drafts.length < listed.length) notes.push(`${listed.length - drafts.length} tasks that name no member were left out`);
  const ids = drafts.map((task, i) => asId(part(task, ["id", "task_id", "step", "label"]), i));
  const known = new Set(ids);
  const tasks = drafts.map((task, i) => {
    const args = part(task, ["args", "arguments", "inputs", "input", "parameters", "params"]);
    return { id: ids[i]!, member: nameOf(task) as string, args: asArguments(args ?? {}, known) };
  });
  const output = part(root, ["output", "outputs", "result", "answer"]);
  return { plan: { tasks, output: asArguments(output ?? {}, known) }, notes };
}

const isFields = (value: Json | undefined): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** `{ plan: { tasks } }` and the like. */
function unwrap(json: Json): Json {
  if (!isFields(json) || "tasks" in json) return json;
  const inner = Object.values(json).find((value) => isFields(value) && ("tasks" in value || "steps" in value));
  return inner ?? json;
}

function part(fields: Fields, names: readonly string[]): Json | undefined {
  const name = names.find((one) => Object.hasOwn(fields, one) && fields[one] !== null);
  return name === undefined ? undefined : fields[name];
}

const nameOf = (task: Fields): Json | undefined =>
  part(task, ["member", "tool", "name", "task", "agent", "specialist", "function", "action"]);

function asId(id: Json | undefined, i: number): string {
  if (typeof id === "number") return `t${id}`;
  const text = typeof id === "string" ? id.trim().replace(/[^\w-]+/g, "_") : "";
  return text === "" ? `t${i + 1}` : text;
}

function asArguments(args: Json, ids: ReadonlySet<string>): Record<string, Argument> {
  if (!isFields(args)) return {};
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, asArgument(value, ids)]));
}

/** Text that is nothing but the name of a task or input, dressed up or bare with a field, is a ref. */
function asArgument(value: Json, ids: ReadonlySet<string>): Argument {
  if (Array.isArray(value)) return value.map((one) => asArgument(one, ids)) as Argument;
  if (isRef(value)) return { ref: cleanRef(value.ref) };
  if (isFields(value)) {
    const ref = part(value, ["ref", "$ref", "from", "source"]);
    const field = part(value, ["field", "output", "key"]);
    const rest = Object.keys(value).filter(
      (key) => !["ref", "$ref", "from", "source", "field", "output", "key", "task", "type"].includes(key),
    );
    if (typeof ref === "string" && rest.length === 0)
      return { ref: cleanRef(typeof field === "string" && !ref.includes(".") ? `${ref}.${field}` : ref) };
    return value;
  }
  if (typeof value !== "string" || value.length > 120) return value;
  const bare = cleanRef(value);
  const head = bare.split(".")[0]!;
  if (head !== "input" && !ids.has(head)) return value;
  return bare !== value.trim() || /^[\w-]+(\.[\w-]+)+$/.test(bare) || ids.has(bare) ? { ref: bare } : value;
}

/** No ref is longer than this; what is longer is left as it is, so that nothing searches it. */
const longestRef = 200;

/** `{{ t1.output.text }}`, `$t1.text$`, `<t1>`, `t1['text']`, `inputs.memo` without their dress. */
function cleanRef(ref: string): string {
  if (ref.length > longestRef) return ref;
  return ref
    .replace(/\[["']?(\w+)["']?\]/g, ".$1")
    .replace(/^[$#<{[("'`.\s]+|[$>}\])"'`\s]+$/g, "")
    .replace(/^inputs\./, "input.")
    .replace(/^([\w-]+)\.(?:output|outputs|result)\.(?=\w)/, "$1.");
}
