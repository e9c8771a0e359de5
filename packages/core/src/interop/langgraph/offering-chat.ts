import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage, BaseMessageLike } from "@langchain/core/messages";
import { TroupeError } from "../../error/error.js";
import type { ChatModel, Role } from "../../model/model.js";
import type { ToolCard } from "../../model/tool-call.js";
import type { Context } from "../../specialist/context.js";

/** How often a call that cannot be read is asked for again. */
const again = 2;

/** A chat model of LangChain's that asks through an occurrence: with its models, its ledger, its marks and its ladder for tools. */
export async function offeringChat(ctx: Context, model: ChatModel | Role): Promise<BaseChatModel> {
  const { BaseChatModel } = await import("@langchain/core/language_models/chat_models");
  const { AIMessage } = await import("@langchain/core/messages");
  const { convertToOpenAITool } = await import("@langchain/core/utils/function_calling");

  class OfferingChat extends BaseChatModel {
    override _llmType() {
      return "troupe";
    }
    override bindTools(tools: any[]): any {
      return this.withConfig({ tools } as any);
    }
    override async _generate(messages: BaseMessage[], options: any) {
      const tools: ToolCard[] = (options.tools ?? []).map((tool: any) => {
        const { name, description = "", parameters = {} } = convertToOpenAITool(tool).function;
        return { name, description, parameters };
      });
      if (tools.length === 0) {
        const { text } = await ctx.generate({ model, prompt: messages });
        return { generations: [{ text, message: new AIMessage(text) }] };
      }
      // LangGraph passes over a call whose id was answered before, and some servers count theirs anew in each turn.
      const answered = new Set(messages.map((message) => (message as { tool_call_id?: string }).tool_call_id));
      const prompt: BaseMessageLike[] = [...messages];
      for (let attempt = 0; attempt <= again; attempt++) {
        const { text, calls } = await ctx.offer({ model, prompt, tools });
        const tool_calls = calls.flatMap(({ id, name, arguments: args }, i) =>
          args ? [{ id: answered.has(id) ? `${id}-${messages.length}-${i + 1}` : id, name, args, type: "tool_call" as const }] : [],
        );
        if (calls.length === 0 || tool_calls.length)
          return { generations: [{ text, message: new AIMessage({ content: text, tool_calls }) }] };
        const names = [...new Set(calls.map(({ name }) => name))].join(", ");
        prompt.push(["user", `The arguments of your call of ${names} could not be read: give them as one JSON object.`]);
      }
      throw new TroupeError("ANSWER_INVALID", `The model gave no call that can be read, asked ${again + 1} times`, {
        hint: "Take a model that calls tools well, or one whose card says that it has none, so that it is held to a call by its grammar.",
      });
    }
  }
  return new OfferingChat({});
}
