import { TroupeError } from "@troupe/core";
import { printError } from "./print-error.js";
import { colorsFor } from "./show/colors.js";

/**
 * Whoever reads the output may stop reading (`| head`): the work goes on, and nothing is said to nobody. What cannot be written for
 * another reason, as to a full disk, is said once, and the process ends with 1 where it would have ended well.
 */
export function tolerateClosedPipes(): void {
  let said = false;
  process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
    const { code, message } = cause;
    if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || said) return;
    said = true;
    process.exitCode ||= 1;
    const hint = "Make room, or give the output another place.";
    const lost = new TroupeError("OUTPUT_UNWRITABLE", `The output could not be written: ${message}`, { hint, cause });
    process.stderr.write(`${printError(lost, colorsFor(process.stderr), false)}\n`);
  });
  // There is nowhere left to say it.
  process.stderr.on("error", () => undefined);
}
