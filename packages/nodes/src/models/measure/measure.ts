import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { callFailed, stoppable } from "@troupe/core";
import { checkOptions } from "../../check-options.js";
import { signalOption, stepOption } from "../../options.js";
import { cacheFolder } from "../cache-folder.js";
import { locked } from "../locked.js";
import { unmeasured } from "../model.js";
import { labelChoices } from "./label-choices.js";
import { type Measurement, version } from "./measurement.js";
import { writeMeasurement } from "./measurement-file.js";
import { sight } from "./sight.js";
import { speedOf } from "./speed.js";
import { structuredAnswers } from "./structured-answers.js";
import { toolCalls } from "./tool-calls.js";
import { trueContext } from "./true-context.js";

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  /** Hears what is tried next. */
  onStep?(line: string): void;
}

/** What was measured, and the file where it is kept. */
export interface Measured {
  readonly measurement: Measurement;
  readonly file: string;
}

/**
 * Tries a chat model that is here and keeps what was found in the user's cache, where its card is corrected by it from then on: speed, true
 * context, answers held to a schema, calls of tools, choices among labels, and sight where it claims to see. One model is measured at a time
 * on a machine, since speeds would tell of each other. What was aborted or failed leaves what was measured before.
 *
 * Throws what `model` and its `load` throw, MODEL_FAILED and other errors of its server, CACHE_SHARED, CACHE_UNWRITABLE, OPTION_INVALID, and ABORTED or TIMEOUT once the
 * signal is aborted.
 * @example
 * const { measurement } = await measure("ollama:phi3:mini");
 */
export async function measure(id: string, options: MeasureOptions = {}): Promise<Measured> {
  checkOptions("measure", options, { signal: signalOption, onStep: stepOption });
  const { signal = new AbortController().signal, onStep = () => {} } = options;
  const model = unmeasured(id);
  const work = () =>
    locked(join(cacheFolder("measured"), "measuring"), signal, async () => {
      const step = async <T>(line: string, work: (one: typeof model, signal: AbortSignal) => Promise<T>): Promise<T> => {
        signal.throwIfAborted();
        onStep(line);
        return work(model, signal).catch((error) => {
          throw signal.aborted ? error : callFailed(model, error);
        });
      };
      await step("loading", async () => void (await model.load()));
      const found = {
        speed: await step("speed", speedOf),
        schema: await step("answers held to a schema", structuredAnswers),
        tools: await step("calls of tools", toolCalls),
        choices: await step("choices among labels", labelChoices),
        sight: await step("sight", sight),
        context: await step("context", trueContext),
      };
      signal.throwIfAborted();
      const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
      const measurement: Measurement = { measurement: version, model: id, at: new Date().toISOString(), machine: machine(), ...known };
      return { measurement, file: await writeMeasurement(measurement) };
    });
  return stoppable("measure", signal, work);
}

const machine = (): Measurement["machine"] => ({
  system: `${process.platform} ${process.arch}`,
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memory: totalmem(),
});
