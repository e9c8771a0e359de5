import { createHash } from "node:crypto";
import { dirname, resolve } from "node:path";
import { type JsonSchema, jsonSchemaOf, limitsOf, nearest, objectFields, readDocument, type Signature, TroupeError } from "@troupe/core";
import { readText } from "../read-text.js";
import { schemaSaid } from "../schema-said.js";
import { type Check, readCheck } from "./check.js";

/** An input, and what is expected of what comes of it. */
export interface Case {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** By output field; what is not named is not judged. */
  readonly expect: Readonly<Record<string, Check>>;
  /** Of its input: under which name its runs are known. */
  readonly hash: string;
}

/**
 * The cases of a file in YAML or JSON: `{ cases: [{ id?, input, expect? }] }`, or the list alone, held to what a team takes and gives. Paths of media are read from where the
 * file lies.
 * @throws TroupeError `INPUT_UNREADABLE`; `SUITE_INVALID` with the line
 */
export async function readSuite(file: string, task: Signature): Promise<readonly Case[]> {
  const read = await readDocument(await readText(file, "SUITE"), limitsOf());
  if ("issues" in read) throw refused(read.issues[0]!.message.replace(/\.$/, ""), `${file}:${read.issues[0]!.line ?? 1}`);
  const { value, lineOf } = read;
  const listed = Array.isArray(value) ? [] : ["cases"];
  const given: unknown = Array.isArray(value) ? value : Object(value).cases;
  if (!Array.isArray(given) || given.length === 0) throw refused("The suite has no cases", file);
  const takes = fieldsOf(jsonSchemaOf(task.input, "input"));
  const gives = fieldsOf(jsonSchemaOf(task.output, "output"));
  const ids = new Set<string>();
  return given.map((one: unknown, i): Case => {
    const at = (...path: (string | number)[]) => `${file}:${lineOf([...listed, i, ...path])}`;
    if (!isObject(one)) throw refused("A case is no object", at());
    const stray = Object.keys(one).find((key) => !["id", "input", "expect"].includes(key));
    if (stray !== undefined) throw refused(`A case has no ${stray}`, at(stray), "It has an id, an input and what to expect.");
    const id = one.id === undefined ? String(i + 1) : String(one.id);
    if (ids.has(id)) throw refused(`There are two cases ${id}`, at("id"), "Give each an id of its own.");
    ids.add(id);
    const input = inputOf(one.input, takes, dirname(file), (name) => at(...(name === undefined ? ["input"] : ["input", name])));
    const hash = createHash("sha256").update(JSON.stringify(input)).digest("hex");
    if (one.expect !== undefined && !isObject(one.expect)) throw refused("What a case expects is no object", at("expect"));
    const expect = Object.entries(one.expect ?? {}).map(([name, wanted]): [string, Check] => {
      const schema = gives.properties[name];
      if (!schema) throw unknown(name, "output", Object.keys(gives.properties), at("expect", name));
      const read = readCheck(wanted, name, schema);
      if ("what" in read) throw refused(read.what, at("expect", name), read.hint);
      return [name, read.check];
    });
    return { id, input, expect: Object.fromEntries(expect), hash };
  });
}

type Fields = NonNullable<ReturnType<typeof objectFields>>;
const fieldsOf = (schema: JsonSchema): Fields => objectFields(schema) ?? { properties: {}, required: [] };
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function inputOf(given: unknown, { properties, required }: Fields, folder: string, at: (name?: string) => string): Record<string, unknown> {
  if (!isObject(given)) throw refused("A case has no input", at());
  const missing = required.find((name) => given[name] === undefined);
  if (missing !== undefined) throw refused(`The input lacks ${missing}`, at(), `It takes ${Object.keys(properties).join(", ")}.`);
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (!schema) throw unknown(name, "input", Object.keys(properties), at(name));
      if (JSON.stringify(schema).includes('"x-media"'))
        return [name, Array.isArray(value) ? value.map((one) => placed(one, folder)) : placed(value, folder)];
      const { issues: [issue] = [] } = schemaSaid(schema)["~standard"].validate(value) as { issues?: readonly { message: string }[] };
      if (issue) throw refused(`${name}: ${issue.message}`, at(name), "Give what the input's schema says.");
      return [name, value];
    }),
  );
}

/** A path from where the suite lies; an address is one wherever it stands. */
const placed = (source: unknown, folder: string): unknown =>
  typeof source === "string" && !/^[a-z][a-z0-9+.-]+:/i.test(source) ? resolve(folder, source) : source;

function unknown(name: string, of: string, known: readonly string[], file: string): TroupeError {
  const near = nearest(name, known);
  return refused(`There is no ${of} ${name}`, file, `${near ? `Did you mean ${near}? ` : ""}There is ${known.join(", ") || "none"}.`);
}

const refused = (what: string, file: string, hint = "Write cases: [{ id, input: { … }, expect: { … } }], as YAML or JSON."): TroupeError =>
  new TroupeError("SUITE_INVALID", what, { file, hint });
