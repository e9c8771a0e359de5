import { check } from "../check/check.js";
import { TroupeError } from "../error/error.js";
import type { Issue } from "../error/issue.js";
import { optionInvalid } from "../error/option-invalid.js";
import { defineGraph, type Graph } from "../graph/graph.js";
import type { Use } from "../graph/signature.js";
import { limitCrossed } from "../limits/limit-crossed.js";
import { type Limits, limitsOf } from "../limits/limits.js";
import { type Trust, trustOf } from "../limits/trust.js";
import type { JsonSchema } from "../schema/json.js";
import { say } from "../schema/say.js";
import { schemaFromJson } from "../schema/schema-from-json.js";
import { asSpecialist, type Specialist, specialist } from "../specialist/specialist.js";
import { readDocument } from "./document.js";
import { exportFinder, type FindExport, type Kind, type Load } from "./exports.js";
import { fieldFrom } from "./notation.js";
import { shape, type Written } from "./shape.js";

export interface GraphFile {
  /** The graph, wherever one could be made of the file; it can run only where there are no issues. */
  readonly graph?: Graph;
  /** In the order of their lines. */
  readonly issues: readonly Issue[];
}

/**
 * Reads a graph written as YAML or JSON (`@troupe/core/graph.schema.json`) and checks it as `check` does; issues carry their line.
 * `load` loads the modules that the file names, by absolute path or package: those in the file's own folder, packages that its nearest
 * package.json declares, and what `trust.modules` names. Of any other there is an issue, and it is not loaded.
 * @param source the file's path, or its text and where relative modules start from
 * @throws TroupeError `GRAPH_UNREADABLE` when the file can't be read, `LIMIT_CROSSED` where it is larger than `limits.jsonSize`,
 * `OPTION_INVALID` for a source or a `load` that is none, and for trust or limits that say nothing known
 * @example
 * const { graph, issues } = await readGraph("desk.yaml", { load: (module) => import(module) });
 * if (graph && issues.length === 0) await compile(graph).invoke({ ticket: "It crashes" });
 */
export async function readGraph(
  source: string | { readonly text: string; readonly file?: string },
  options: { readonly load: Load; readonly trust?: Partial<Trust>; readonly limits?: Partial<Limits> },
): Promise<GraphFile> {
  const { load, trust, limits } = Object(options) as typeof options;
  const refused = (name: string, given: unknown, hint: string) => optionInvalid("readGraph", name, `is ${say(given)}`, hint);
  if (typeof load !== "function") throw refused("load", load, 'Write readGraph("desk.yaml", { load: (module) => import(module) }).');
  if (typeof source !== "string" && typeof Object(source).text !== "string")
    throw refused("source", source, "Give the path of a file, or { text, file }.");
  const held = limitsOf(limits);
  const { text, file } = typeof source === "string" ? { text: await textOf(source, held), file: source } : source;
  if (text.length > held.jsonSize) throw tooLarge(text.length, held, file);
  const document = await readDocument(text, held);
  if ("issues" in document) return document;
  const placed = (issues: readonly Issue[]) =>
    issues.map((issue) => ({ ...issue, line: document.lineOf(issue.path) })).sort((a, b) => a.line - b.line);
  const { default: schema } = await import("../../schema/graph.schema.json", { with: { type: "json" } });
  const { issues, written, cut } = shape(schema as unknown as JsonSchema, document.value);
  if (!written) return { issues: placed(issues) };
  const { graph, missing } = await graphFrom(written, await exportFinder(load, file, trustOf(trust)));
  // What was taken out for its shape is not missed again.
  const nodesSaid = new Set([...issues, ...missing].filter(({ path }) => path[0] === "nodes").map(({ path }) => path[1]));
  const startSaid = issues.some(({ path, names }) => path[0] === "start" || names?.key?.includes("start"));
  const said = (issue: Issue) =>
    // A specialist that could not be found has no fields.
    ((issue.code === "no-fields" || issue.code === "malformed") && nodesSaid.has(issue.path[1])) ||
    (issue.code === "missing-edge" && issue.names?.node?.some((node) => cut.has(node))) ||
    (issue.code === "no-target" && issue.path[0] === "edges" && cut.has(String(issue.path[1]))) ||
    (issue.code === "no-target" && issue.path[0] === "start" && startSaid);
  return { graph, issues: placed([...issues, ...missing, ...check(graph).filter((issue) => !said(issue))]) };
}

async function textOf(file: string, limits: Limits): Promise<string> {
  const { readFile, stat } = await import("node:fs/promises");
  const unreadable = (cause?: unknown) =>
    new TroupeError("GRAPH_UNREADABLE", "The graph's file can't be read", { file, hint: "Give the path of a YAML or JSON file.", cause });
  const noText = (cause: unknown) =>
    new TroupeError("GRAPH_UNREADABLE", "The graph's file holds no text in UTF-8", { file, hint: "Save it as UTF-8.", cause });
  const { size } = await stat(file).then(
    // A device may never end.
    (found) => (found.isFile() ? found : Promise.reject(unreadable())),
    (cause) => Promise.reject(unreadable(cause)),
  );
  if (size > limits.jsonSize) throw tooLarge(size, limits, file);
  const bytes = await readFile(file).catch((cause) => Promise.reject(unreadable(cause)));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw noText(cause);
  }
}

const tooLarge = (size: number, limits: Limits, file: string | undefined) =>
  limitCrossed("jsonSize", limits, `A graph of ${size.toLocaleString("en")} characters`, file === undefined ? {} : { file });

const isSpecialist = (value: any) => typeof value?.name === "string" && Boolean(value.input?.["~standard"] && value.output?.["~standard"]);
const isGraph = (value: any) => Boolean(value?.nodes && value.edges && value.state);
const specialists: Kind = { what: "specialists", is: (value) => isSpecialist(value) || isGraph(value) };
const conditions: Kind = { what: "conditions", is: (value) => Array.isArray(value?.reads) && typeof value.test === "function" };
const reducers: Kind = { what: "functions", is: (value) => typeof value === "function" };

async function graphFrom(written: Written, find: FindExport): Promise<{ graph: Graph; missing: readonly Issue[] }> {
  const missing: Issue[] = [];
  const take = async (ref: string, kind: Kind, path: Issue["path"], instead: unknown) => {
    if (ref === "") return instead;
    const { value, issue } = await find(ref, kind, path);
    if (issue) missing.push(issue);
    return value ?? instead;
  };
  const all = async <T>(record: Readonly<Record<string, any>>, of: (name: string, value: any) => Promise<T>) =>
    Object.fromEntries(await Promise.all(Object.entries(record).map(async ([name, value]) => [name, await of(name, value)] as const)));
  const nodes = await all(written.nodes, async (name, node): Promise<Use> => {
    const { use = "", read = {}, write = {}, set = {}, timeout } = typeof node === "string" ? { use: node } : node;
    const value = await take(use, specialists, ["nodes", name, ...(typeof node === "string" ? [] : ["use"])], unknownSpecialist(name));
    const specialist = isGraph(value) ? asSpecialist(value) : value;
    return Object.freeze({ specialist, read, write, set, ...(timeout === undefined ? {} : { timeout }) });
  });
  const fieldOf = (name: string, field: any) => {
    try {
      return fieldFrom(field);
    } catch (error) {
      if (!(error instanceof TroupeError)) throw error;
      missing.push({ code: "schema-unheld", path: ["state", name], message: `${error.what}.`, hint: error.hint ?? "" });
      return fieldFrom("any");
    }
  };
  const graph = defineGraph({
    ...written,
    state: Object.fromEntries(Object.entries(written.state).map(([name, field]) => [name, fieldOf(name, field)])),
    nodes,
    conditions: await all(written.conditions, (name, ref) => take(ref, conditions, ["conditions", name], { reads: [], test: () => false })),
    reducers: await all(written.reducers, (name, ref) => take(ref, reducers, ["reducers", name], (total: unknown) => total)),
  } as any) as Graph;
  return { graph, missing };
}

/** Stands where a specialist could not be found, and says nothing of its fields. */
const unknownSpecialist = (name: string): Specialist =>
  specialist({ name, does: name, input: schemaFromJson({}), output: schemaFromJson({}), run: () => ({}) });
