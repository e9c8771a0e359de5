import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Graph } from "@troupe/core";
import { beginRun } from "./begin-run.js";
import type { Outcome } from "./carry-out.js";
import { readConfig } from "./config.js";
import { outside } from "./outside.js";
import { parseFlags } from "./parse-flags.js";
import { runFlags, runSettings } from "./run-flags.js";
import { takeStreams } from "./show/streams.js";
import { tolerateClosedPipes } from "./tolerate-closed-pipes.js";

export interface RunGraphOptions<I extends object> {
  readonly graph: Graph<I, any>;
  readonly input: I;
  /** The file that exports the graph, for `troupe resume`: a path, or `import.meta.url`. */
  readonly file: string | URL;
  /** The export's name. Default: `default`. */
  readonly export?: string;
  /** Flags as `troupe run` takes them: `process.argv.slice(2)`, say. */
  readonly flags?: readonly string[];
}

/**
 * Runs a graph as `troupe run` does, for programs of one's own: the tree, the journal, the command to resume, Ctrl-C. Sets
 * `process.exitCode`; a failed run is told on stderr and gives its exit code.
 * @throws TroupeError `FLAG_UNKNOWN` or `FLAG_VALUE` for flags that `troupe run` does not take.
 * @example
 * await runGraph({ graph, input: { ticket: "It crashes" }, file: import.meta.url, flags: process.argv.slice(2) });
 */
export async function runGraph<I extends object>(options: RunGraphOptions<I>): Promise<Outcome> {
  const { graph, input, file, flags = [] } = options;
  const thread = { type: "string" } as const;
  const given = parseFlags(flags, "run", { ...runFlags, thread });
  tolerateClosedPipes();
  const path = String(file).startsWith("file:") ? fileURLToPath(file) : resolve(String(file));
  const source = { file: path, export: options.export ?? "default" };
  const streams = takeStreams();
  try {
    const settings = runSettings(given, await readConfig(), outside(path));
    const outcome = await beginRun({ ...settings, streams, graph, input, source, thread: given.value("thread") });
    process.exitCode = outcome.exitCode;
    return outcome;
  } finally {
    streams.giveBack();
  }
}
