import { statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { type Graph, nearest, type Specialist, TroupeError } from "@troupe/core";
import { graphOf } from "./graph-of.js";
import { loadModule } from "./load-module.js";
import { loadYaml } from "./load-yaml.js";

/** What a command works on. */
export interface Target {
  /** Absolute path. */
  readonly file: string;
  /** Name of the export, where the file is a module. */
  readonly export?: string;
  readonly graph: Graph;
  /** Set where a specialist or a team was exported, not a graph. */
  readonly specialist?: Specialist;
}

/**
 * Loads `FILE` or `FILE#export`: a graph, a team or any specialist exported by a module, or a graph in YAML or JSON.
 * @throws TroupeError `FILE_MISSING`, `FILE_FAILED`, `EXPORT_UNKNOWN`, `GRAPH_INVALID` with the issues of a YAML or JSON graph.
 */
export async function loadTarget(name: string): Promise<Target> {
  const { file, exported } = locate(name);
  if (isData(file)) return { file, graph: await loadYaml(file) };
  const module = await loadModule(file);
  const found = Object.entries(module).filter(([, value]) => isGraph(value) || isSpecialist(value));
  const graphs = found.filter(([, value]) => isGraph(value));
  const named = exported ?? (found.some(([key]) => key === "default") ? "default" : graphs.length === 1 ? graphs[0]![0] : found[0]?.[0]);
  const value = found.find(([key]) => key === named)?.[1];
  if (value === undefined || (exported === undefined && named !== "default" && graphs.length !== 1 && found.length > 1)) {
    throw unknownExport(file, exported, Object.keys(Object.fromEntries(found)));
  }
  const target = { file, export: named! };
  return isGraph(value) ? { ...target, graph: value } : { ...target, graph: graphOf(value as Specialist), specialist: value as Specialist };
}

export const isData = (file: string): boolean => [".yaml", ".yml", ".json"].includes(extname(file).toLowerCase());

/** Splits `FILE#export`; a file whose own name holds a `#` is found too. */
export function locate(name: string): { file: string; exported?: string } {
  const hash = name.lastIndexOf("#");
  const whole = resolve(name);
  if (isFile(whole)) return { file: whole };
  const file = hash > 0 ? resolve(name.slice(0, hash)) : whole;
  if (hash > 0 && isFile(file)) return { file, exported: name.slice(hash + 1) };
  throw new TroupeError("FILE_MISSING", "There is no such file", {
    file,
    hint: "Give a module that exports a graph, a team or a specialist, or a graph in YAML or JSON; FILE#name names one export.",
  });
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

const isGraph = (value: any): value is Graph =>
  typeof value === "object" && value !== null && ["nodes", "edges", "state", "start"].every((key) => key in value);
const isSpecialist = (value: any): value is Specialist =>
  typeof value === "object" && value !== null && ["name", "does", "input", "output"].every((key) => key in value) && !isGraph(value);

function unknownExport(file: string, exported: string | undefined, names: readonly string[]): TroupeError {
  const what = exported === undefined ? "It is not clear what to take from the file" : `The file exports no graph or specialist ${exported}`;
  const near = exported === undefined ? undefined : nearest(exported, names);
  const hint = names.length
    ? `${near ? `Did you mean #${near}? ` : ""}It exports ${names.map((one) => `#${one}`).join(", ")}: name one after the file.`
    : "It exports none: export what defineGraph, team or specialist gives.";
  return new TroupeError("EXPORT_UNKNOWN", what, { file, hint });
}
