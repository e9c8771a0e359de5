import type { Issue } from "../../error/issue.js";
import { isRecord, isSchema } from "../../schema/say.js";
import type { Need } from "../../specialist/specialist.js";
import { type Form, isJson, isText, isTexts, malformed, type Path, unknownOptions } from "./finding.js";

const options = [
  "name",
  "does",
  "input",
  "output",
  "effects",
  "timeout",
  "decided",
  "run",
  "prompt",
  "model",
  "tools",
  "needs",
  "team",
  "graph",
];
const abilities: readonly unknown[] = ["text", "image", "audio", "tools"] satisfies Need[];
const one = "specialist({ name, does, input, output, run })";

/** A node: a specialist's place. */
export function node(value: unknown, path: Path, inner: Form): Issue[] {
  if (!isRecord(value) || !("specialist" in value))
    return malformed(path, "The node", value, `Give ${one}, or use(specialist, { read, write, set }).`);
  const { specialist, read, write, set, timeout } = value;
  const names = (part: unknown, key: string) =>
    isRecord(part) && Object.values(part).every(isText)
      ? []
      : malformed([...path, key], `What it ${key}s`, part, `Write ${key}: { field: "stateField" }.`);
  return [
    ...unknownOptions("use", value, ["specialist", "read", "write", "set", "timeout"], path),
    ...specialistForm(specialist, path, inner),
    ...names(read, "read"),
    ...names(write, "write"),
    ...(isRecord(set)
      ? Object.entries(set).flatMap(([key, constant]) =>
          isJson(constant)
            ? []
            : malformed([...path, "set", key], "The constant", constant, "Write what JSON can say: text, a number, a list, an object."),
        )
      : malformed([...path, "set"], "What it sets", set, "Write set: { field: value }.")),
    ...time(timeout, [...path, "timeout"]),
  ];
}

/** A specialist, as `specialist`, `team` and `asSpecialist` make it. */
export function specialistForm(value: unknown, path: Path, inner: Form): readonly Issue[] {
  if (typeof value === "function" && !isSchema(value)) return malformed(path, "The specialist", value, `Wrap it: ${one}.`);
  if (!isRecord(value)) return malformed(path, "The specialist", value, `Give ${one}.`);
  if ("lc_runnable" in value) {
    const hint = isRecord(value.graph)
      ? "Wrap its graph: asSpecialist(app.graph)."
      : `Call it inside: ${one.replace("run", "run: (input) => runnable.invoke(input)")}.`;
    return malformed(path, "The specialist", { ...value, then: undefined }, hint);
  }
  if ("nodes" in value && "edges" in value) return malformed(path, "The specialist", value, "Wrap the graph: asSpecialist(graph).");
  const { name, does, input, output, effects, timeout, run, prompt, model, tools, needs, team, graph } = value;
  const works = typeof run === "function" || typeof prompt === "function" || graph !== undefined;
  return [
    ...unknownOptions("specialist", value, options, path),
    ...(isText(name) && name ? [] : malformed([...path, "name"], "The specialist's name", name, 'Name it: name: "triage".')),
    ...(isText(does)
      ? []
      : malformed([...path, "does"], "What it does", does, 'Say it in a sentence, which planners read: does: "Names the topic".')),
    ...schema(input, "input", path),
    ...schema(output, "output", path),
    ...(effects === undefined || typeof effects === "boolean"
      ? []
      : malformed([...path, "effects"], "Whether it has effects", effects, "Write effects: true, or leave it out.")),
    ...time(timeout, [...path, "timeout"]),
    ...(works ? [] : malformed([...path, "run"], "Its work", run, "Give it run: (input, ctx) => …, or prompt: (input) => … for a model.")),
    ...[
      ["run", run],
      ["prompt", prompt],
    ].flatMap(([key, part]) =>
      !works || part === undefined || typeof part === "function"
        ? []
        : malformed([...path, key as string], "Its work", part, `Write ${key}: (input) => …, or leave it out.`),
    ),
    ...modelForm(model, [...path, "model"]),
    ...(tools === undefined ? [] : toolsForm(tools, [...path, "tools"], inner)),
    ...(needs === undefined || (Array.isArray(needs) && [...needs].every((need) => abilities.includes(need)))
      ? []
      : malformed([...path, "needs"], "What its model must be able to do", needs, `Give a list of ${abilities.join(", ")}.`)),
    ...(team === undefined ? [] : teamForm(team, path, inner)),
    ...(graph === undefined ? [] : inner(graph, [...path, "graph"])),
  ];
}

/** What a model may call: specialists, each of a name of its own. */
function toolsForm(tools: unknown, path: Path, inner: Form): Issue[] {
  if (!Array.isArray(tools)) return malformed(path, "What the model may call", tools, "Give a list of specialists.");
  const names = tools.map((tool) => Object(tool).name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  return [
    ...tools.flatMap((tool, i) => specialistForm(tool, [...path, i], inner)),
    ...(twice < 0 ? [] : malformed([...path, twice], "The tool", names[twice], "Give each tool a name of its own.")),
  ];
}

function schema(value: unknown, side: string, path: Path): Issue[] {
  return isSchema(value)
    ? []
    : malformed(
        [...path, side],
        `What it ${side === "input" ? "takes" : "gives"}`,
        value,
        `Give a schema of an object: ${side}: z.object({ … }).`,
      );
}

const time: Form = (value, path) =>
  value === undefined || (typeof value === "number" && value > 0)
    ? []
    : malformed(path, "The timeout", value, "Write milliseconds: timeout: 5_000.");

/** A model, or the name of a role. */
const modelForm: Form = (value, path) => {
  if (value === undefined || (isText(value) && value !== "" && !value.includes(":"))) return [];
  if (isText(value) && value)
    return malformed(path, "The model", value, `Text names a role. Write model(${JSON.stringify(value)}), of @troupe/nodes.`);
  const { load, card } = Object(value);
  return typeof load === "function" && isRecord(card)
    ? []
    : malformed(path, "The model", value, 'Give a role ("default"), model("…") of @troupe/nodes, or asModel(chat).');
};

/** A team's own options stand beside the specialist's where it is declared, so that is their place. */
function teamForm(team: unknown, path: Path, inner: Form): Issue[] {
  if (!isRecord(team)) return malformed(path, "The team", team, "Give what team({ … }) makes.");
  const { planner, members, stronger, guide, unsure, settle, request, compose, kept } = team;
  return [
    ...unknownOptions(
      "team",
      team,
      ["planner", "members", "stronger", "guide", "unsure", "settle", "request", "compose", "kept"],
      [...path, "team"],
    ),
    ...modelForm(planner, [...path, "team", "planner"]),
    ...modelForm(stronger, [...path, "team", "stronger"]),
    ...(Array.isArray(members)
      ? [...members].flatMap((member, i) => specialistForm(member, [...path, "team", "members", i], inner))
      : malformed([...path, "team", "members"], "Who is in the team", members, "Give a list of specialists.")),
    ...(typeof guide === "boolean"
      ? []
      : malformed([...path, "team", "guide"], "Whether the typed plan guides", guide, "Write true or false.")),
    ...(unsure === undefined || unsure === "guess" || unsure === "refuse"
      ? []
      : malformed([...path, "team", "unsure"], "What is done with an unsure plan", unsure, 'Write "guess" or "refuse", or leave it out.')),
    ...(settle === undefined ? [] : settleForm(settle, [...path, "team", "settle"])),
    ...(kept === undefined || (typeof Object(kept).of === "function" && typeof Object(kept).add === "function")
      ? []
      : malformed([...path, "team", "kept"], "Where plans are kept", kept, 'Write kept: keptPlans("plans.jsonl").')),
    ...(compose === undefined ? [] : composeForm(compose, [...path, "team", "compose"])),
    ...(request === undefined || isText(request)
      ? []
      : malformed([...path, "team", "request"], "The request's field", request, "Write the name of an input field.")),
  ];
}

/** Which outputs are composed, and by whom: a decision model writes nothing. */
const composeForm: Form = (value, path) => {
  const hint = 'Write compose: { outputs: ["answer"], by: "planner" }, with a chat model or the role of one.';
  if (!isRecord(value)) return malformed(path, "What is composed", value, hint);
  const { outputs, by } = value;
  const kind = Object(Object(by).card).kind;
  return [
    ...unknownOptions("compose", value, ["outputs", "by"], path),
    ...(isTexts(outputs) && outputs.length > 0 ? [] : malformed([...path, "outputs"], "What is composed", outputs, hint)),
    ...(by === undefined || (kind !== undefined && kind !== "chat")
      ? malformed([...path, "by"], "Who composes", by, hint)
      : modelForm(by, [...path, "by"])),
  ];
};

/** Places and the source of each, `member.field`; names of members may hold dots. */
const settleForm: Form = (value, path) => {
  if (!isRecord(value)) return malformed(path, "What is settled", value, 'Write { "translate.text": "summarize.summary" }.');
  return Object.entries(value).flatMap(([place, source]) => [
    ...(isPlace(place) ? [] : malformed([...path, place], "The place", place, 'Name it "member.argument", or "output.NAME".')),
    ...(isPlace(source) ? [] : malformed([...path, place], "The source", source, 'Name one: "input.NAME", or "member.FIELD".')),
  ]);
};

const isPlace = (value: unknown): boolean => isText(value) && /.\../.test(value);
