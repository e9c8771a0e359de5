import { exitCode } from "./exit-code.js";

/** A signal that Ctrl-C and SIGTERM abort. */
export interface Interruptible {
  readonly signal: AbortSignal;
  /** What to end with, once it was interrupted. */
  readonly exitCode: number | undefined;
  /** Listens no more. */
  done(): void;
}

/** Listens for the first SIGINT or SIGTERM; the second finds no listener and ends the process there and then, however busy it is. */
export function interruptible(): Interruptible {
  const controller = new AbortController();
  const codes = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated } as const;
  const names = Object.keys(codes) as (keyof typeof codes)[];
  let code: number | undefined;
  const stop = (name: NodeJS.Signals) => {
    code ??= codes[name as keyof typeof codes];
    // Not yet: libraries that clean up on signals kill the process where theirs is the only listener left.
    process.nextTick(() => {
      for (const one of names) process.removeAllListeners(one);
      controller.abort(new DOMException(`Stopped by ${name}`, "AbortError"));
    });
  };
  for (const name of names) process.on(name, stop);
  return {
    signal: controller.signal,
    get exitCode() {
      return code;
    },
    done: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}
