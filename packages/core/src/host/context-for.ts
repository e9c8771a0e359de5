import { decide } from "../decision/decide.js";
import { madeFor } from "../engine/learning.js";
import { optionInvalid } from "../error/option-invalid.js";
import type { Use } from "../graph/signature.js";
import { embed } from "../model/embed.js";
import { generate } from "../model/generate.js";
import { modelFor } from "../model/model-for.js";
import { toolTurn } from "../model/tool-turn.js";
import { say } from "../schema/say.js";
import type { Schema } from "../schema/schema.js";
import type { Context } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { chat, configOf, counted, keptAnswer, learnt, told } from "./ask-model.js";
import { deciderFor } from "./decider-for.js";
import { type Live, overOf, signalOf } from "./live.js";
import { once } from "./replay/once.js";
import type { Stage } from "./stage.js";

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
    return (make, members, input) => {
      if (typeof make !== "function" || !Array.isArray(members))
        return refusal(
          "plan",
          typeof make === "function" ? members : make,
          "ctx.plan(async () => ({ plan, by, notes: [] }), members, input)",
        );
      return told(stage.asks().plan(live, (key) => make(contextFor(stage, live, madeFor(key))), members, input));
    };
  }
  get generate(): Context["generate"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}generate`];
    return (request) => {
      if (!isRequest(request)) return refusal("generate", request, 'ctx.generate({ prompt: "…" })');
      const work = () => chat(stage, live, request.model, (model, host) => generate<Schema>(model, request as any, host) as Promise<any>);
      return learnt(stage, live, key, request, work, keptAnswer(request));
    };
  }
  get offer(): Context["offer"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}offer`];
    return (request) => {
      if (!isRequest(request) || !Array.isArray(request.tools))
        return refusal("offer", request, 'ctx.offer({ prompt: "…", tools: [lookUp] })');
      return learnt(stage, live, key, request, () => chat(stage, live, request.model, (model, host) => toolTurn(model, request, host)));
    };
  }
  get decide(): Context["decide"] {
    const [stage, live, key] = [this.#stage, this.#live, `${this.#within}decide`];
    return (request) => {
      if (!isRequest(request)) return refusal("decide", request, "ctx.decide({ state, questions })");
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
    return (texts, wanted = "embeddings") => {
      if (!Array.isArray(texts) || ![...texts].every((text) => typeof text === "string"))
        return refusal("embed", texts, 'ctx.embed(["…"])');
      return learnt(stage, live, key, { texts, wanted }, async () => {
        const model = modelFor(stage.models, wanted, "embeddings");
        return counted(stage, live, model, (used) => embed(model, texts, { signal: signalOf(live), trust: stage.trust, used }));
      });
    };
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
          .then((gave) => stage.media.heardOnce(Object(gave).value) as any),
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
const isRequest = (given: unknown) => typeof given === "object" && given !== null && !Array.isArray(given);

/** As a promise, since who asks waits for one. */
const refusal = (method: string, given: unknown, write: string): Promise<never> =>
  told(Promise.reject(refusedBy(method, given, `Write ${write}.`)));

const refusedBy = (method: string, given: unknown, hint: string) => optionInvalid("ctx", method, `is given ${say(given)}`, hint);
