import { openIn, pieces, type Said, told, type Wire } from "./wire.fixture.js";

const error = (message: string, type: string, code: string) => ({ object: "error", message, type, param: null, code });
const chunk = (delta: object, finish_reason: string | null, more: object = {}) =>
  `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason }], ...more })}\n\n`;

/** Mistral's chat completions. */
export const mistral: Wire = {
  id: (origin, model = "m") => `mistral:${model}@${origin}`,
  path: /^\/v1\/chat\/completions$/,
  key: ["authorization", "Bearer "],
  startsWith: 0,
  tellsCached: false,
  read({ messages, stream, response_format, tools, max_tokens, temperature }) {
    const schema = response_format?.json_schema?.schema;
    const strict = response_format?.json_schema?.strict && openIn(schema) > 0;
    return {
      prompt: JSON.stringify(messages),
      schema,
      tools: (tools ?? []).map((tool: any) => tool.function.name),
      maxTokens: max_tokens,
      temperature,
      ...(!stream ? { wrong: "no stream" } : strict ? { wrong: "additionalProperties must be false" } : {}),
    };
  },
  events({ text = "", call, cut, declines }: Said) {
    const usage = {
      prompt_tokens: told.input,
      completion_tokens: told.output,
      total_tokens: told.input + told.output,
    };
    const tool_calls = call && [{ id: "D681PevKs", function: { name: call.name, arguments: JSON.stringify(call.args) }, index: 0 }];
    const finish = declines !== undefined ? "content_filter" : cut ? "length" : call ? "tool_calls" : "stop";
    return [
      chunk({ role: "assistant", content: "" }, null),
      ...pieces(text).map((content) => chunk({ content }, null)),
      chunk(tool_calls ? { content: "", tool_calls } : { content: "" }, finish, { usage }),
      "data: [DONE]\n\n",
    ];
  },
  broken: `${chunk({ content: "" }, "error")}data: [DONE]\n\n`,
  limited: {
    failing: { status: 429, headers: { "retry-after": "1" }, body: error("Rate limit exceeded", "rate_limited", "1300") },
    after: 1000,
  },
  overloaded: { status: 503, body: error("Service unavailable.", "unreachable_backend", "1100") },
  noKey: { status: 401, body: { detail: "Unauthorized" } },
  tooLong: {
    status: 400,
    body: error(
      "Prompt contains 140000 tokens and 0 draft tokens, too large for model with 131072 maximum context length",
      "invalid_request_prompt",
      "3051",
    ),
  },
  unpaid: { status: 402, body: error("Payment required: check your plan.", "payment_required", "1402") },
  blocked: { status: 403, body: error("The request was blocked by guardrails: violence_and_threats", "guardrail_blocked", "1403") },
  invalid: (message) => ({ status: 400, body: error(message, "invalid_request_error", "1001") }),
};
