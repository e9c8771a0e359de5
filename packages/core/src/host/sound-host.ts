import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import { say } from "../schema/say.js";
import type { Host } from "./host.js";
import { inProcess } from "./in-process.js";

type Part = "now" | "elapsed" | "random" | "uuid" | "after";

/** What each of a host's parts gives. */
const promises: Readonly<Record<Part, string>> = {
  now: "ms since 1970",
  elapsed: "ms",
  random: "a number from 0 on, less than 1",
  uuid: "a text",
  after: "a function",
};

/**
 * Holds a host, which may be of anybody's making, to what the interface promises, so that what it throws or gives amiss is an error that
 * says so. A clock that is set back though nobody should stands still instead, and what calls a timer off throws nothing.
 *
 * What it gives throws `HOST_BROKEN`, with what the host threw as cause.
 */
export function soundHost(host: Host, graph: string): Host {
  if (host === inProcess()) return host;
  const part = <T>(name: Part, ask: () => T, holds: (gave: T) => boolean): T => {
    let gave: T;
    try {
      gave = ask();
    } catch (cause) {
      throw broken(graph, `The host's ${name} failed: ${messageOf(cause)}`, cause);
    }
    if (holds(gave)) return gave;
    throw broken(graph, `The host's ${name} gave ${say(gave)}, not ${promises[name]}`);
  };
  const { computes, perform, ask } = host;
  let last = Number.NEGATIVE_INFINITY;
  return {
    now: () => part("now", () => host.now(), Number.isFinite),
    elapsed() {
      last = Math.max(
        last,
        part("elapsed", () => host.elapsed(), Number.isFinite),
      );
      return last;
    },
    random: () =>
      part(
        "random",
        () => host.random(),
        (gave) => gave >= 0 && gave < 1,
      ),
    uuid: () =>
      part(
        "uuid",
        () => host.uuid(),
        (gave) => typeof gave === "string" && gave !== "",
      ),
    after(ms, work) {
      const callOff = part(
        "after",
        () => host.after(ms, work),
        (gave) => typeof gave === "function",
      );
      return () => {
        try {
          callOff();
        } catch {
          // what it was to do counts no more, whenever it comes
        }
      };
    },
    ...(computes === undefined ? {} : { computes }),
    ...(perform ? { perform: (attempt, work) => host.perform!(attempt, work) } : {}),
    ...(ask ? { ask: async (question, work) => answered(graph, await host.ask!(question, work)) } : {}),
  };
}

/** What a question came to: what its work gives is always an object. */
function answered<T>(graph: string, gave: T): T {
  if (typeof gave === "object" && gave !== null) return gave;
  throw broken(graph, `The host's ask gave ${say(gave)}, not what its work gives`);
}

function broken(graph: string, what: string, cause?: unknown): TroupeError {
  const hint = "A host of your own gives what the interface Host says; inProcess() has all of its parts.";
  return new TroupeError("HOST_BROKEN", what, { graph, hint, ...(cause === undefined ? {} : { cause }) });
}
