import type { Command } from "../engine/state.js";
import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Labels } from "../graph/label.js";
import { type Argument, isRef } from "../graph/plan.js";
import type { Specialist } from "../specialist/specialist.js";
import { copyOf } from "./copy-of.js";
import type { Deferred } from "./deferred.js";
import type { Memory } from "./memory.js";
import { inputOf } from "./values.js";

/** What an occurrence is made of. */
export interface Job {
  readonly specialist: Specialist;
  /** Read when the work begins. Throws what a reducer throws. */
  readonly input: () => unknown;
  readonly timeout?: number | undefined;
  /** What is known of where the input comes from. */
  readonly takes: Labels;
}

/** A frame that this process has opened: where its specialists are found, and who waits for it. */
export interface OpenFrame {
  readonly graph?: Graph;
  readonly members?: readonly Specialist[];
  readonly input: Readonly<Record<string, unknown>>;
  /** What is known of what a node or a task of it is given. */
  readonly takes: (name: string) => Labels;
  readonly outcome: Deferred<Record<string, unknown>>;
}

/** A call that this process has opened, and who waits for it. */
export interface OpenCall extends Job {
  readonly outcome: Deferred<object>;
}

/** The job that a start command stands for: a node's, or a plan's task. @throws TroupeError `MEMBER_UNKNOWN` */
export function jobOf({ at, owner, name, item }: Extract<Command, { kind: "start" }>, frame: OpenFrame, memory: Memory): Job {
  if (frame.graph) {
    const { specialist, timeout } = frame.graph.nodes[name]!;
    const { reducers } = frame.graph;
    const takes = frame.takes(name);
    return {
      specialist: specialist as Specialist,
      timeout,
      takes,
      input: () => copyOf(inputOf(memory.values.get(owner)!, name, item, reducers)),
    };
  }
  const task = memory.plans.get(owner)!.tasks.find(({ id }) => id === name)!;
  const specialist = frame.members!.find((member) => member.name === task.member);
  if (!specialist) {
    throw new TroupeError("MEMBER_UNKNOWN", `The journal's plan names ${task.member}, who is not in the team`, {
      at,
      hint: "Put the member back into the team, or start a new thread.",
    });
  }
  return { specialist, takes: frame.takes(name), input: () => argumentsOf(task.args, owner, frame, memory) };
}

/** Copies of arguments with their refs replaced by what they point at; left out where that is missing. */
export function argumentsOf(
  args: Readonly<Record<string, Argument>>,
  owner: string,
  frame: OpenFrame,
  memory: Memory,
): Record<string, unknown> {
  const valueAt = (argument: Argument): unknown => {
    if (isRef(argument)) {
      const [head, ...path] = argument.ref.split(".");
      const from = head === "input" ? frame.input : memory.results.get(`${owner}/${head}`);
      return path.reduce<any>((value, key) => value?.[key], from);
    }
    return Array.isArray(argument) ? argument.map(valueAt).filter((one) => one !== undefined) : argument;
  };
  return defined(Object.entries(args).map(([field, argument]) => [field, copyOf(valueAt(argument))] as const));
}

export const defined = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));
