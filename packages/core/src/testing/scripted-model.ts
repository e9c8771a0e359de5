import type { BaseMessage } from "@langchain/core/messages";
import { TroupeError } from "../error/error.js";
import { optionInvalid, refuseUnknown } from "../error/option-invalid.js";
import type { ChatModel, ModelCard } from "../model/model.js";
import { isRecord, say } from "../schema/say.js";

/** What a scripted model says to one question: a text, calls of tools, or a failure. */
export type Said =
  | string
  | {
      readonly text?: string;
      /** Arguments that are a text are written as they stand, also where they are no JSON. */
      readonly calls?: readonly { readonly name: string; readonly args: object | string; readonly id?: string }[];
      /** Thrown in place of an answer. */
      readonly fails?: Error;
      /** As a model does that came to the bound of its tokens. */
      readonly cut?: true;
    };

export interface ScriptedModel extends ChatModel {
  /** The messages it was asked with, call by call. */
  readonly asked: readonly (readonly BaseMessage[])[];
  /** The tools it was offered, call by call, in OpenAI's form. */
  readonly offered: readonly (readonly unknown[])[];
}

/**
 * A chat model for tests: says what the script says, one entry a call, or what a function makes of the messages. Asked once more than the
 * script has entries, it throws `SCRIPT_ENDED`. Its answers stream word by word. By its card it takes tools, answers in text where a
 * schema is asked for, and runs on this machine; `card` says otherwise.
 *
 * @example
 * const writer = scriptedModel(['{"reply":"Try again"}']);
 * const { reply } = await compile(graph, { models: { default: writer } }).invoke({ ticket: "It crashes" });
 * writer.asked[0]!.at(-1)!.text; // the prompt
 */
export function scriptedModel(
  script: readonly Said[] | ((messages: readonly BaseMessage[]) => Said | Promise<Said>),
  card: Partial<ModelCard> & { readonly id?: string } = {},
): ScriptedModel {
  if (!Array.isArray(script) && typeof script !== "function")
    throw optionInvalid("scriptedModel", "script", `is ${say(script)}`, "Give a list of what it says, or a function of the messages.");
  if (typeof script !== "function") for (const [i, said] of script.entries()) checkSaid(said, `script.${i}`, "is");
  const { id = "scripted:model", ...rest } = card;
  const asked: (readonly BaseMessage[])[] = [];
  const offered: (readonly unknown[])[] = [];
  const next = (messages: readonly BaseMessage[], tools: readonly unknown[]): Said | Promise<Said> => {
    asked.push(messages);
    offered.push(tools);
    if (typeof script === "function") return script(messages);
    const said = script[asked.length - 1];
    if (said !== undefined) return said;
    const what = `${id} was asked ${asked.length} times, and its script has ${script.length} ${script.length === 1 ? "entry" : "entries"}`;
    throw new TroupeError("SCRIPT_ENDED", what, {
      hint: "Add what it says then, or see why it is asked so often: `asked` has the messages.",
    });
  };
  let loaded: Promise<Awaited<ReturnType<ChatModel["load"]>>> | undefined;
  const model: ScriptedModel = Object.freeze({
    id,
    card: Object.freeze({
      kind: "chat",
      context: 8192,
      modalities: ["text"],
      tools: true,
      structured: "none",
      local: true,
      ...rest,
    } as const),
    load: () => (loaded ??= speaking(next)),
    asked,
    offered,
  });
  scripted.add(model);
  return model;
}

function checkSaid(said: unknown, where: string, verb: string): void {
  if (typeof said === "string") return;
  if (!isRecord(said))
    throw optionInvalid("scriptedModel", where, `${verb} ${say(said)}`, "Let it say a text, { text, calls }, or { fails: error }.");
  refuseUnknown(`scriptedModel.${where}`, said, ["text", "calls", "fails", "cut"]);
  const { calls = [] } = said;
  if (!Array.isArray(calls)) throw optionInvalid("scriptedModel", `${where}.calls`, `is ${say(calls)}`, callsLike);
  for (const [i, call] of calls.entries()) {
    const at = `${where}.calls.${i}`;
    if (!isRecord(call)) throw optionInvalid("scriptedModel", at, `is ${say(call)}`, callsLike);
    refuseUnknown(`scriptedModel.${at}`, call, ["name", "args", "id"]);
    if (typeof call.name !== "string") throw optionInvalid("scriptedModel", `${at}.name`, `is ${say(call.name)}`, callsLike);
    if (typeof call.args !== "string" && !isRecord(call.args))
      throw optionInvalid("scriptedModel", `${at}.args`, `is ${say(call.args)}`, callsLike);
  }
}

const callsLike = 'Give calls as a list: [{ name: "weather", args: { city: "Bern" } }].';

const scripted = new WeakSet<object>();

/** Whether a model says what a script says. */
export const isScripted = (model: object): boolean => scripted.has(model);

/** LangChain's chat model that speaks so. */
async function speaking(next: (messages: readonly BaseMessage[], tools: readonly unknown[]) => Said | Promise<Said>) {
  const [{ FakeListChatModel }, { AIMessageChunk }, { ChatGenerationChunk }] = await Promise.all([
    import("@langchain/core/utils/testing"),
    import("@langchain/core/messages"),
    import("@langchain/core/outputs"),
  ]);
  class Speaking extends FakeListChatModel {
    override bindTools(tools: unknown): any {
      return this.withConfig({ tools } as object);
    }
    /** Whoever asks for the whole at once hears the same. */
    override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]) {
      const pieces = this._streamResponseChunks(messages, options);
      let whole = (await pieces.next()).value as InstanceType<typeof ChatGenerationChunk>;
      for await (const piece of pieces) whole = whole.concat(piece);
      return { generations: [whole] };
    }
    override async *_streamResponseChunks(
      messages: BaseMessage[],
      options: object,
      run?: { handleLLMNewToken(text: string): Promise<unknown> },
    ) {
      const said = await next(messages, (options as { tools?: readonly unknown[] }).tools ?? []);
      checkSaid(said, "script", "gives");
      const { text = "", calls = [], fails, cut } = typeof said === "string" ? { text: said } : said;
      if (fails) throw fails;
      for (const piece of text.match(/\S+\s*|\s+/g) ?? []) {
        yield new ChatGenerationChunk({ text: piece, message: new AIMessageChunk(piece) });
        await run?.handleLLMNewToken(piece);
      }
      const tool_call_chunks = calls.map(({ name, args, id }, index) => ({
        name,
        args: typeof args === "string" ? args : JSON.stringify(args),
        id: id ?? `call-${messages.length}-${index + 1}`,
        index,
        type: "tool_call_chunk" as const,
      }));
      const response_metadata = { finish_reason: cut ? "length" : "stop" };
      yield new ChatGenerationChunk({ text: "", message: new AIMessageChunk({ content: "", tool_call_chunks, response_metadata }) });
    }
  }
  return new Speaking({ responses: ["-"] });
}
