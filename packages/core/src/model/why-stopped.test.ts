import { AIMessageChunk } from "@langchain/core/messages";
import { expect, test } from "vitest";
import { whyStopped } from "./why-stopped.js";

test.each([
  ["OpenAI's bound", { finish_reason: "length" }, { cut: true }],
  ["OpenAI's end", { finish_reason: "stop" }, { whole: true }],
  ["Ollama's end", { done_reason: "stop" }, { whole: true }],
  ["Cohere's end", { finish_reason: "COMPLETE" }, { whole: true }],
  ["Google's bound", { finishReason: "MAX_TOKENS" }, { cut: true }],
  ["Google's filter", { finishReason: "SAFETY" }, { declined: "SAFETY" }],
  ["the bound of a response", { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }, { cut: true }],
  ["the filter of a response", { status: "incomplete", incomplete_details: { reason: "content_filter" } }, { declined: "content_filter" }],
  ["the end of a response", { status: "completed", incomplete_details: null }, { whole: true }],
  ["a reason that nobody knows", { finish_reason: "insufficient_system_resource" }, undefined],
  ["nothing", {}, undefined],
])("knows %s", (_, response_metadata, why) => {
  expect(whyStopped(new AIMessageChunk({ content: "", response_metadata }))).toEqual(why);
});
