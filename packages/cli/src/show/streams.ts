import { StringDecoder } from "node:string_decoder";
import { printable } from "./printable.js";

/** The process's streams, and what anyone else writes to them apart. */
export interface Streams {
  /** For results alone. */
  readonly out: NodeJS.WriteStream;
  /** Whether a result, or a part of one, was written. */
  wrote(): boolean;
  /** For all that is meant for people. */
  readonly err: NodeJS.WriteStream;
  /** Who hears what a graph's code prints, line by line and printable. Without one it goes to `err`. */
  hear(say: ((line: string) => void) | undefined): void;
  /** Gives the process its streams back. */
  giveBack(): void;
}

/** Takes the process's streams for whoever calls: what a graph's code writes to either then breaks neither a result nor the tree. */
export function takeStreams(): Streams {
  let wrote = false;
  const out = own(process.stdout, () => (wrote = true));
  const err = own(process.stderr);
  const toErr = (line: string): void => {
    err.write(`${line}\n`);
  };
  let say = toErr;
  const given = [process.stdout, process.stderr].map((stream) => divert(stream, (line) => say(line)));
  return {
    out,
    wrote: () => wrote,
    err,
    hear: (listener) => {
      say = listener ?? toErr;
    },
    giveBack: () => {
      for (const giveBack of given) giveBack();
    },
  };
}

/** The same stream, whose `write` stays what it is now, and tells that it is called. */
function own(stream: NodeJS.WriteStream, called?: () => void): NodeJS.WriteStream {
  const plain = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  const write = (...given: unknown[]): boolean => {
    called?.();
    return plain(...given);
  };
  return Object.create(stream, { write: { value: write } });
}

/** Sends what is written to a stream somewhere else, in whole lines. Undone by what it gives. */
function divert(stream: NodeJS.WriteStream, say: (line: string) => void): () => void {
  const before = Object.getOwnPropertyDescriptor(stream, "write");
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const clean = (line: string) => printable(line.replaceAll("\t", "  "));
  const write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    const encoding = typeof more[0] === "string" ? (more[0] as BufferEncoding) : "utf8";
    const lines = (rest + decoder.write(typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(chunk))).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) say(clean(line));
    const done = more.find((one) => typeof one === "function") as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  };
  Object.defineProperty(stream, "write", { value: write, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(stream, "write", before);
    else delete (stream as { write?: unknown }).write;
    rest += decoder.end();
    if (rest) say(clean(rest));
  };
}
