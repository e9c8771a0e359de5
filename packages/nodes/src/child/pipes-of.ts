import type { ChildProcess } from "node:child_process";
import { type Duplex, PassThrough, type Readable, type Writable } from "node:stream";

/** A child's pipes; `life` is the fourth, where it has one. */
export interface Pipes {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly life: Duplex;
}

/** Where no more files can be opened a child has no pipes at all, which its `error` event says; these lead nowhere then. */
export function pipesOf({ stdio }: Pick<ChildProcess, "stdio">): Pipes {
  const pipes = (stdio ?? []) as unknown as Partial<[Writable, Readable, Readable, Duplex]>;
  const [stdin = new PassThrough(), stdout = new PassThrough(), stderr = new PassThrough(), life = new PassThrough()] = pipes;
  return { stdin, stdout, stderr, life };
}
