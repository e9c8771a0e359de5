import type { Command, Message } from "../engine/message.js";
import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Use } from "../graph/signature.js";
import { once } from "../host/replay/once.js";
import { limitsOf } from "../limits/limits.js";
import { trustOf } from "../limits/trust.js";
import { Path } from "../path/path.js";
import type { Context } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import type { VirtualClock } from "./virtual-clock.js";

export type Start = Extract<Command, { kind: "start" }>;
/** What is carried out: a graph's nodes, a plan's tasks, or a call. */
export type Opened =
  | { readonly graph: Graph }
  | { readonly members: readonly Specialist[] }
  | { readonly called: Specialist; readonly input: object; readonly timeout: number | undefined };
/** Puts a question to the machine, and waits for what comes of it at a place. */
export type Ask = (place: Path, opened: Opened, message: Message) => Promise<Record<string, unknown>>;

/** What a specialist's code sees under a virtual clock: calls, plans, time and chance; no models. */
export function simulatedContext({ at, attempt }: Start, ask: Ask, clock: VirtualClock): Context {
  const { signal } = new AbortController();
  const call = async (key: string, called: Specialist | Use, given: object): Promise<any> => {
    const { specialist, read, write, set, timeout } = placed(called);
    const input = { ...renamed(given, flipped(read)), ...set };
    const opened = { called: specialist as Specialist, input, timeout: timeout ?? specialist.timeout };
    const record = { specialist: specialist.name };
    return renamed(await ask(Path.child(at, key), opened, { kind: "call", at, attempt, key, record }), write);
  };
  let plans = 0;
  const context: Context = {
    at,
    attempt,
    idempotencyKey: `simulated/1/${at}`,
    signal,
    services: undefined,
    limits: limitsOf(),
    trust: trustOf(),
    config: { signal },
    labels: {},
    progress: () => {},
    worked: () => {},
    model: () => undefined,
    call,
    once: async (key, fn) => (await call(key, once(fn), { by: { at, key } })).value,
    async plan(make, members, input) {
      const n = ++plans;
      const { plan, by, notes } = await make(context);
      return ask(Path.plan(at, n), { members }, { kind: "plan", at, attempt, n, made: { plan, by, notes }, input });
    },
    now: () => clock.now(),
    random: () => clock.chance(),
    generate: notSimulated,
    offer: notSimulated,
    decide: notSimulated,
    embed: notSimulated,
  };
  return context;
}

export async function notSimulated(): Promise<never> {
  throw new TroupeError("NOT_SIMULATED", "A model is asked, and a simulation asks none", {
    hint: "Say what the specialist answers: simulate(graph, input, { answers: { name: (input) => output } }).",
  });
}

const placed = (called: Specialist | Use): Use => ("specialist" in called ? called : { specialist: called, read: {}, write: {}, set: {} });

const flipped = (names: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]));

const renamed = (values: object, names: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));
