import { type ChatModel, type MediaSource, media, type Role, type Specialist, specialist } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { modelOrRole } from "../model-or-role.js";
import { wholeText } from "../text/whole-text.js";
import { shown } from "./shown.js";

export interface CaptionOptions {
  /** Default: `caption`. */
  readonly name?: string;
  readonly does?: string;
  /** A chat model that takes images, or a role. One that takes images only, as `onnx:` captioners do, is sent the image alone. Default: the role `vision`. */
  readonly model?: ChatModel | Role;
}

/**
 * Says in one sentence what an image shows. The image is sent upright, and scaled to what the model sees.
 *
 * Throws MODALITY_UNSUPPORTED for a model that takes no images, IMAGE_UNREADABLE, LIMIT_CROSSED, ANSWER_CUT, ANSWER_INVALID, OPTION_INVALID, and
 * PACKAGE_MISSING where sharp is not installed.
 * @example
 * const describe = caption({ model: model("ollama:llava") });
 * const inHere = caption({ model: model("onnx:blip-image-captioning-base") }); // BLIP, in this process
 */
export function caption(options: CaptionOptions = {}): Specialist<{ image: MediaSource<"image"> }, { caption: string }> {
  checkOptions("caption", options, {
    name: z.string().optional(),
    does: z.string().optional(),
    model: modelOrRole.optional(),
  });
  const { name = "caption", does = "Says in one sentence what an image shows", model = "vision" } = options;
  return specialist({
    name,
    does,
    model,
    needs: ["image"],
    input: z.object({ image: media.image() }),
    output: z.object({ caption: z.string().describe("What the image shows, in one sentence") }),
    run: async ({ image }, ctx) => {
      const text = "Say in one sentence what this image shows, and nothing else.";
      const prompt = await shown({ images: [image], text, plain: true, model }, ctx);
      return { caption: await wholeText(prompt, { model, maxTokens: 120, temperature: 0 }, ctx) };
    },
  });
}
