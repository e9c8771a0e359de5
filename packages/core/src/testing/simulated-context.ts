import type { Command, Message } from "../engine/message.js";
import { TroupeError } from "../error/error.js";
import type { Graph } from "../graph/graph.js";
import type { Use } from "../graph/signature.js";
import { placed, renamed } from "../host/call-of.js";
import { once } from "../host/replay/once.js";
import { takeKey } from "../host/take-key.js";
import { limitsOf } from "../limits/limits.js";
import { trustOf } from "../limits/trust.js";
import { withinLimits } from "../limits/within-limits.js";
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
export function simulatedContext(graph: string, { at, attempt }: Start, ask: Ask, clock: VirtualClock): Context {
  const { signal } = new AbortController();
  const limits = limitsOf();
  const keys = new Set<string>();
  const call = async (key: string, called: Specialist | Use, given: object): Promise<any> => {
    takeKey(keys, key, { graph, at });
    const { specialist, own, set, timeout } = placed(key, called, given);
    const input = { ...own, ...set };
    withinLimits(input, limits, { graph, at: Path.child(at, key) });
    const opened = { called: specialist, input, timeout: timeout ?? specialist.timeout };
    const record = { specialist: specialist.name };
    return renamed(await ask(Path.child(at, key), opened, { kind: "call", at, attempt, key, record }), called);
  };
  let plans = 0;
  const context: Context = {
    at,
    attempt,
    idempotencyKey: `simulated/1/${at}`,
    signal,
    services: undefined,
    limits,
    trust: trustOf(),
    config: { signal },
    labels: {},
    progress: () => {},
    worked: () => {},
    model: () => undefined,
    call,
    once: async (key, fn) => (await call(key, once(key, fn), { by: { at, key } })).value,
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
