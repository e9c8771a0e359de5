import type { RunnableConfig } from "@langchain/core/runnables";
import { unboundedListeners } from "#platform/unbounded-listeners";
import { decide } from "../decision/decide.js";
import { madeFor } from "../engine/learning.js";
import { TroupeError } from "../error/error.js";
import { optionInvalid } from "../error/option-invalid.js";
import type { Use } from "../graph/signature.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import { embed } from "../model/embed.js";
import { type GenerateHost, type GenerateRequest, generate, valueIn } from "../model/generate.js";
import type { ChatModel, Model, Role, Usage } from "../model/model.js";
import { toolTurn } from "../model/tool-turn.js";
import { unlessAborted } from "../model/unless-aborted.js";
import { copyOf } from "../schema/copy-of.js";
import { plainJson } from "../schema/plain-json.js";
import { say } from "../schema/say.js";
import type { Schema } from "../schema/schema.js";
import type { Context, MadePlan } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { type BoundModels, modelFor } from "./bound-models.js";
import { deciderFor } from "./decider-for.js";
import type { TroupeEvent } from "./event.js";
import type { Host } from "./host.js";
import { type Live, overOf, signalOf } from "./live.js";
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
  readonly host: Host;
  /** Undefined where nobody listens. */
  readonly listen: ((event: TroupeEvent) => void) | undefined;
  asks(): Asks;
  memoOf(live: Live): Memo;
  /** Refuses to hand what an occurrence has seen to a model elsewhere, where something of it is private. */
  permit(live: Live, model: Model): void;
}

/** What an occurrence asks of the machine. */
export interface Asks {
  call(live: Live, key: string, specialist: Specialist | Use, input: object): Promise<object>;
  plan(live: Live, make: (key: string) => Promise<MadePlan>, ...plan: Rest<Parameters<Context["plan"]>>): ReturnType<Context["plan"]>;
  /** Something an occurrence learns under a key: what the journal has, else what `work` gives. */
  learn<T>(live: Live, key: string, work: () => Promise<T>, kept: Kept<T>): Promise<T>;
}

type Rest<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Others] ? Others : never;

/** The context of one occurrence, `within` the making of a plan of its. An aborted one can do nothing more through it. */
export const contextFor = (stage: Stage, live: Live, within = ""): Context => new OccurrenceContext(stage, live, within);

/** Each method is made when it is asked for: most occurrences use few of them, and many take them apart. */
class OccurrenceContext implements Context {
  readonly #stage: Stage;
  readonly #live: Live;
  readonly #within: string;

  constructor(stage: Stage, live: Live, within: string) {
    this.#stage = stage;
    this.#live = live;
    this.#within = within;
  }
  get at() {
    return this.#live.at;
  }
  get attempt() {
    return this.#live.attempt;
  }
  get idempotencyKey() {
    return `${this.#stage.run}/${this.#live.at}`;
  }
  get signal() {
    return signalOf(this.#live);
  }
  get services() {
    return this.#stage.services;
  }
  get limits() {
    return this.#stage.limits;
  }
  get trust() {
    return this.#stage.trust;
  }
  get config() {
    return configOf(this.#live);
  }
  get labels() {
    return this.#live.takes;
  }
  get progress(): Context["progress"] {
    const [stage, live] = [this.#stage, this.#live];
    return (message, part) => {
      if (typeof message !== "string") throw refusedBy("progress", message, 'Say it in a text: ctx.progress("half of the pages").');
      if (part !== undefined && typeof part !== "number")
        throw refusedBy("progress", part, 'Give a number from 0 to 1: ctx.progress("reads", 0.5).');
      if (overOf(live)) return;
      // Of nothing, no part is done: 0 / 0.
      const known = part !== undefined && Number.isFinite(part) ? { part } : {};
      stage.listen?.({ kind: "progress", at: live.at, time: stage.host.now(), message, ...known });
    };
  }
  get call(): Context["call"] {
    const [stage, live] = [this.#stage, this.#live];
    return (key, specialist, input) => told(stage.asks().call(live, key, specialist as Specialist | Use, input)) as Promise<any>;
  }
  get plan(): Context["plan"] {
    const [stage, live] = [this.#stage, this.#live];
    return (make, members, input) => told(stage.asks().plan(live, (key) => make(contextFor(stage, live, madeFor(key))), members, input));
  }
  get generate(): Context["generate"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}generate`];
    return (request) => {
      const work = () => chat(stage, live, request.model, (model, host) => generate<Schema>(model, request as any, host) as Promise<any>);
      return learnt(stage, live, key, request, work, keptAnswer(request));
    };
  }
  get offer(): Context["offer"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}offer`];
    return (request) =>
      learnt(stage, live, key, request, () => chat(stage, live, request.model, (model, host) => toolTurn(model, request, host)));
  }
  get decide(): Context["decide"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}decide`];
    return (request) => {
      const { model: wanted, kind, ...rest } = request;
      return learnt(stage, live, key, request, async () => {
        const model = deciderFor(stage.models, wanted, kind);
        const bound = { signal: signalOf(live), config: configOf(live), trust: stage.trust };
        return counted(stage, live, model, (used) => decide(model, rest, { ...bound, used }));
      });
    };
  }
  get embed(): Context["embed"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}embed`];
    return (texts, wanted = "embeddings") =>
      learnt(stage, live, key, { texts, wanted }, async () => {
        const model = modelFor(stage.models, wanted, "embeddings");
        return counted(stage, live, model, (used) => embed(model, texts, { signal: signalOf(live), trust: stage.trust, used }));
      });
  }
  get now(): Context["now"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}now`];
    return () => stage.memoOf(live).now(key, () => stage.host.now());
  }
  get random(): Context["random"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}random`];
    return () => stage.memoOf(live).now(key, () => stage.host.random());
  }
  get once(): Context["once"] {
    const [stage, live] = [this.#stage, this.#live];
    return (key, fn) =>
      told(
        stage
          .asks()
          .call(live, key, once(key, fn), { by: { at: live.at, key } })
          .then((gave) => Object(gave).value),
      );
  }
  get model(): Context["model"] {
    const [{ models }, live] = [this.#stage, this.#live];
    return (role) => {
      const model = Object.hasOwn(models, role) ? models[role] : undefined;
      return live.private && model?.card.local === false ? undefined : model;
    };
  }
  get worked(): Context["worked"] {
    const live = this.#live;
    return (engine) => {
      if (typeof engine !== "string") throw refusedBy("worked", engine, 'Name it in a text: ctx.worked("patterns").');
      live.engine = engine;
    };
  }
}

/** What code tells of its work goes into records and events, so that what is none of what they hold is refused where it is told. */
const refusedBy = (method: string, given: unknown, hint: string) => optionInvalid("ctx", method, `is given ${say(given)}`, hint);

const configOf = (live: Live): RunnableConfig => ({ ...live.config, signal: signalOf(live) });

/** An answer that is no unhandled rejection where nobody waits for it. */
function told<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => {}); // who asked for two things at once and heard of one that failed never waits for the other
  return answer;
}

/** What comes from elsewhere, or why the occurrence was stopped before. One that has ended asks for nothing. */
function asked<T>(live: Live, work: () => Promise<T>): Promise<T> {
  const over = overOf(live);
  if (over) return told(Promise.reject(over.reason));
  const signal = signalOf(live);
  unboundedListeners(signal); // all that is asked for at once listens, until it is answered
  const working = work();
  const worked = () => {
    live.questions--;
  };
  live.questions++;
  working.then(worked, worked); // once it has told what it took, also where nobody hears the answer
  return told(unlessAborted(working, signal));
}

/** Does something with a model that may be asked, and counts what it takes. */
async function counted<T>(stage: Stage, live: Live, model: Model, work: (used: (usage: Usage) => void) => Promise<T>): Promise<T> {
  stage.permit(live, model);
  const { embedded } = model.card;
  const { host } = live;
  const part = live.claim?.part({ idle: !embedded });
  try {
    const asking = () => work((usage) => void (live.usage ??= []).push(part && embedded ? { ...usage, cpu: part.taken() } : usage));
    return await (host.ask ? host.ask({ at: live.at, model }, asking) : asking());
  } finally {
    part?.end();
  }
}

/** Asks for what an earlier attempt may have been told already. A prompt asks for one thing and calls nothing: it is asked anew. */
function learnt<T>(stage: Stage, live: Live, kind: string, request: object, work: () => Promise<T>, kept: Kept<T> = whole): Promise<T> {
  const { run, tools } = live.specialist;
  return asked(live, run || tools?.length ? () => stage.asks().learn(live, stage.memoOf(live).keyFor(kind, request), work, kept) : work);
}

async function chat<T>(
  stage: Stage,
  live: Live,
  wanted: ChatModel | Role = "default",
  work: (model: ChatModel, host: GenerateHost) => Promise<T>,
): Promise<T> {
  const model = modelFor(stage.models, wanted, "chat");
  const token = (text: string) => {
    if (!overOf(live)) stage.listen?.({ kind: "token", at: live.at, time: stage.host.now(), text, model: model.id });
  };
  const { trust, limits } = stage;
  return counted(stage, live, model, (used) => work(model, { signal: signalOf(live), config: configOf(live), trust, limits, token, used }));
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
