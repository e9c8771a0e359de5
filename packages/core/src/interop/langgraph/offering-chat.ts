import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import type { ChatModel, Role } from "../../model/model.js";
import type { ToolCard } from "../../model/tool-call.js";
import type { Context } from "../../specialist/context.js";

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
      const { text, calls } = tools.length
        ? await ctx.offer({ model, prompt: messages, tools })
        : { text: (await ctx.generate({ model, prompt: messages })).text, calls: [] };
      const unread = calls.flatMap(({ name, arguments: args }) => (args ? [] : [`The arguments of ${name} could not be read.`]));
      const message = new AIMessage({
        content: [text, ...unread].filter(Boolean).join("\n"),
        tool_calls: calls.flatMap(({ id, name, arguments: args }) => (args ? [{ id, name, args, type: "tool_call" as const }] : [])),
      });
      return { generations: [{ text, message }] };
    }
  }
  return new OfferingChat({});
}
