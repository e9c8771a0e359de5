import { pieces, type Said, told, unknownIn, type Wire } from "./wire.fixture.js";

const known =
  "type format title description nullable enum items minItems maxItems properties required propertyOrdering anyOf minimum maximum minLength maxLength".split(
    " ",
  );
const error = (code: number, status: string, message: string, details: object[] = []) => ({ error: { code, message, status, details } });
const usage = (written: number) => ({
  promptTokenCount: told.input,
  cachedContentTokenCount: told.cached,
  // Some of what is paid for is thought.
  ...(written ? { candidatesTokenCount: written - 10, thoughtsTokenCount: 10 } : {}),
  totalTokenCount: told.input + written,
});
const event = (part: object) => `data: ${JSON.stringify({ ...part, modelVersion: "m", responseId: "r1" })}\r\n\r\n`;
const wrote = (parts: object[], written: number, more: object = {}) =>
  event({ candidates: [{ content: { parts, role: "model" }, index: 0, ...more }], usageMetadata: usage(written) });

/** Gemini's `streamGenerateContent`. */
export const gemini: Wire = {
  id: (origin, model = "m") => `google:${model}@${origin}`,
  path: /^\/v1beta\/models\/[\w.-]+:streamGenerateContent\?alt=sse$/,
  key: ["x-goog-api-key", ""],
  startsWith: told.input,
  tellsCached: true,
  read({ contents, systemInstruction, generationConfig, tools }) {
    const functions: any[] = (tools ?? []).flatMap((tool: any) => tool.functionDeclarations);
    const schemas = [generationConfig?.responseSchema, ...functions.map(({ parameters }) => parameters)];
    const [word] = schemas.flatMap((schema) => unknownIn(schema, known));
    return {
      prompt: JSON.stringify([systemInstruction, contents]),
      schema: generationConfig?.responseSchema,
      tools: functions.map(({ name }) => name),
      maxTokens: generationConfig?.maxOutputTokens,
      temperature: generationConfig?.temperature,
      ...(word
        ? { wrong: `Invalid JSON payload received. Unknown name "${word}" at 'generation_config.response_schema': Cannot find field.` }
        : {}),
    };
  },
  events({ text = "", call, cut, declines }: Said) {
    if (declines !== undefined) return [event({ candidates: [{ finishReason: "SAFETY", index: 0 }], usageMetadata: usage(told.output) })];
    const finishReason = cut ? "MAX_TOKENS" : "STOP";
    if (call) return [wrote([{ functionCall: call }], told.output, { finishReason })];
    const parts = pieces(text);
    return parts.map((part, i) =>
      i < parts.length - 1 ? wrote([{ text: part }], 11 + Math.min(i, 18)) : wrote([{ text: part }], told.output, { finishReason }),
    );
  },
  broken: event(error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")),
  limited: {
    failing: {
      status: 429,
      body: error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details.", [
        { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "0.06s" },
      ]),
    },
    after: 60,
  },
  overloaded: { status: 503, body: error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.") },
  noKey: { status: 403, body: error(403, "PERMISSION_DENIED", "API key not valid. Please pass a valid API key.") },
  tooLong: {
    status: 400,
    body: error(400, "INVALID_ARGUMENT", "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
  },
  unpaid: {
    status: 429,
    body: error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details."),
  },
  // Answered well, with nothing but why.
  blocked: { status: 200, body: event({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, usageMetadata: usage(0) }) },
  invalid: (message) => ({ status: 400, body: error(400, "INVALID_ARGUMENT", message) }),
};
