import type { ChatModel, Context, GenerateRequest, Media, Role } from "@troupe/core";
import { needs } from "../peer.js";
import { type SentImage, sentImage } from "./sent-image.js";

/**
 * Pixels of an image's longer side that a model is sent where its card does not tell how much it sees: hosted ones scale what is larger
 * to 1,568 or less, open ones see 336 to 1,540.
 */
const usual = 1568;

export interface Shown {
  readonly images: readonly Media<"image">[];
  /** What is asked about them. */
  readonly text: string;
  /** A model that takes images only need not be told: what it does is what is asked. */
  readonly plain?: true;
  readonly model: ChatModel | Role;
}

/**
 * A prompt that shows a model images, each scaled to what the model sees, and asks something. Scaling is told as progress, and in the
 * ledger.
 *
 * Throws PACKAGE_MISSING, IMAGE_UNREADABLE, LIMIT_CROSSED, and what `load` throws.
 */
export async function shown({ images, text, plain, model: wanted }: Shown, ctx: Context): Promise<GenerateRequest["prompt"]> {
  needs("sharp");
  // Where none is bound, or it may not be asked, whoever asks it says so.
  const model = typeof wanted === "string" ? ctx.model(wanted) : wanted;
  // How much it sees, some models tell once they are loaded.
  if (model?.card.kind === "chat") await model.load(ctx.trust);
  const sent: SentImage[] = [];
  for (const image of images) {
    ctx.signal.throwIfAborted();
    const { imageSide: side = usual, local = false } = model?.card ?? {};
    sent.push(await sentImage(image, { side, lossless: local, limits: ctx.limits }));
  }
  const notes = sent.flatMap((image, i) => notesOn(image, sent.length > 1 ? ` ${i + 1}` : ""));
  for (const note of notes) ctx.progress(note);
  ctx.worked([model?.id ?? String(wanted), ...notes].join(", "));
  const parts = sent.map(({ url }) => ({ type: "image_url", image_url: { url } }));
  const told = plain && model?.card.modalities.includes("text") === false ? [] : [{ type: "text", text }];
  return [["user", [...parts, ...told]]];
}

function notesOn({ width, height, of, frames }: SentImage, number: string): string[] {
  const scaled =
    width === of.width && height === of.height ? [] : [`image${number} scaled from ${of.width}x${of.height} to ${width}x${height}`];
  return frames > 1 ? [...scaled, `image${number} is the first of ${frames} frames`] : scaled;
}
