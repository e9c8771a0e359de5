import { nextTurn } from "#platform/next-turn";
import type { Host } from "../host.js";

/** How long answers wait for one that was first the last time and is not asked for, in ms. */
const patience = 1000;

/**
 * The order in which one occurrence hears its answers: what the journal holds as it stands there, then what comes as it comes. Each is
 * heard once all that the one before it set going has been done, so that a race ends as it ended.
 */
export interface Turns {
  /** Something is asked for, and will be heard in its turn. */
  enter(): void;
  /** The next place of all, for an answer that came just now. */
  ticket(): number;
  /** Resolves when it is the turn of a place; false where the order was given up before. */
  wait(ticket: number): Promise<boolean>;
  /** A place that waits for nothing, since its answer was given at once. */
  pass(ticket: number): void;
  /** How many places were heard. */
  heard(): number;
  /** Gives the recorded order up. */
  abandon(): void;
  end(): void;
}

/** `stalled` hears that an answer waits for others that nobody asks for. */
export function turns(recorded: number, host: Pick<Host, "after">, stalled: () => void): Turns {
  let next = 0;
  let issued = recorded;
  let open = 0;
  let resting = false;
  let ended = false;
  let callOff: (() => void) | undefined;
  const waiting = new Map<number, (heard: boolean) => void>();
  const passed = new Set<number>();

  const pump = (): void => {
    callOff?.();
    if (resting || ended) return;
    while (passed.delete(next)) next++;
    const hear = waiting.get(next);
    if (hear) {
      waiting.delete(next);
      const replayed = next < recorded;
      next++;
      open--;
      hear(true);
      if (replayed || open > 0) {
        resting = true;
        nextTurn(() => {
          resting = false;
          pump();
        });
      }
    } else if (waiting.size > 0 && next < recorded) callOff = host.after(patience, stalled);
  };

  return {
    enter() {
      open++;
      if (waiting.size > 0) pump();
    },
    ticket: () => issued++,
    wait: (ticket) =>
      new Promise((resolve) => {
        if (ticket < next) return resolve(false); // given up meanwhile
        waiting.set(ticket, resolve);
        pump();
      }),
    pass(ticket) {
      if (ticket < next) return;
      passed.add(ticket);
      pump();
    },
    heard: () => next,
    abandon() {
      for (const [ticket, hear] of [...waiting]) {
        if (ticket >= recorded) continue;
        waiting.delete(ticket);
        hear(false);
      }
      next = Math.max(next, recorded);
      pump();
    },
    end() {
      ended = true;
      callOff?.();
    },
  };
}
