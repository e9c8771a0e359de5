import { errorTold } from "./error-told.js";
import type { Colors } from "./show/colors.js";
import { printable } from "./show/printable.js";

/** An error for people: `CODE: what happened`, its issues, what to do; its stack and cause only for `debug`. */
export function printError(error: unknown, colors: Colors, debug: boolean): string {
  const { code, message } = errorTold(error);
  const lines = message.split("\n").map((line, i) => (i === 0 ? `${colors.red(code)}: ${printable(line)}` : printable(line)));
  if (code === "UNEXPECTED" && !debug) lines.push("This is a fault of Troupe or of the graph's file: --debug prints where.");
  if (debug) {
    for (let at: unknown = error, i = 0; at !== undefined && at !== null && i < 8; at = (at as { cause?: unknown }).cause, i++) {
      lines.push(...stackOf(at, i > 0).map((line) => colors.dim(line)));
    }
  }
  return lines.join("\n");
}

function stackOf(error: unknown, cause: boolean): string[] {
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split("\n");
  return lines.map((line, i) => `${i === 0 && cause ? "caused by " : ""}${/^ +/.exec(line)?.[0] ?? ""}${printable(line).trimStart()}`);
}
