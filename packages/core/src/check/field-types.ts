import type { Issue } from "../error/issue.js";
import { didYouMean, listed } from "../error/nearest.js";
import type { NodeData } from "../graph/data.js";
import { compatible } from "../schema/compatible.js";
import { misfits } from "../schema/misfits.js";
import { type ObjectFields, objectFields } from "../schema/object-fields.js";
import { jsonSchemaOf } from "../schema/schema.js";
import { knownNodes } from "./known-nodes.js";
import type { Check, Look } from "./look.js";
import { mayBeMissing, takesNothing } from "./may-be-missing.js";
import { declaredIn, schemaRead } from "./read-schema.js";

/** Fields of another type than what reads or writes them, constants that do not fit, and renames of fields a specialist has not. */
export const fieldTypes: Check = (look) => {
  const misfits: Misfit[] = [];
  const others = knownNodes(look).flatMap(({ node, use: { specialist }, data }): readonly Issue[] => {
    const takes = objectFields(jsonSchemaOf(specialist.input, "input"));
    const gives = objectFields(jsonSchemaOf(specialist.output, "output"));
    if (!takes || !gives) return [];
    misfits.push(...reads(look, node, data.read, takes), ...writes(look, node, data.write, gives));
    return [...unasked(data, node, specialist.name, takes, gives), ...constants(data, node, takes)];
  });
  return [...once(misfits), ...others];
};

/** An issue with the state field it is about. */
interface Misfit {
  readonly field: string;
  readonly issue: Issue;
}

/** A field that fits in none of several places is most likely declared wrongly: one issue, at the first of them. */
function once(misfits: readonly Misfit[]): readonly Issue[] {
  const byField = new Map<string, [Issue, ...Issue[]]>();
  for (const { field, issue } of misfits) {
    const before = byField.get(field);
    if (before) before.push(issue);
    else byField.set(field, [issue]);
  }
  return [...byField.values()].map(([first, ...rest]) => {
    const nodes = [...new Set(rest.map(({ path }) => path[1]))].filter((node) => node !== first.path[1]);
    if (nodes.length === 0) return first;
    const names = { ...first.names, node: [...(first.names?.node ?? []), ...nodes.map(String)] };
    return { ...first, names, message: `${first.message} Nor does it fit ${listed(nodes.map(String))}.` };
  });
}

function reads(look: Look, node: string, read: NodeData["read"], takes: ObjectFields): Misfit[] {
  return Object.entries(read).flatMap(([input, field]): Misfit[] => {
    const schema = schemaRead(look.data, field);
    const wanted = takes.properties[input];
    if (!schema || !wanted) return [];
    const missing = takes.required.includes(input) && mayBeMissing(look, field) && !isThere(look, node, field);
    const why = compatible(schema, wanted) ?? (missing ? `it may be missing, and ${node} must have it` : undefined);
    if (why === undefined) return [];
    const message = `"${node}" can't read "${field}" as its input "${input}": ${why}.`;
    const hint = `Declare "${field}" in state as ${node} takes it, or read another field: read: { ${input}: … }.`;
    const names = { field: [field], node: [node], input: [input] };
    return [{ field, issue: { code: "field-type", path: ["nodes", node, "read", input], names, message, hint } }];
  });
}

/** Whether a field that may be missing is there wherever a node starts: written on every way, or found to exist by a rule. */
function isThere({ irreducible, unwritten }: Look, node: string, field: string): boolean {
  return irreducible.length === 0 && unwritten().before.get(node)?.has(field) === false;
}

function writes(look: Look, node: string, write: NodeData["write"], gives: ObjectFields): Misfit[] {
  return Object.entries(write).flatMap(([output, field]): Misfit[] => {
    const declared = declaredIn(look.data, field);
    const given = gives.properties[output];
    if (!declared || !given || schemaRead(look.data, field) === undefined) return [];
    const missing = !gives.required.includes(output) && declared.reduce === undefined && !takesNothing(look, field);
    const why = compatible(given, declared.schema, { bounds: true }) ?? (missing ? `${node} may leave it out` : undefined);
    if (why === undefined) return [];
    const what = declared.reduce === undefined ? `"${field}"` : `"${field}", which takes one contribution at a time`;
    const message = `"${node}" can't write its output "${output}" to ${what}: ${why}.`;
    const hint = `Declare "${field}" in state as ${node} gives it, or write to another field: write: { ${output}: … }.`;
    const names = { field: [field], node: [node], output: [output] };
    return [{ field, issue: { code: "field-type", path: ["nodes", node, "write", output], names, message, hint } }];
  });
}

function constants({ set }: NodeData, node: string, takes: ObjectFields): Issue[] {
  return Object.entries(set).flatMap(([input, value]): Issue[] => {
    const wanted = takes.properties[input];
    const [wrong] = wanted ? misfits(wanted, value) : [];
    if (!wrong) return [];
    const message = `The constant for "${input}" of "${node}" does not fit: ${wrong.message}.`;
    const hint = wrong.hint ?? `Bind ${input} to a value that ${node} takes.`;
    const names = { input: [input], node: [node] };
    return [{ code: "constant-type", path: ["nodes", node, "set", input, ...wrong.path], names, message, hint }];
  });
}

/** Renames and constants of fields that the specialist does not have. */
function unasked({ read, set, write }: NodeData, node: string, name: string, takes: ObjectFields, gives: ObjectFields): Issue[] {
  const sides = [
    { part: "read", keys: Object.keys(read), schema: takes, what: "input", code: "unknown-input" } as const,
    { part: "set", keys: Object.keys(set), schema: takes, what: "input", code: "unknown-input" } as const,
    { part: "write", keys: Object.keys(write), schema: gives, what: "output", code: "unknown-output" } as const,
  ];
  return sides.flatMap(({ part, keys, schema, what, code }) => {
    const known = Object.keys(schema.properties);
    if (known.length === 0) return [];
    return keys
      .filter((key) => !known.includes(key))
      .map((key): Issue => {
        const hint = didYouMean(key, known, `Its ${what}s are ${listed(known)}.`);
        const names = { [what]: [key], node: [node], specialist: [name] };
        return { code, path: ["nodes", node, part, key], names, message: `${name} has no ${what} "${key}".`, hint };
      });
  });
}
