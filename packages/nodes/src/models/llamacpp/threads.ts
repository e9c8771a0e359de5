import { availableParallelism, cpus } from "node:os";

/** What the processors and this process have done so far, in milliseconds of one core. */
export interface Work {
  readonly at: number;
  readonly all: number;
  readonly own: number;
}

/** Of a core, work of others that is not worth a thread: the clock ticks of the system, and what every machine does beside. */
const unheeded = 0.3;

/**
 * Threads to compute with, by what the machine did between two looks: a core for each that nothing else worked on, and one at the least.
 * llama.cpp's threads spin while they wait for one another, so that one on a core which something else needs stalls all of them: on two
 * busy cores, two threads wrote 1.3 tokens a second where one wrote 69; on two free ones, one writes 76 where two write 132.
 *
 * @example
 * threadsFor(2, { at: 0, all: 0, own: 0 }, { at: 250, all: 260, own: 10 }); // 1: others took a whole core
 */
export function threadsFor(cores: number, before: Work, now: Work): number {
  const others = (now.all - before.all - (now.own - before.own)) / (now.at - before.at);
  return Math.max(1, cores - Math.max(0, Math.ceil(others - unheeded)));
}

/** What was done until now; undefined where the processors that can be seen are not those that this process may use, as in some containers. */
export function workSoFar(): Work | undefined {
  const seen = cpus();
  if (seen.length !== availableParallelism()) return undefined;
  const all = seen.reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), all, own: (user + system) / 1000 };
}
