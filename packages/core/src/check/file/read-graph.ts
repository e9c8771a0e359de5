import { TroupeError } from "../../graph/error.js";
import { defineGraph, type Graph } from "../../graph/graph.js";
import type { Issue } from "../../graph/issue.js";
import type { JsonSchema } from "../../graph/json.js";
import type { Use } from "../../graph/signature.js";
import { type Trust, trustOf } from "../../limits/trust.js";
import { asSpecialist, type Specialist, specialist } from "../../specialist/specialist.js";
import { check } from "../check.js";
import { exportFinder, type FindExport, type Kind, type Load } from "./exports.js";
import { lineOf } from "./lines.js";
import { fieldFrom } from "./notation.js";
import { schemaFromJson } from "./schema-from-json.js";
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
 * @throws TroupeError `GRAPH_UNREADABLE` when the file can't be read, `OPTION_INVALID` for trust that says nothing known
 * @example
 * const { graph, issues } = await readGraph("desk.yaml", { load: (module) => import(module) });
 * if (graph && issues.length === 0) await compile(graph).invoke({ ticket: "It crashes" });
 */
export async function readGraph(
  source: string | { readonly text: string; readonly file?: string },
  { load, trust }: { readonly load: Load; readonly trust?: Partial<Trust> },
): Promise<GraphFile> {
  const { text, file } = typeof source === "string" ? { text: await textOf(source), file: source } : source;
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const issues = document.errors.map((error): Issue => {
      const message = `${error.message.split("\n")[0]!.replace(/ at line .*$/, "")}.`;
      return { code: "file-syntax", path: [], message, hint: "Put the YAML or JSON right.", line: lines.linePos(error.pos[0]).line };
    });
    return { issues };
  }
  const plain = plainOf(document);
  if (!plain) {
    const hint = "Write out what the alias stands for.";
    return { issues: [{ code: "file-syntax", path: [], message: "A YAML alias goes round, or grows without end.", hint, line: 1 }] };
  }
  const placed = (issues: readonly Issue[]) =>
    issues.map((issue) => ({ ...issue, line: lineOf(yaml, document, lines, issue.path) })).sort((a, b) => a.line - b.line);
  const { default: schema } = await import("../../../schema/graph.schema.json", { with: { type: "json" } });
  const { issues, written, cut } = shape(schema as unknown as JsonSchema, plain.value);
  if (!written) return { issues: placed(issues) };
  const { graph, missing } = await graphFrom(written, await exportFinder(load, file, trustOf(trust)));
  // What was taken out for its shape is not missed again.
  const said = (issue: Issue) =>
    // A specialist that could not be found has no fields.
    ((issue.code === "no-fields" || issue.code === "malformed") &&
      [...issues, ...missing].some(({ path }) => path[0] === "nodes" && path[1] === issue.path[1])) ||
    (issue.code === "missing-edge" && issue.names?.node?.some((node) => cut.has(node))) ||
    (issue.code === "no-target" && issue.path[0] === "edges" && cut.has(String(issue.path[1]))) ||
    (issue.code === "no-target" &&
      issue.path[0] === "start" &&
      issues.some(({ path, names }) => path[0] === "start" || names?.key?.includes("start")));
  return { graph, issues: placed([...issues, ...missing, ...check(graph).filter((issue) => !said(issue))]) };
}

/** What a document says, or undefined where its aliases make it endless. */
function plainOf(document: { toJS(): unknown }): { readonly value: unknown } | undefined {
  try {
    const value = document.toJS();
    JSON.stringify(value);
    return { value };
  } catch {
    return undefined;
  }
}

async function textOf(file: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(file, "utf8").catch((cause) => {
    throw new TroupeError("GRAPH_UNREADABLE", "The graph's file can't be read", { file, hint: "Check the path.", cause });
  });
}

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
