import { Worker } from "node:worker_threads";
import { exitCode } from "./exit-code.js";

/** A signal that Ctrl-C and SIGTERM abort. */
export interface Interruptible {
  readonly signal: AbortSignal;
  /** From when on Ctrl-C is heard beside a main thread that is busy. */
  readonly ready: Promise<unknown>;
  /** What stopped it. */
  readonly stoppedBy: "SIGINT" | "SIGTERM" | undefined;
  /** What to end with, once it was interrupted. */
  readonly exitCode: number | undefined;
  /** Listens no more, and gives signals back to whoever listened before. */
  done(): Promise<void>;
}

const codes = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated } as const;
type Name = keyof typeof codes;

/**
 * Waits for Ctrl-C beside the main thread, which hears no signal while it is busy. V8 interrupts the script, Node puts the signal's own
 * effect back in place, so that the next Ctrl-C ends the process there and then, and the first is known however busy the run was.
 */
const watch = `
const { parentPort, workerData } = require("node:worker_threads");
globalThis.heard = new Int32Array(workerData);
parentPort.postMessage("ready");
try {
  require("node:vm").runInThisContext("Atomics.wait(heard, 1, 0)", { breakOnSigint: true });
} catch {
  Atomics.store(heard, 0, 1);
  parentPort.postMessage("SIGINT");
}`;

/** Listens for the first SIGINT or SIGTERM; the second Ctrl-C ends the process, however busy it is. */
export function interruptible(): Interruptible {
  const controller = new AbortController();
  const shared = new SharedArrayBuffer(8);
  const heard = new Int32Array(shared);
  let by: Name | undefined;
  let over = false;
  const end = () => {
    over = true;
    return watcher.terminate();
  };
  const stop = (name: Name) => {
    by ??= name;
    // Not yet: libraries that clean up on signals kill the process where theirs is the only listener left.
    process.nextTick(() => {
      for (const one of Object.keys(codes)) process.removeAllListeners(one);
      void end();
      controller.abort(new DOMException(`Stopped by ${name}`, "AbortError"));
    });
  };
  // Before the watcher: what libraries add later then changes nothing about who hears a signal first.
  for (const name of Object.keys(codes) as Name[]) process.on(name, stop);
  const watcher = new Worker(watch, { eval: true, workerData: shared, env: {}, stdout: true, stderr: true });
  watcher.on("error", () => {});
  const ready = new Promise((resolve) => {
    watcher.once("exit", resolve);
    watcher.once("message", resolve);
  });
  watcher.once("message", () => {
    watcher.on("message", stop);
    // Neither before nor once it is to end: whoever waits for either has nothing else to keep the process.
    if (!over) watcher.unref();
  });
  const stoppedBy = () => by ?? (Atomics.load(heard, 0) ? "SIGINT" : undefined);
  return {
    signal: controller.signal,
    ready,
    get stoppedBy() {
      return stoppedBy();
    },
    get exitCode() {
      const name = stoppedBy();
      return name && codes[name];
    },
    done: async () => {
      for (const name of Object.keys(codes)) process.off(name, stop);
      await end();
      // The watcher's end took the signal from whoever listened before; to listen anew gives it back.
      const listeners = process.rawListeners("SIGINT") as (() => void)[];
      process.removeAllListeners("SIGINT");
      for (const listener of listeners) process.on("SIGINT", listener);
    },
  };
}
