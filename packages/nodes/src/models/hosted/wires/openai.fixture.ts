import { openIn, pieces, type Said, told, type Wire } from "./wire.fixture.js";

const error = (message: string, type: string, code: string | null) => ({ error: { message, type, param: null, code } });
const chunk = (delta: object, finish_reason: string | null, more: object = {}) =>
  `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m", system_fingerprint: "fp", choices: [{ index: 0, delta, logprobs: null, finish_reason }], usage: null, ...more })}\n\n`;

/** OpenAI's chat completions, as OpenAI and the many servers that follow it speak. */
export const openai: Wire = {
  id: (origin, model = "m") => `openai:${model}@${origin}/v1`,
  path: /^\/v1\/chat\/completions$/,
  key: ["authorization", "Bearer "],
  startsWith: 0,
  tellsCached: true,
  read({ messages, stream, stream_options, response_format, tools, max_tokens, max_completion_tokens, temperature }) {
    const schema = response_format?.json_schema?.schema;
    const strict =
      response_format?.json_schema?.strict && openIn(schema) > 0 ? "'additionalProperties' is required to be false" : undefined;
    return {
      prompt: JSON.stringify(messages),
      schema,
      tools: (tools ?? []).map((tool: any) => tool.function.name),
      maxTokens: max_completion_tokens ?? max_tokens,
      temperature,
      ...(!stream || !stream_options?.include_usage ? { wrong: "no stream with usage" } : strict ? { wrong: strict } : {}),
    };
  },
  events({ text = "", call, cut, declines }: Said) {
    const usage = {
      prompt_tokens: told.input,
      completion_tokens: told.output,
      total_tokens: told.input + told.output,
      prompt_tokens_details: { cached_tokens: told.cached },
      completion_tokens_details: { reasoning_tokens: 0 },
    };
    const args = call ? pieces(JSON.stringify(call.args)) : [];
    return [
      chunk({ role: "assistant", content: declines || call ? null : "", refusal: null }, null),
      ...pieces(text).map((content) => chunk({ content }, null)),
      ...pieces(declines ?? "").map((refusal) => chunk({ refusal }, null)),
      ...(call
        ? [chunk({ tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: call.name, arguments: "" } }] }, null)]
        : []),
      ...args.map((part) => chunk({ tool_calls: [{ index: 0, function: { arguments: part } }] }, null)),
      chunk({}, cut ? "length" : call ? "tool_calls" : "stop"),
      chunk({}, null, { choices: [], usage }),
      "data: [DONE]\n\n",
    ];
  },
  broken: `data: ${JSON.stringify(error("The server had an error while processing your request", "server_error", "server_error"))}\n\n`,
  limited: {
    failing: {
      status: 429,
      headers: { "retry-after-ms": "60" },
      body: error("Rate limit reached for m. Please try again in 60ms.", "tokens", "rate_limit_exceeded"),
    },
    after: 60,
  },
  overloaded: { status: 503, body: error("The engine is currently overloaded, please try again later", "service_unavailable", null) },
  noKey: { status: 401, body: error("Incorrect API key provided: sk-***", "invalid_request_error", "invalid_api_key") },
  tooLong: {
    status: 400,
    body: error(
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 140000 tokens.",
      "invalid_request_error",
      "context_length_exceeded",
    ),
  },
  unpaid: {
    status: 429,
    body: error("You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", "insufficient_quota"),
  },
  blocked: {
    status: 400,
    body: error("Your request was rejected as a result of our safety system.", "invalid_request_error", "content_policy_violation"),
  },
  invalid: (message) => ({ status: 400, body: error(message, "invalid_request_error", null) }),
};
