import type { ArgDef, ArgsDef, PositionalArgDef } from "citty";
import type { Flags } from "../parse-flags.js";
import type { Streams } from "../show/streams.js";

/** A command: what citty writes its help from, and what it does. `Name` is of the arguments that it cannot do without. */
export interface Command<Name extends string = never> {
  readonly meta: { readonly name: string; readonly description: string };
  readonly args: ArgsDef & Readonly<Record<Name, PositionalArgDef & { readonly required?: true }>>;
  /** Does it; gives the exit code. */
  carryOut(flags: Flags<Name>, streams: Streams): Promise<number>;
}

/** The argument that names a graph. */
export const target = {
  type: "positional",
  description: "A module that exports a graph, a team or a specialist (FILE#name for one of several), or a graph in YAML or JSON",
} as const satisfies ArgDef;
