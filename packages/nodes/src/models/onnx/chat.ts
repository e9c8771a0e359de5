import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { TroupeError } from "@troupe/core";
import type { Captioned, Captioner } from "./captioner.js";
import type { CaptionerFile } from "./captioner-file.js";
import type { Decoding } from "./decoding/decoding.js";
import { imagesIn } from "./images-in.js";
import { pixelsOf } from "./pixels.js";
import { type Together, together } from "./together.js";

export interface OnnxCallOptions extends BaseChatModelCallOptions, Partial<Decoding> {
  /** What the caption begins with: `a photograph of`. */
  begin?: string;
  maxTokens?: number;
}

/** Images that are looked at together: the decoder's weights are read once for all of them. */
const atOnce = 4;

/**
 * LangChain chat over a captioner in this process: of a message with an image, the answer is its caption. Calls that come while others
 * are answered are answered together.
 */
export class OnnxCaptioner extends BaseChatModel<OnnxCallOptions> {
  private readonly caption: Together<{ pixels: Float32Array; begin: readonly number[]; decoding: Decoding }, Captioned>;

  constructor(
    private readonly load: () => Promise<Captioner>,
    private readonly model: string,
    private readonly beams: number,
  ) {
    super({});
    this.caption = together(atOnce, async (asked, signal) => {
      const [{ begin, decoding }] = asked as [(typeof asked)[number]];
      const captioner = await load();
      return captioner.caption(
        asked.map(({ pixels }) => pixels),
        begin,
        decoding,
        signal,
      );
    });
  }

  override _llmType(): string {
    return "onnx";
  }

  override async getNumTokens(content: Parameters<BaseChatModel["getNumTokens"]>[0]): Promise<number> {
    const { words, file } = await this.load();
    return typeof content === "string" ? words.encode(content).length : file.parts;
  }

  /** Frees the model's memory, of all models of this name. The next call loads it anew. */
  async dispose(): Promise<void> {
    await (await this.load()).dispose();
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const { file, words } = await this.load();
    const [image, ...others] = imagesIn(messages, `onnx:${this.model}`);
    if (!image || others.length > 0)
      throw new TroupeError(
        "MODALITY_UNSUPPORTED",
        `onnx:${this.model} takes one image at a time, not ${others.length + (image ? 1 : 0)}`,
        {
          hint: "Ask once for each; what is asked at the same time is looked at together",
        },
      );
    const begin = words.encode(options.begin ?? "");
    const decoding = this.decodingFor(options, file, begin.length + 1);
    const pixels = await pixelsOf(image, file.side, options.signal).catch((cause) => {
      if (options.signal?.aborted) throw options.signal.reason;
      throw new TroupeError("IMAGE_UNREADABLE", `An image cannot be read: ${(cause as Error).message.trim()}`, {
        hint: "Give a whole PNG, JPEG, WebP, GIF, AVIF or TIFF file of one picture.",
        cause,
      });
    });
    const { text, ids, ended } = await this.caption({ pixels, begin, decoding }, JSON.stringify([begin, decoding]), options.signal);
    const input = file.parts + begin.length + 1;
    const output = ids.length - begin.length - 1;
    const usage = { input_tokens: input, output_tokens: output, total_tokens: input + output };
    const about = { model_provider: "onnx", model_name: this.model, finish_reason: ended ? "stop" : "length" };
    const message = new AIMessage<any>({ content: text, usage_metadata: usage, response_metadata: about });
    return { generations: [{ text, message }], llmOutput: { tokenUsage: usage } };
  }

  private decodingFor(options: OnnxCallOptions, { longest, positions }: CaptionerFile, begun: number): Decoding {
    const { beams = this.beams, minLength = 0, lengthPenalty = 1, repetitionPenalty = 1, maxTokens } = options;
    const asked = options.maxLength ?? (maxTokens === undefined ? longest : begun + maxTokens);
    const maxLength = Math.min(asked, positions);
    return { beams, minLength, lengthPenalty, repetitionPenalty, maxLength };
  }
}
