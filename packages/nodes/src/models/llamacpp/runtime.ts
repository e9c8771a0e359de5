import { availableParallelism } from "node:os";
import { TroupeError } from "@troupe/core";
import type { Llama } from "node-llama-cpp";

let starting: Promise<Llama> | undefined;

/**
 * The native runtime, started when first asked for. One a process: it is native code with a thread count of its own, and two of
 * them fight over the cores.
 */
export function llamaRuntime(): Promise<Llama> {
  starting ??= start().catch((error) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

async function start(): Promise<Llama> {
  try {
    const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
    return await getLlama({
      gpu: "auto",
      build: "never",
      progressLogs: false,
      // Its default of four ruins a machine with two cores.
      maxThreads: availableParallelism(),
      logLevel: LlamaLogLevel.error,
      logger: () => undefined,
    });
  } catch (cause) {
    throw new TroupeError("RUNTIME_MISSING", "The llama.cpp runtime does not start on this machine", {
      hint: "Install again without --omit=optional, so that node-llama-cpp brings its binary (it does not run under node --eval); or use another provider",
      cause,
    });
  }
}
