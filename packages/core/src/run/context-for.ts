import type { RunnableConfig } from "@langchain/core/runnables";
import { unboundedListeners } from "#platform/unbounded-listeners";
import { decide } from "../decision/decide.js";
import { madeFor } from "../engine/learning.js";
import { copyOf } from "../graph/copy-of.js";
import { TroupeError } from "../graph/error.js";
import { plainJson } from "../graph/plain-json.js";
import type { Schema } from "../graph/schema.js";
import type { Use } from "../graph/signature.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import { embed } from "../model/embed.js";
import { type GenerateHost, type GenerateRequest, generate, valueIn } from "../model/generate.js";
import type { ChatModel, Model, Role, Usage } from "../model/model.js";
import { toolTurn } from "../model/tool-turn.js";
import { unlessAborted } from "../model/unless-aborted.js";
import type { Context, MadePlan } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { type BoundModels, modelFor } from "./bound-models.js";
import { deciderFor } from "./decider-for.js";
import type { TroupeEvent } from "./event.js";
import { type Live, signalOf } from "./live.js";
import type { Kept } from "./replay/learns.js";
import type { Memo } from "./replay/memo.js";
import { once } from "./replay/once.js";

/** What a running occurrence needs of its host. */
export interface Stage {
  /** `thread/run`. */
  readonly run: string;
  readonly models: BoundModels;
  readonly services: unknown;
  readonly limits: Limits;
  readonly trust: Trust;
  /** Undefined where nobody listens. */
  readonly listen: ((event: TroupeEvent) => void) | undefined;
  call(live: Live, key: string, specialist: Specialist | Use, input: object): Promise<object>;
  plan(live: Live, make: (key: string) => Promise<MadePlan>, ...plan: Rest<Parameters<Context["plan"]>>): ReturnType<Context["plan"]>;
  /** Something an occurrence learns under a key: what the journal has, else what `work` gives. */
  learn<T>(live: Live, key: string, work: () => Promise<T>, kept: Kept<T>): Promise<T>;
  memoOf(live: Live): Memo;
  /** Refuses to hand what an occurrence has seen to a model elsewhere, where something of it is private. */
  permit(live: Live, model: Model): void;
}

type Rest<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Others] ? Others : never;

/** The context of one occurrence, `within` the making of a plan of its. An aborted one can do nothing more through it. */
export function contextFor(stage: Stage, live: Live, within = ""): Context {
  const { at } = live;
  const configOf = (): RunnableConfig => ({ ...live.config, signal: signalOf(live) });
  /** What is answered by the machine is answered also where the occurrence is stopped. */
  const told = <T>(answer: Promise<T>): Promise<T> => {
    answer.catch(() => {}); // who asked for two things at once and heard of one that failed never waits for the other
    return answer;
  };
  const asked = <T>(work: () => Promise<T>): Promise<T> => {
    const signal = signalOf(live);
    unboundedListeners(signal); // all that is asked for at once listens, until it is answered
    return told(signal.aborted ? Promise.reject(signal.reason) : unlessAborted(work(), signal));
  };
  /** Does something with a model that may be asked, and counts what it takes. */
  const counted = async <T>(model: Model, work: (used: (usage: Usage) => void) => Promise<T>): Promise<T> => {
    stage.permit(live, model);
    const { embedded } = model.card;
    const part = live.claim?.part({ idle: !embedded });
    try {
      return await work((usage) => void live.usage.push(part && embedded ? { ...usage, cpu: part.taken() } : usage));
    } finally {
      part?.end();
    }
  };
  /** Asks for what an earlier attempt may have been told already. A prompt asks for one thing and calls nothing: it is asked anew. */
  const learnt = <T>(kind: string, request: object, work: () => Promise<T>, kept: Kept<T> = whole): Promise<T> =>
    asked(
      live.specialist.run || live.specialist.tools?.length
        ? () => stage.learn(live, stage.memoOf(live).keyFor(within + kind, request), work, kept)
        : work,
    );
  const chat = async <T>(wanted: ChatModel | Role = "default", work: (model: ChatModel, host: GenerateHost) => Promise<T>): Promise<T> => {
    const model = modelFor(stage.models, wanted, "chat");
    const token = (text: string) => {
      if (!live.stopped) stage.listen?.({ kind: "token", at, time: Date.now(), text, model: model.id });
    };
    return counted(model, (used) =>
      work(model, { signal: signalOf(live), config: configOf(), trust: stage.trust, limits: stage.limits, token, used }),
    );
  };
  const context: Context = {
    at,
    attempt: live.attempt,
    idempotencyKey: `${stage.run}/${at}`,
    get signal() {
      return signalOf(live);
    },
    services: stage.services,
    limits: stage.limits,
    trust: stage.trust,
    get config() {
      return configOf();
    },
    labels: live.takes,
    progress: (message, part) => {
      if (!live.stopped) stage.listen?.({ kind: "progress", at, time: Date.now(), message, ...(part === undefined ? {} : { part }) });
    },
    call: (key, specialist, input) => told(stage.call(live, key, specialist as Specialist | Use, input)) as Promise<any>,
    plan: (make, members, input) => told(stage.plan(live, (key) => make(contextFor(stage, live, madeFor(key))), members, input)),
    generate: (request) =>
      learnt(
        "generate",
        request,
        () => chat(request.model, (model, host) => generate<Schema>(model, request as any, host) as Promise<any>),
        keptAnswer(request),
      ),
    offer: (request) => learnt("offer", request, () => chat(request.model, (model, host) => toolTurn(model, request, host))),
    decide: (request) => {
      const { model: wanted, kind, ...rest } = request;
      return learnt("decide", request, async () => {
        const model = deciderFor(stage.models, wanted, kind);
        return counted(model, (used) => decide(model, rest, { signal: signalOf(live), config: configOf(), trust: stage.trust, used }));
      });
    },
    embed: (texts, wanted = "embeddings") =>
      learnt("embed", { texts, wanted }, async () => {
        const model = modelFor(stage.models, wanted, "embeddings");
        return counted(model, (used) => embed(model, texts, { signal: signalOf(live), trust: stage.trust, used }));
      }),
    now: () => stage.memoOf(live).now(`${within}now`, Date.now),
    random: () => stage.memoOf(live).now(`${within}random`, Math.random),
    once: (key, fn) => told(stage.call(live, key, once(fn), { by: { at, key } }).then((gave) => Object(gave).value)),
    model: (role) => (live.private && stage.models[role]?.card.local === false ? undefined : stage.models[role]),
    worked: (engine) => {
      live.engine = engine;
    },
  };
  return context;
}

/** What is JSON is kept as it stands. */
const whole: Kept<any> = { keep: (value) => plainJson(value, refused), back: copyOf };

const refused = (what: string): never => {
  throw new TroupeError("OUTPUT_NOT_JSON", `A model gave ${what}, which a journal cannot keep`);
};

/** An answer whose value is no JSON, since its schema made something of it, is read from its text again. */
function keptAnswer({ schema, read }: GenerateRequest): Kept<any> {
  return {
    keep: ({ value, ...told }) => {
      try {
        return { ...told, value: plainJson(value, refused) };
      } catch {
        return told;
      }
    },
    back: async (kept: any) => ("value" in kept ? copyOf(kept) : { ...kept, value: await valueIn(kept.text, schema!, read) }),
  };
}
