import { availableParallelism } from "node:os";
import type { Llama } from "node-llama-cpp";
import { threadsFor, type Work, workSoFar } from "./threads.js";

/** Has the runtime compute with as many threads as the machine has to spare at the time. */
export interface Pace {
  /** Does work that computes, while the machine is looked at. */
  keep<T>(work: () => Promise<T>): Promise<T>;
  /** Makes a context: it may never use more threads than there were when it was made, so that it is made while there are all. */
  open<T>(make: () => Promise<T>): Promise<T>;
}

/** Milliseconds between two looks: the system counts in ticks of ten. */
const apart = 250;

const paces = new WeakMap<Llama, Pace>();

/** The pace of a runtime, the same for all its models. */
export function paceOf(llama: Llama): Pace {
  const known = paces.get(llama);
  if (known) return known;
  const cores = availableParallelism();
  // Careful until the machine was looked at twice, and where it cannot be.
  let threads = Math.max(1, cores - 1);
  let before: Work | undefined = workSoFar();
  let [working, opening] = [0, 0];
  let timer: NodeJS.Timeout | undefined;

  const set = () => {
    llama.maxThreads = opening > 0 ? cores : threads;
  };
  const look = () => {
    const now = workSoFar();
    if (!before || !now || now.at - before.at < apart) return;
    threads = threadsFor(cores, before, now);
    before = now;
    set();
  };
  const pace: Pace = {
    async keep(work) {
      look();
      if (working++ === 0) timer = setInterval(look, apart).unref();
      try {
        return await work();
      } finally {
        if (--working === 0) clearInterval(timer);
      }
    },
    async open(make) {
      opening++;
      set();
      try {
        return await make();
      } finally {
        opening--;
        set();
      }
    },
  };
  paces.set(llama, pace);
  return pace;
}
