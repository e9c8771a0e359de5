import { Console } from "node:console";
import { Writable } from "node:stream";

/** Sends what a graph's code writes to the console to `say`, line by line, so that it breaks neither the tree nor the JSON. Gives it back when called. */
export function captureConsole(say: (line: string) => void): () => void {
  let rest = "";
  const sink = new Writable({
    decodeStrings: false,
    write(text, _, done) {
      const lines = (rest + String(text)).split("\n");
      rest = lines.pop()!;
      for (const line of lines) say(line);
      done();
    },
  });
  const before = globalThis.console;
  globalThis.console = new Console({ stdout: sink, stderr: sink });
  return () => {
    globalThis.console = before;
    if (rest) say(rest);
  };
}
