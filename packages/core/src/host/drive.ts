import type { Command, Message } from "../engine/message.js";
import type { RunRecord } from "../engine/record.js";
import type { Program, RunState } from "../engine/state.js";
import { type Step, transition } from "../engine/transition.js";
import type { Soon } from "../schema/after.js";
import type { Json } from "../schema/json.js";
import { type Deferred, deferred } from "./deferred.js";

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

/** A run being carried out. */
export interface Drive {
  readonly post: Post;
  /** Takes the run's first message, and goes on until it has to wait; gives what the run comes to. Rejects or throws its first failure. */
  begin(first: Message): Soon<Json>;
}

/**
 * Carries one run to its end: gives the machine what comes in, keeps its records and does what it commands. What came in meanwhile is one
 * turn and one batch, which is kept before any effect of it shows. Rejects with the run's first failure.
 */
export function drive(program: Program, state: RunState, handsOf: (post: Post) => Hands): Drive {
  /** What the run came to, and who waits for that. */
  let outcome: { readonly output: Json } | { readonly error: unknown } | undefined;
  let waiter: Deferred<Json> | undefined;
  let inbox: Message[] = [];
  let waiting = false;

  const post: Post = (message) => {
    if (outcome) return;
    inbox.push(message);
    if (waiting) return;
    waiting = true;
    soon.then(turns);
  };
  /** What is answered at once is the next turn at once: it waits for no promise of ours. */
  const turns = () => {
    try {
      while (inbox.length && !outcome) {
        const { records, commands } = turn();
        const kept = records.length ? hands.append(records) : undefined;
        if (!kept) obey(commands);
        else return goOn(kept, commands);
      }
    } catch (thrown) {
      fail(thrown);
    }
    waiting = false;
  };
  const goOn = (kept: Promise<void>, commands: readonly Command[]): void => {
    const obeyed = kept.then(() => {
      obey(commands);
      turns();
    });
    obeyed.catch(fail);
  };
  const turn = (): Omit<Step, "state"> => {
    const steps = inbox.map((message) => transition(program, state, message));
    inbox = [];
    for (const { commands } of steps) for (const command of commands) if (command.kind === "stop") hands.obey(command);
    const [only, another] = steps;
    if (only && !another) return only;
    return { records: steps.flatMap(({ records }) => records), commands: steps.flatMap(({ commands }) => commands) };
  };
  const obey = (commands: readonly Command[]) => {
    for (const command of commands) {
      if (outcome) return;
      // What was started and is stopped in one turn never begins.
      if (command.kind === "start" && !state.occurrences.get(command.at)?.live) continue;
      if (command.kind === "stop") continue; // obeyed before
      if (command.kind !== "end") hands.obey(command);
      else if ("error" in command) fail(command.error);
      else end({ output: command.output });
    }
  };
  const fail = (error: unknown) => end({ error });
  const end = (came: typeof outcome & {}) => {
    if (outcome) return;
    outcome = came;
    hands.over("error" in outcome ? outcome : undefined);
    if (!waiter) return;
    if ("error" in outcome) waiter.reject(outcome.error);
    else waiter.resolve(outcome.output);
  };
  const hands = handsOf(post);
  const begin = (first: Message): Soon<Json> => {
    inbox.push(first);
    waiting = true;
    turns();
    if (!outcome) return (waiter = deferred<Json>()).promise;
    if ("error" in outcome) throw outcome.error;
    return outcome.output;
  };
  return { post, begin };
}
