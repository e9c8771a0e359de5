import { randomBytes } from "node:crypto";
import type { Graph } from "@troupe/core";
import { carryOut, type Outcome } from "./carry-out.js";
import type { RunSettings } from "./run-flags.js";
import type { Streams } from "./show/streams.js";

export interface BeginRun extends RunSettings {
  readonly streams: Streams;
  readonly graph: Graph;
  readonly input: object;
  /** Where `resume` finds the graph again: the file's absolute path, and the export's name where it is a module. */
  readonly source: { readonly file: string; readonly export?: string };
  readonly thread: string | undefined;
}

/** Begins a run; its first record says where the graph came from and which models were named. */
export function beginRun({ graph, input, source, thread, ...settings }: BeginRun): Promise<Outcome> {
  const { timeout, models } = settings;
  const name = thread ?? `${graph.name}-${randomBytes(4).toString("hex")}`;
  return carryOut({
    ...settings,
    graph,
    thread: name,
    events: (app, signal) =>
      app.events(input, { thread: name, signal, meta: { ...source, models, ...(timeout === undefined ? {} : { timeout }) } }),
  });
}
