import { randomBytes } from "node:crypto";
import type { Graph } from "@troupe/core";
import { carryOut, type Outcome } from "./carry-out.js";
import { openNamed } from "./open-named.js";
import type { RunSettings } from "./run-flags.js";
import type { Streams } from "./show/streams.js";

export interface BeginRun extends RunSettings {
  readonly streams: Streams;
  readonly graph: Graph;
  readonly input: object;
  /** Fields whose media a person named, so that they are opened wherever they lie. Default: all. */
  readonly named?: readonly string[];
  /** Where `resume` finds the graph again: the file's absolute path, and the export's name where it is a module. */
  readonly source: { readonly file: string; readonly export?: string };
  readonly thread: string | undefined;
}

/** Begins a run; its first record says where the graph came from and which models were named. */
export function beginRun({ graph, input, named, source, thread, ...settings }: BeginRun): Promise<Outcome> {
  const { timeout, models, config } = settings;
  const name = thread ?? `${graph.name}-${randomBytes(4).toString("hex")}`;
  return carryOut({
    ...settings,
    graph,
    thread: name,
    async *events(app, given) {
      const meta = { ...source, models, ...(timeout === undefined ? {} : { timeout }) };
      return yield* app.events(await openNamed(graph, input, named, config.limits), { ...given, thread: name, meta });
    },
  });
}
