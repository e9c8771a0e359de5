import { FakeListChatModel } from "@langchain/core/utils/testing";
import { generate } from "../model/generate.js";
import { asModel, type ChatModel } from "../model/model.js";
import { alone } from "./alone.fixture.js";

/** A chat model that writes one plan, or one after the other, however often it is asked. */
export const planner = (...plans: readonly object[]): ChatModel =>
  asModel(new FakeListChatModel({ responses: plans.map((plan) => JSON.stringify(plan)) }), "fake:planner", { structured: "none" });

const host = { signal: new AbortController().signal, config: {}, token: () => {}, used: () => {} };
/** A context in which models are asked, and none is bound. */
export const asking = {
  ...(alone as object),
  generate: (request: { readonly model: ChatModel }) => generate(request.model, request as never, host),
} as never;
