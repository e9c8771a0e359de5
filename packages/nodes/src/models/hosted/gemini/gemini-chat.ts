import { ChatGoogleGenerativeAI, type GoogleGenerativeAIChatInput } from "@langchain/google-genai";
import { askedSchema } from "../asked-schema.js";
import type { GeminiClient } from "./gemini-client.js";
import { geminiSchema } from "./gemini-schema.js";

type Fields = GoogleGenerativeAIChatInput & { readonly client: GeminiClient };
type Tools = Parameters<ChatGoogleGenerativeAI["bindTools"]>[0];

/**
 * LangChain's ChatGoogleGenerativeAI over a client of ours, since Google's takes no `fetch`: it would carry the key along a redirect, and
 * tells neither what a server asks to wait nor why a prompt was blocked. Held to a schema by the option that OpenAI's models take.
 */
export class GeminiChat extends ChatGoogleGenerativeAI {
  constructor({ client, ...fields }: Fields) {
    super({ ...fields, streaming: true });
    Object.assign(this, { client });
  }

  override invocationParams(options?: this["ParsedCallOptions"]): ReturnType<ChatGoogleGenerativeAI["invocationParams"]> {
    const asked = askedSchema(options);
    if (!asked) return super.invocationParams(options);
    const responseSchema = geminiSchema(asked);
    const params = super.invocationParams({ ...options, ...(responseSchema ? { responseSchema } : {}) } as this["ParsedCallOptions"]);
    return { ...params, generationConfig: { ...params.generationConfig, responseMimeType: "application/json" } };
  }

  override bindTools(tools: Tools, kwargs?: Parameters<ChatGoogleGenerativeAI["bindTools"]>[1]) {
    return super.bindTools(tools.map(narrowed) as Tools, kwargs);
  }
}

/** A tool whose parameters are in Gemini's words; those that cannot be said are left open, and checked where the tool is called. */
function narrowed(tool: Tools[number]): unknown {
  const { type, function: called } = Object(tool);
  if (type !== "function" || called?.parameters === undefined) return tool;
  const parameters = geminiSchema(called.parameters) ?? { type: "object", properties: {} };
  return { type, function: { ...called, parameters } };
}
