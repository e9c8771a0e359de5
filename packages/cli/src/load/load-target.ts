import { readdirSync, statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { check, type Graph, type Issue, nearest, readGraph, type Specialist, TroupeError, type Trust } from "@troupe/core";
import { graphOf } from "./graph-of.js";
import { moduleLoader } from "./load-module.js";
import { whole } from "./whole.js";

/** What a command works on. */
export interface Target {
  /** Absolute path. */
  readonly file: string;
  /** Name of the export, where the file is a module. */
  readonly export?: string;
  /** All exports, where the file is a module. */
  readonly module?: Readonly<Record<string, unknown>>;
  /** Missing where nothing could be made of a YAML or JSON file. */
  readonly graph?: Graph;
  /** Set where a specialist or a team was exported, not a graph. */
  readonly specialist?: Specialist;
  /** All that is wrong with the graph; it can run only where this is empty. */
  readonly issues: readonly Issue[];
}

export interface LoadOptions {
  readonly trust: Trust;
  /** Hears what is going to be loaded. */
  readonly tell?: (module: string) => void;
}

/**
 * Loads `FILE` or `FILE#export`: a graph, a team or any specialist exported by a module, or a graph in YAML or JSON.
 * @throws TroupeError `FILE_MISSING`, `GRAPH_UNREADABLE` for a file of another kind, `FILE_FAILED`, `EXPORT_UNKNOWN`.
 */
export async function loadTarget(name: string, { trust, tell }: LoadOptions): Promise<Target> {
  const { file, exported } = locate(name);
  if (!graphFiles.test(file)) throw noGraph(file);
  const load = moduleLoader(file, { tell, own: async () => ({ "@troupe/cli": await import("../index.js") }) });
  if ([".yaml", ".yml", ".json"].includes(extname(file).toLowerCase()))
    return { file, ...(await readGraph(file, { load, trust: { ...trust, modules: [...trust.modules, ...own] } })) };
  const module = await load(file);
  const found = Object.keys(module).filter((key) => isGraph(module[key]) || isSpecialist(module[key]));
  const chosen = exported ?? theOne(found, module);
  if (chosen === undefined || !found.includes(chosen)) throw unknownExport(file, exported, found);
  const value = module[chosen];
  const graph = isGraph(value) ? value : graphOf(value as Specialist);
  return { file, export: chosen, module, graph, issues: check(graph), ...(isGraph(value) ? {} : { specialist: value as Specialist }) };
}

/** Troupe itself, of which there is this process's copy. */
const own = ["@troupe/core", "@troupe/nodes", "@troupe/cli"];

/** The graph of a target that can run. @throws TroupeError `GRAPH_INVALID` with every issue. */
export function graphIn({ file, graph, specialist, issues }: Target): Graph {
  if (graph && issues.length === 0) return specialist ? graphOf(whole(specialist)) : graph;
  const what = `The graph has ${issues.length} ${issues.length === 1 ? "issue" : "issues"}`;
  throw new TroupeError("GRAPH_INVALID", what, { file, issues, hint: "Put right what is listed; troupe check lists it again." });
}

/** The default export, else the only graph, else the only specialist. */
function theOne(found: readonly string[], module: Readonly<Record<string, unknown>>): string | undefined {
  if (found.includes("default")) return "default";
  const graphs = found.filter((key) => isGraph(module[key]));
  const choice = graphs.length ? graphs : found;
  return choice.length === 1 ? choice[0] : undefined;
}

/** Splits `FILE#export`; a file whose own name holds a `#` is found too. */
function locate(name: string): { file: string; exported?: string } {
  if (isFile(resolve(name))) return { file: resolve(name) };
  const hash = name.lastIndexOf("#");
  const file = resolve(hash > 0 ? name.slice(0, hash) : name);
  if (hash > 0 && isFile(file)) return { file, exported: name.slice(hash + 1) };
  const folder = [resolve(name), file].find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (folder !== undefined) {
    const inside = readdirSync(folder).filter((one) => graphFiles.test(one));
    const hint = inside.length
      ? `Name a file: it holds ${inside.slice(0, 8).join(", ")}${inside.length > 8 ? ", …" : ""}.`
      : "Name a file.";
    throw new TroupeError("FILE_MISSING", "That is a folder, not a file", { file: folder, hint });
  }
  throw new TroupeError("FILE_MISSING", "There is no such file", {
    file,
    hint: "Give a module that exports a graph, a team or a specialist, or a graph in YAML or JSON; FILE#name names one export.",
  });
}

const graphFiles = /\.([cm]?[jt]sx?|ya?ml|json)$/i;
const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
const has = (value: unknown, keys: readonly string[]) => typeof value === "object" && value !== null && keys.every((key) => key in value);
const isGraph = (value: unknown): value is Graph => has(value, ["nodes", "edges", "state", "start"]);
const isSpecialist = (value: unknown): value is Specialist => has(value, ["name", "does", "input", "output"]) && !isGraph(value);

function noGraph(file: string): TroupeError {
  const name = basename(file);
  const ending = extname(file);
  return new TroupeError(
    "GRAPH_UNREADABLE",
    `${name} is no graph: its name ends in ${ending || "nothing"}, not in .ts, .js, .yaml or .json`,
    {
      file,
      hint: `Give a module that exports a graph, a team or a specialist, or a graph in YAML or JSON. What that is to work on is an input: troupe run GRAPH --input FIELD=@${name}, or FIELD=${name} where it takes a file.`,
    },
  );
}

function unknownExport(file: string, exported: string | undefined, names: readonly string[]): TroupeError {
  const what =
    exported === undefined ? "It is not clear what to take from the file" : `The file exports no graph or specialist ${exported}`;
  const near = exported === undefined ? undefined : nearest(exported, names);
  const hint = names.length
    ? `${near ? `Did you mean #${near}? ` : ""}It exports ${names.map((one) => `#${one}`).join(", ")}: name one after the file.`
    : "It exports none: export what defineGraph, team or specialist gives.";
  return new TroupeError("EXPORT_UNKNOWN", what, { file, hint });
}
