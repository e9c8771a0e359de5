import type { RunnableConfig } from "@langchain/core/runnables";
import { unboundedListeners } from "#platform/unbounded-listeners";
import { decide } from "../decision/decide.js";
import type { Schema } from "../graph/schema.js";
import type { Use } from "../graph/signature.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import { generate } from "../model/generate.js";
import type { ChatModel, Model, Role, Usage } from "../model/model.js";
import { toolTurn } from "../model/tool-turn.js";
import { unlessAborted } from "../model/unless-aborted.js";
import { usageOf } from "../model/usage.js";
import type { Context } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { type BoundModels, modelFor } from "./bound-models.js";
import { deciderFor } from "./decider-for.js";
import type { TroupeEvent } from "./event.js";
import type { Live } from "./live.js";

/** What a running occurrence needs of its host. */
export interface Stage {
  /** `thread/run`. */
  readonly run: string;
  readonly models: BoundModels;
  readonly services: unknown;
  readonly limits: Limits;
  readonly trust: Trust;
  readonly listen: (event: TroupeEvent) => void;
  call(live: Live, key: string, specialist: Specialist | Use, input: object): Promise<object>;
  plan(live: Live, ...plan: Parameters<Context["plan"]>): ReturnType<Context["plan"]>;
  /** Refuses to hand what an occurrence has seen to a model elsewhere, where something of it is private. */
  permit(live: Live, model: Model): Promise<void>;
}

/** The context of one occurrence. An aborted one can do nothing more through it. */
export function contextFor(stage: Stage, live: Live): Context {
  const { at, controller } = live;
  const { signal } = controller;
  const config: RunnableConfig = { ...live.config, signal };
  const used = (usage: Usage) => void live.usage.push(usage);
  const asked = <T>(work: () => Promise<T>): Promise<T> => {
    unboundedListeners(signal); // all that is asked for at once listens, until it is answered
    const answer = signal.aborted ? Promise.reject(signal.reason) : unlessAborted(work(), signal);
    answer.catch(() => {}); // who asked for two things at once and heard of one that failed never waits for the other
    return answer;
  };
  const chat = async (wanted: ChatModel | Role = "default") => {
    const model = modelFor(stage.models, wanted, "chat");
    await stage.permit(live, model);
    const token = (text: string) => stage.listen({ kind: "token", at, time: Date.now(), text, model: model.id });
    return { model, host: { signal, config, trust: stage.trust, limits: stage.limits, token, used } };
  };
  const context: Context = {
    at,
    attempt: live.attempt,
    idempotencyKey: `${stage.run}/${at}`,
    signal,
    services: stage.services,
    limits: stage.limits,
    trust: stage.trust,
    config,
    labels: live.takes,
    progress: (message, part) => {
      if (!signal.aborted) stage.listen({ kind: "progress", at, time: Date.now(), message, ...(part === undefined ? {} : { part }) });
    },
    call: (key, specialist, input) => asked(() => stage.call(live, key, specialist as Specialist | Use, input)) as Promise<any>,
    plan: (make, members, input) => asked(() => stage.plan(live, make, members, input)),
    generate: (request) =>
      asked(async () => {
        const { model, host } = await chat(request.model);
        return generate<Schema>(model, request as any, host) as any;
      }),
    offer: (request) =>
      asked(async () => {
        const { model, host } = await chat(request.model);
        return toolTurn(model, request, host);
      }),
    decide: ({ model: wanted, kind, ...request }) =>
      asked(async () => {
        const model = deciderFor(stage.models, wanted, kind);
        await stage.permit(live, model);
        return decide(model, request, { signal, config, trust: stage.trust, used });
      }),
    embed: (texts, wanted = "embeddings") =>
      asked(async () => {
        const model = modelFor(stage.models, wanted, "embeddings");
        await stage.permit(live, model);
        const started = Date.now();
        const loaded = await unlessAborted(model.load(stage.trust), signal);
        const vectors = await unlessAborted(loaded.embedDocuments([...texts]), signal);
        const input = loaded.countTokens?.(texts) ?? 0;
        used(usageOf(model, { input, output: 0, ms: Date.now() - started }));
        return vectors;
      }),
    model: (role) => (live.private && stage.models[role]?.card.local === false ? undefined : stage.models[role]),
    worked: (engine) => {
      live.engine = engine;
    },
  };
  return context;
}
