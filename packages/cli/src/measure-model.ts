import { TroupeError } from "@troupe/core";
import { measuredLines } from "./doctor/measured-lines.js";
import { exitCode } from "./exit-code.js";
import { interruptible } from "./interruptible.js";
import type { Flags } from "./parse-flags.js";
import { colorsFor } from "./show/colors.js";
import { jsonText } from "./show/json-text.js";
import { printable } from "./show/printable.js";
import type { Streams } from "./show/streams.js";

/** Tries a model before the eyes of whoever asked, and says what was found and where it is kept. Ctrl-C leaves what was kept before. */
export async function measureModel(name: string, flags: Flags, { out, err }: Streams): Promise<number> {
  if (!name) throw new TroupeError("FLAG_VALUE", "--measure names no model", { hint: "Write --measure ollama:phi3:mini, say." });
  const { checkName, measure } = await import("@troupe/nodes");
  checkName(name, "chat");
  const stop = interruptible();
  const colors = colorsFor(err);
  try {
    const { measurement, file } = await measure(name, {
      signal: stop.signal,
      onStep: (line) => void err.write(`${colors.dim(`${printable(name)}: ${line}`)}\n`),
    });
    const lines = measuredLines(measurement);
    const width = Math.max(...lines.map(([what]) => what.length));
    const told = [
      ...lines.map(([what, found]) => `${what.padEnd(width)}  ${found}`),
      `Kept in ${file}: the model's card is corrected by it.`,
    ];
    out.write(flags.has("json") ? `${jsonText({ ...measurement, file }, 2)}\n` : `${told.map(printable).join("\n")}\n`);
    return stop.exitCode ?? exitCode.ok;
  } catch (error) {
    if (stop.exitCode === undefined) throw error;
    err.write("Stopped. What was measured before, if anything, is kept.\n");
    return stop.exitCode;
  } finally {
    await stop.done();
  }
}
