import type { ArgDef, ArgsDef } from "citty";
import type { Flags } from "../parse-flags.js";
import type { Streams } from "../show/streams.js";

/** A command: what citty writes its help from, and what it does. */
export interface Command {
  readonly meta: { readonly name: string; readonly description: string };
  readonly args: ArgsDef;
  /** Does it; gives the exit code. */
  carryOut(flags: Flags, streams: Streams): Promise<number>;
}

/** The argument that names a graph. */
export const target = {
  type: "positional",
  description: "A module that exports a graph, a team or a specialist (FILE#name for one of several), or a graph in YAML or JSON",
} as const satisfies ArgDef;
