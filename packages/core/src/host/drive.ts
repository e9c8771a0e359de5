import type { Command, Message } from "../engine/message.js";
import type { RunRecord } from "../engine/record.js";
import type { Program, RunState } from "../engine/state.js";
import { transition } from "../engine/transition.js";
import type { Soon } from "../graph/after.js";
import type { Json } from "../graph/json.js";
import { deferred } from "./deferred.js";

export type Post = (message: Message) => void;

/** What a run is driven by. */
export interface Host {
  /** Keeps records, in order, all of them or none. What it keeps at once, it gives no promise for. */
  append(records: RunRecord[]): Soon<void>;
  /** Does what the machine commands, once its records are kept. */
  obey(command: Exclude<Command, { kind: "end" }>): void;
  /** The run is over: nothing more is kept, and all that works for it is stopped. `error` is set where it failed. */
  over(failed: { readonly error: unknown } | undefined): void;
}

/** A run being carried out. */
export interface Drive {
  readonly post: Post;
  readonly outcome: Promise<Json>;
}

/**
 * Carries one run to its end: gives the machine what comes in, keeps its records and does what it commands. What came in meanwhile is one
 * turn and one batch, which is kept before any effect of it shows. Rejects with the run's first failure.
 */
export function drive(program: Program, state: RunState, host: (post: Post) => Host): Drive {
  const outcome = deferred<Json>();
  let inbox: Message[] = [];
  let waiting = false;
  let over = false;

  const post: Post = (message) => {
    if (over) return;
    inbox.push(message);
    if (!waiting) next();
  };
  const next = () => {
    waiting = true;
    queueMicrotask(turn);
  };
  const turn = () => {
    const records: RunRecord[] = [];
    const commands: Command[] = [];
    const messages = inbox;
    inbox = [];
    try {
      for (const message of messages) {
        const step = transition(program, state, message);
        for (const record of step.records) records.push(record);
        for (const command of step.commands) commands.push(command);
      }
      const kept = records.length ? driven.append(records) : undefined;
      if (kept) kept.then(() => obey(commands)).catch(fail);
      else obey(commands);
    } catch (thrown) {
      fail(thrown);
    }
  };
  const obey = (commands: readonly Command[]) => {
    for (const command of commands) {
      if (over) return;
      // What was started and is stopped in one turn never begins.
      if (command.kind === "start" && !state.occurrences.get(command.at)?.live) continue;
      if (command.kind !== "end") driven.obey(command);
      else if ("error" in command) fail(command.error);
      else end(undefined, () => outcome.resolve(command.output!));
    }
    waiting = false;
    if (inbox.length) next();
  };
  const fail = (error: unknown) => end({ error }, () => outcome.reject(error));
  const end = (failed: { error: unknown } | undefined, tell: () => void) => {
    if (over) return;
    over = true;
    driven.over(failed);
    tell();
  };
  const driven = host(post);
  return { post, outcome: outcome.promise };
}
