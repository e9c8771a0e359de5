import { openIn, pieces, type Said, told, unknownIn, type Wire } from "./wire.fixture.js";

const error = (type: string, message: string) => ({ type: "error", error: { type, message }, request_id: "req_1" });
const event = (data: { readonly type: string }) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const started = { id: "msg_1", type: "message", role: "assistant", model: "m", content: [], stop_reason: null, stop_sequence: null };

/** Anthropic's messages. */
export const anthropic: Wire = {
  id: (origin, model = "m") => `anthropic:${model}@${origin}`,
  path: /^\/v1\/messages$/,
  key: ["x-api-key", ""],
  startsWith: told.input,
  tellsCached: true,
  read({ messages, system, stream, output_config, tools, max_tokens, temperature }) {
    const schema = output_config?.format?.schema;
    const [word] = unknownIn(schema, [
      "type",
      "description",
      "enum",
      "const",
      "required",
      "properties",
      "additionalProperties",
      "items",
      "anyOf",
    ]);
    const wrong = !stream ? "no stream" : max_tokens === undefined ? "max_tokens: Field required" : undefined;
    const open = openIn(schema) ? "output_config.format.schema: For 'object' type, 'additionalProperties' must be set to false" : undefined;
    const found =
      wrong ?? open ?? (word ? `output_config.format.schema: For 'array' type, property '${word}' is not supported` : undefined);
    return {
      prompt: JSON.stringify([system, messages]),
      schema,
      tools: (tools ?? []).map((tool: any) => tool.name),
      maxTokens: max_tokens,
      temperature,
      ...(found ? { wrong: found } : {}),
    };
  },
  events({ text = "", call, cut, declines }: Said) {
    const block = (index: number, content_block: object, deltas: readonly object[]) => [
      event({ type: "content_block_start", index, content_block } as never),
      ...deltas.map((delta) => event({ type: "content_block_delta", index, delta } as never)),
      event({ type: "content_block_stop", index } as never),
    ];
    const stop_reason = declines !== undefined ? "refusal" : cut ? "max_tokens" : call ? "tool_use" : "end_turn";
    const usage = {
      input_tokens: told.input - told.cached,
      cache_read_input_tokens: told.cached,
      cache_creation_input_tokens: 0,
      output_tokens: 3,
    };
    return [
      event({ type: "message_start", message: { ...started, usage } } as never),
      event({ type: "ping" }),
      ...(text
        ? block(
            0,
            { type: "text", text: "" },
            pieces(text).map((part) => ({ type: "text_delta", text: part })),
          )
        : []),
      ...(call
        ? block(
            0,
            { type: "tool_use", id: "toolu_1", name: call.name, input: {} },
            pieces(JSON.stringify(call.args)).map((partial_json) => ({ type: "input_json_delta", partial_json })),
          )
        : []),
      event({ type: "message_delta", delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: told.output } } as never),
      event({ type: "message_stop" }),
    ];
  },
  broken: event(error("overloaded_error", "Overloaded")),
  limited: {
    failing: {
      status: 429,
      headers: { "retry-after": "1" },
      body: error("rate_limit_error", "This request would exceed your account's rate limit."),
    },
    after: 1000,
  },
  overloaded: { status: 529, body: error("overloaded_error", "Overloaded") },
  noKey: { status: 401, body: error("authentication_error", "invalid x-api-key") },
  tooLong: { status: 400, body: error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum") },
  unpaid: {
    status: 400,
    body: error("invalid_request_error", "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing."),
  },
  blocked: { status: 400, body: error("invalid_request_error", "Output blocked by content filtering policy") },
  invalid: (message) => ({ status: 400, body: error("invalid_request_error", message) }),
};
