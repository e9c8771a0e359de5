import type { RunnableConfig } from "@langchain/core/runnables";
import { unboundedListeners } from "#platform/unbounded-listeners";
import { TroupeError } from "../error/error.js";
import { type GenerateHost, type GenerateRequest, valueIn } from "../model/generate.js";
import type { ChatModel, Model, Role, Usage } from "../model/model.js";
import { modelFor } from "../model/model-for.js";
import { unlessAborted } from "../model/unless-aborted.js";
import { copyOf } from "../schema/copy-of.js";
import { plainJson } from "../schema/plain-json.js";
import { type Live, overOf, signalOf } from "./live.js";
import type { Kept } from "./replay/learns.js";
import type { Stage } from "./stage.js";

export const configOf = (live: Live): RunnableConfig => ({ ...live.config, signal: signalOf(live) });

/** An answer that is no unhandled rejection where nobody waits for it. */
export function told<T>(answer: Promise<T>): Promise<T> {
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
export async function counted<T>(stage: Stage, live: Live, model: Model, work: (used: (usage: Usage) => void) => Promise<T>): Promise<T> {
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
export function learnt<T>(
  stage: Stage,
  live: Live,
  kind: string,
  request: object,
  work: () => Promise<T>,
  kept: Kept<T> = whole,
): Promise<T> {
  const { run, tools } = live.specialist;
  return asked(live, run || tools?.length ? () => stage.asks().learn(live, stage.memoOf(live).keyFor(kind, request), work, kept) : work);
}

export async function chat<T>(
  stage: Stage,
  live: Live,
  wanted: ChatModel | Role = "default",
  work: (model: ChatModel, host: GenerateHost) => Promise<T>,
): Promise<T> {
  const model = modelFor(stage.models, wanted, "chat");
  /** The number of the answer that is being written; the next call has another. */
  let answer: number | undefined;
  const token = (text: string) => {
    if (overOf(live)) return;
    answer ??= ++live.answers;
    const { at, attempt } = live;
    stage.listen?.({ kind: "token", at, time: stage.host.now(), text, model: model.id, attempt, answer });
  };
  const { trust, limits } = stage;
  return counted(stage, live, model, (count) => {
    const used = (usage: Usage) => {
      answer = undefined;
      count(usage);
    };
    return work(model, { signal: signalOf(live), config: configOf(live), trust, limits, token, used });
  });
}

/** What is JSON is kept as it stands. */
const whole: Kept<any> = { keep: (value) => plainJson(value, refused), back: copyOf };

const refused = (what: string): never => {
  throw new TroupeError("OUTPUT_NOT_JSON", `A model gave ${what}, which a journal cannot keep`);
};

/** An answer whose value is no JSON, since its schema made something of it, is read from its text again. */
export function keptAnswer({ schema, read }: GenerateRequest): Kept<any> {
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
