import type { DecisionModel, ModelCard } from "@troupe/core";
import { TroupeError } from "@troupe/core";
import { keyFrom, keyVariable } from "../hosted/key-from.js";
import { type Provider, serverOf } from "../hosted/server.js";
import { serverFetch } from "../hosted/server-fetch.js";
import { isThisMachine } from "../is-this-machine.js";
import { lazyModel } from "../lazy-model.js";
import { fewEnough } from "./closed.js";
import type { Answering } from "./decider.js";

/** No server is its own: whichever is named has the key that is named for it. */
const provider: Provider = { url: "https://systemone.invalid", keys: ["SYSTEMONE_API_KEY"] };

/** What decision servers usually take; none tells. */
const usual = { kind: "decisions", context: 8192, modalities: ["text"], tools: false, structured: "none" } as const;

export const systemOneCard = (url: string): ModelCard => ({ ...usual, local: isThisMachine(url) });

/** Decisions of any server with `POST /v1/systemone`: `NAME@http://host:port`. Throws MODEL_URL; `load` throws KEY_MISSING, KEY_UNSAFE. */
export function systemOne(name: string, key?: string): DecisionModel {
  const server = serverOf(name, provider);
  if (server.own)
    throw new TroupeError("MODEL_URL", `systemone:${name} names no server`, { hint: "Write systemone:NAME@http://host:port." });
  const id = `systemone:${name}`;
  return lazyModel(
    id,
    () => systemOneCard(server.url),
    async (variable) => {
      const credentials = variable === undefined ? undefined : { authorization: `Bearer ${keyFrom(id, server, provider, variable)}` };
      const { Decider } = await import("./decider.js");
      return new Decider("systemone", server.model, systemOneAnswers(server.model, server.url, serverFetch(server, credentials ?? {})));
    },
    (trust) => keyVariable(server, provider, key, trust),
  );
}

/** Asks `/v1/systemone` under an address, which may be that path already, or the `/v1` before it. */
export function systemOneAnswers(
  model: string,
  url: string,
  fetch: typeof globalThis.fetch,
  headers?: Readonly<Record<string, string>>,
): Answering {
  const path = url.endsWith("/systemone") ? "" : url.endsWith("/v1") ? "/systemone" : "/v1/systemone";
  return async (state, questions, signal) => {
    fewEnough(questions, model);
    const [{ askServer }, { plain }] = await Promise.all([import("./ask-server.js"), import("./told.js")]);
    const body = await askServer(
      `${url}${path}`,
      { model, state: plain(state), questions },
      { fetch, signal, ...(headers ? { headers } : {}) },
    );
    return { model: typeof body.model === "string" ? body.model : model, answers: body.answers, usage_metadata: body.usage };
  };
}
