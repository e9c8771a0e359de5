// Cases of plans, from files in three forms, as { id, brief, plan }: a brief as @troupe/core takes it and a plan that is right for it.
//   teams:     {members: [{name, does, takes, gives, effects}], input, output, request, gold: [plan]}; a schema with "optional": true is optional
//   NESTFUL:   {request, calls: [{name, arguments, label}]}, with its tools in FILE-catalogue.jsonl beside it
//   TaskBench: see taskbench.mjs
import { existsSync, readFileSync } from "node:fs";
import { refsOf } from "./plain.mjs";

export const lines = (path) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line));

export const slot = (name, schema, required = true) => ({ name, schema, required, description: String(schema.description ?? "") });

const slots = (fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, { optional, ...schema }]) => [name, slot(name, schema, optional !== true)]));

export const briefOf = ({ members, input, output, request }) => ({
  request: request ?? "",
  members: members.map(({ name, does, takes, gives, effects = false }) => ({
    name,
    does,
    takes: slots(takes),
    gives: slots(gives),
    effects,
  })),
  given: slots(input),
  wanted: slots(output),
  spare: [],
  shown: {},
});

/** Every right plan of a file: the gold of teams, or NESTFUL's calls. */
export function goldOf(path) {
  const records = lines(path);
  if (records[0]?.gold) {
    return records
      .filter(({ declines, output }) => !declines && Object.keys(output).length > 0)
      .map((one) => ({ id: one.id, brief: briefOf(one), plan: one.gold[0] }));
  }
  const catalogue = path.replace(/\.jsonl$/, "-catalogue.jsonl");
  if (!existsSync(catalogue)) throw new Error(`${path} is neither of teams nor has a catalogue beside it`);
  return nestful(records, lines(catalogue));
}

const kinds = {
  string: "string",
  number: "number",
  float: "number",
  integer: "integer",
  boolean: "boolean",
  array: "array",
  object: "object",
};
/** Their types are words of many spellings; what is no type of JSON Schema says nothing. */
const schemaOf = ({ type, items, properties, description, enum: labels }) => ({
  ...(kinds[String(type).toLowerCase()] ? { type: kinds[String(type).toLowerCase()] } : {}),
  ...(labels ? { enum: labels } : {}),
  ...(items ? { items: schemaOf(items) } : {}),
  ...(properties
    ? {
        required: Object.keys(properties),
        properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, schemaOf(one)])),
      }
    : {}),
  ...(description ? { description } : {}),
});

/** Whether a JSON value is of a type, as far as JSON tells. */
const isA = (value, type) =>
  type === undefined ||
  (type === "integer"
    ? Number.isInteger(value)
    : type === "array"
      ? Array.isArray(value)
      : type === "object"
        ? typeof value === "object"
        : typeof value === type);

/**
 * NESTFUL's calls as plans: `$var1.field$` is a ref, `$var1$` the ref `var1.result` to all a call gives, the last call the output.
 * Where the right calls do not hold to what a tool declares, it takes anything there; plans with refs inside texts are left out.
 */
function nestful(records, catalogue) {
  const byName = new Map(catalogue.map((tool) => [tool.name, tool]));
  const declared = (name, key) => byName.get(name)?.parameters?.[key];
  const loose = new Set();
  const used = new Map();
  const listed = new Map();
  for (const { calls } of records) {
    const labels = new Map(calls.map(({ label, name }) => [label, name]));
    for (const { name, arguments: args } of calls) {
      used.set(name, [...(used.get(name) ?? []), Object.keys(args)]);
      for (const [key, value] of Object.entries(args)) {
        listed.set(`${name}.${key}`, (listed.get(`${name}.${key}`) ?? true) && Array.isArray(value));
        const type = declared(name, key) && schemaOf(declared(name, key)).type;
        const ref = /^\$(\w+)\.(\w+)/.exec(String(value));
        const source = ref && byName.get(labels.get(ref[1]))?.output?.[ref[2]];
        if (ref ? (source && String(value).split(".").length > 2 ? true : schemaOf(source ?? {}).type !== type) : !isA(value, type))
          loose.add(`${name}.${key}`);
      }
    }
  }
  const members = catalogue.map(({ name, description, parameters, output }) => {
    const takes = {};
    for (const key of new Set([...Object.keys(parameters ?? {}), ...(used.get(name) ?? []).flat()])) {
      const said = declared(name, key);
      const always = (used.get(name) ?? []).every((keys) => keys.includes(key));
      const { type, items, properties, enum: labels, ...rest } = said ? schemaOf(said) : {};
      const open = loose.has(`${name}.${key}`) || type === "array";
      const held = listed.get(`${name}.${key}`) ? { type: "array" } : open || !type ? {} : { type };
      const required = said?.required ?? (said && said.optional !== true && said.default === undefined && always);
      takes[key] = { ...rest, ...held, ...(required === true ? {} : { optional: true }) };
    }
    const gives = Object.fromEntries(Object.entries(output ?? {}).map(([key, said]) => [key, schemaOf(said)]));
    return { name, does: description, takes, gives: { ...gives, result: { type: "object" } } };
  });
  return records.flatMap(({ id, request, calls }) => {
    const value = (said) => {
      if (Array.isArray(said)) return said.map(value);
      const ref = typeof said === "string" && /^\$(\w+)(\.[\w.]+)?\$$/.exec(said);
      return ref ? { ref: `${ref[1]}${ref[2] ?? ".result"}` } : said;
    };
    const args = (fields) => Object.fromEntries(Object.entries(fields).map(([key, said]) => [key, value(said)]));
    const tasks = calls.slice(0, -1).map((call) => ({ id: call.label, member: call.name, args: args(call.arguments) }));
    const output = args(calls.at(-1).arguments);
    if (!tasks.every(({ member }) => byName.has(member)) || JSON.stringify(tasks).includes("$var")) return [];
    if (!Object.values(output).every((one) => refsOf(one).length > 0)) return [];
    const wanted = Object.fromEntries(
      Object.entries(output).map(([name, one]) => [name, refsOf(one).every((ref) => ref.endsWith(".result")) ? { type: "object" } : {}]),
    );
    return [{ id, brief: briefOf({ members, input: {}, output: wanted, request }), plan: { tasks, output } }];
  });
}
