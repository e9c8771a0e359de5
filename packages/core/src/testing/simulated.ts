import { optionInvalid } from "../error/option-invalid.js";
import type { AttemptAt, Host } from "../host/host.js";
import { known } from "../host/options.js";
import type { Soon } from "../schema/after.js";
import { isRecord, say } from "../schema/say.js";
import { virtualClock } from "./virtual-clock.js";

export interface SimulatedOptions {
  /** Decides how long what `takes` says nothing of takes, what of two things at one time comes first, and `ctx.random()`. Default: 1. */
  readonly seed?: number;
  /** Ms of virtual time that an attempt takes before its work is done. Default: up to a second, by the seed. */
  readonly takes?: (at: string, name: string) => number;
  /** What specialists answer in place of their own work, by their names. */
  readonly answers?: Readonly<Record<string, (input: any, at: string) => object | Promise<object>>>;
  /** The virtual time at which the clock begins, in ms since 1970. Default: 0. */
  readonly begins?: number;
}

export const ofSimulated = Object.keys({
  seed: true,
  takes: true,
  answers: true,
  begins: true,
} satisfies Record<keyof SimulatedOptions, true>);

/** Ms that an attempt takes at the most where nothing is said. */
const longest = 1000;

/**
 * A host with a clock of its own, under which an hour passes in no time: each attempt takes as long as is said, and then does its work, or
 * has `answers` stand in for it. Chance is the seed's, so that the same seed makes the same run. The clock waits for models, which answer
 * in no time of it, and for nothing else that is real. A host is for one run at a time.
 * @throws TroupeError `OPTION_INVALID`
 * @example
 * const app = compile(graph, { host: simulated({ takes: () => 3_600_000 }), models: { default: scriptedModel(["Hello"]) } });
 */
export function simulated(options: SimulatedOptions = {}): Host {
  known("simulated", options as unknown, ofSimulated);
  const { seed = 1, takes, answers = {}, begins = 0 } = options;
  if (!Number.isSafeInteger(seed)) throw optionInvalid("simulated", "seed", `is ${say(seed)}`, "Write a whole number: seed: 7.");
  if (!Number.isFinite(begins))
    throw optionInvalid("simulated", "begins", `is ${say(begins)}`, 'Give ms since 1970: begins: Date.parse("2027-01-01").');
  if (takes !== undefined && typeof takes !== "function")
    throw optionInvalid("simulated", "takes", `is ${say(takes)}`, "Write takes: (at, name) => milliseconds.");
  checkAnswers(answers);
  const clock = virtualClock(seed, begins);
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(clock.chance() * 16).toString(16)).join("");

  const timeOf = ({ at, name }: AttemptAt): number => {
    const ms: unknown = takes ? takes(at, name) : Math.floor(clock.chance() * longest);
    if (Number.isFinite(ms) && (ms as number) >= 0) return ms as number;
    throw optionInvalid("simulated", "takes", `gives ${say(ms)} for ${at}`, "Give milliseconds, 0 or more.");
  };
  return {
    now: clock.now,
    elapsed: clock.now,
    random: clock.chance,
    uuid: () => [8, 4, 4, 4, 12].map(digits).join("-"),
    after: clock.after,
    ask: (_, work) => clock.during(work),
    async perform(attempt: AttemptAt, work: () => Soon<unknown>): Promise<unknown> {
      const { specialist, input, at, signal } = attempt;
      const ms = timeOf(attempt);
      signal.throwIfAborted();
      await new Promise<void>((done, stopped) => {
        const callOff = clock.after(ms, done);
        signal.addEventListener("abort", () => {
          callOff();
          stopped(signal.reason);
        });
      });
      const own = Object.hasOwn(answers, specialist.name) ? answers[specialist.name] : undefined;
      return own ? own(input, at) : work();
    },
  };
}

function checkAnswers(answers: unknown): void {
  const hint = "Write answers: { name: (input) => output }.";
  if (!isRecord(answers)) throw optionInvalid("simulated", "answers", `is ${say(answers)}`, hint);
  for (const [name, one] of Object.entries(answers))
    if (typeof one !== "function") throw optionInvalid("simulated", `answers.${name}`, `is ${say(one)}`, hint);
}
