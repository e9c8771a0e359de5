import type { Command, Message } from "../engine/message.js";
import type { RunRecord } from "../engine/record.js";
import type { Program, RunState } from "../engine/state.js";
import type { Step } from "../engine/step.js";
import { turn } from "../engine/transition.js";
import type { Soon } from "../schema/after.js";
import { copyOf } from "../schema/copy-of.js";
import type { Json } from "../schema/json.js";

/** What hangs on it comes next. Node gives a microtask of `queueMicrotask` a resource of its own, which costs as much as a record. */
const soon = Promise.resolve();

export type Post = (message: Message) => void;

/** What does as the machine says. */
export interface Hands {
  /** Keeps records, in order, all of them or none. What it keeps at once, it gives no promise for. */
  append(records: readonly RunRecord[]): Soon<void>;
  /** Does what the machine commands, once its records are kept; stops what is to be stopped before, so that they tell what it took. */
  obey(command: Exclude<Command, { kind: "end" }>): void;
  /** The run is over: nothing more is kept, and all that works for it is stopped. `error` is set where it failed. */
  over(failed: { readonly error: unknown } | undefined): void;
}

type Outcome = { readonly output: Json } | { readonly error: unknown };

/** Who waits for what a run comes to. */
interface Waiter {
  readonly resolve: (output: Json) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Carries one run to its end: gives the machine what comes in, keeps its records and does what it commands. What came in meanwhile is one
 * turn and one batch, which is kept before any effect of it shows. The run's first failure is what it comes to.
 */
export class Drive {
  #outcome: Outcome | undefined;
  #waiter: Waiter | undefined;
  /** What came in since the last turn. */
  #inbox: Message[] | undefined;
  #waiting = false;

  constructor(
    readonly program: Program,
    readonly state: RunState,
    readonly hands: Hands,
  ) {}

  /** Takes the run's first message, and goes on until it has to wait; gives what the run comes to, which is the caller's to change. Rejects or throws its first failure. */
  begin(first: Message): Soon<Json> {
    this.#inbox = [first];
    this.#waiting = true;
    this.#turns();
    const outcome = this.#outcome;
    if (!outcome)
      return new Promise((resolve, reject) => {
        this.#waiter = { resolve, reject };
      });
    if ("error" in outcome) throw outcome.error;
    return outcome.output;
  }

  readonly post: Post = (message) => {
    if (this.#outcome) return;
    if (this.#inbox) this.#inbox.push(message);
    else this.#inbox = [message];
    if (this.#waiting) return;
    this.#waiting = true;
    soon.then(this.#turns);
  };

  /** What is answered at once is the next turn at once: it waits for no promise of ours. */
  readonly #turns = (): void => {
    try {
      while (this.#inbox && !this.#outcome) {
        const { records, commands } = this.#turn(this.#inbox);
        const kept = records.length ? this.hands.append(records) : undefined;
        if (kept) return this.#goOn(kept, commands);
        this.#obey(commands);
      }
    } catch (thrown) {
      this.#end({ error: thrown });
    }
    this.#waiting = false;
  };

  #goOn(kept: Promise<void>, commands: readonly Command[]): void {
    const obeyed = kept.then(() => {
      this.#obey(commands);
      this.#turns();
    });
    obeyed.catch((error) => this.#end({ error }));
  }

  #turn(messages: readonly Message[]): Omit<Step, "state"> {
    this.#inbox = undefined;
    const step = turn(this.program, this.state, messages);
    for (const command of step.commands) if (command.kind === "stop") this.hands.obey(command);
    return step;
  }

  #obey(commands: readonly Command[]): void {
    for (const command of commands) {
      if (this.#outcome) return;
      // What was started and is stopped in one turn never begins.
      if (command.kind === "start" && !this.state.occurrences.get(command.at)?.live) continue;
      if (command.kind === "stop") continue; // obeyed before
      if (command.kind === "end") this.#end("error" in command ? command : { output: copyOf(command.output) });
      else this.hands.obey(command);
    }
  }

  #end(outcome: Outcome): void {
    if (this.#outcome) return;
    this.#outcome = outcome;
    this.hands.over("error" in outcome ? outcome : undefined);
    if ("error" in outcome) this.#waiter?.reject(outcome.error);
    else this.#waiter?.resolve(outcome.output);
  }
}
