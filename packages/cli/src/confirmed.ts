import { isTerminal } from "./show/colors.js";

/** Whether a person on a terminal says yes. Where there is none, or Ctrl-C is the answer, it is no. */
export async function confirmed(question: string, err: NodeJS.WriteStream): Promise<boolean> {
  if (!isTerminal(err) || !process.stdin.isTTY) return false;
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: err });
  const left = new AbortController();
  lines.once("SIGINT", () => left.abort());
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal: left.signal })).trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
