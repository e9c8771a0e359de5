import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import { z } from "zod";
import { asModel, type ChatModel } from "../model/model.js";
import { mark } from "../schema/mark.js";
import { specialist } from "../specialist/specialist.js";

/** A model that says back what it was told, and keeps all of it. */
class Heard extends BaseChatModel {
  readonly heard: string[] = [];
  constructor() {
    super({});
  }
  _llmType(): string {
    return "heard";
  }
  async _generate(messages: BaseMessage[]) {
    const text = messages.map(({ text }) => text).join("\n");
    this.heard.push(text);
    return { generations: [{ text, message: new AIMessage(JSON.stringify({ out: text })) }] };
  }
}

export function chatAt(local: boolean): { readonly heard: string[]; readonly model: ChatModel } {
  const chat = new Heard();
  return { heard: chat.heard, model: asModel(chat, local ? "test:here" : "test:cloud", { local, structured: "none" }) };
}

const text = z.object({ text: z.string() });
const out = z.object({ out: z.string() });

/** A prompt for a model, or for the one of a role. */
export const asks = (model: ChatModel | string, name = "asks") =>
  specialist({ name, does: "Writes about a text", input: text, output: out, model, prompt: ({ text }) => text });

/** Code that hands a text on. */
export const copies = specialist({
  name: "copies",
  does: "Copies a text",
  input: text,
  output: out,
  run: ({ text }) => ({ out: text }),
});

/** Code whose author says that nothing private is left. */
export const cleans = specialist({
  name: "cleans",
  does: "Takes out what is private",
  input: text,
  output: z.object({ out: mark.public(z.string()) }),
  run: () => ({ out: "clean" }),
});

/** An effect that goes only where what is trusted says. */
export const sends = (sent: object[] = []) =>
  specialist({
    name: "sends",
    does: "Sends a message to an address",
    input: z.object({ to: mark.trusted(z.string()), body: z.string() }),
    output: z.object({ sent: z.boolean() }),
    effects: true,
    run: (message) => {
      sent.push(message);
      return { sent: true };
    },
  });
