import { matrix, vector } from "./matrix.fixture.js";
import { width as modelWidth, slots } from "./slots.fixture.js";
import { type Tensor, writeGguf } from "./write-gguf.fixture.js";

/** Pixels of the side of what it sees, and of a patch: 16 patches to an image. */
const side = 336;
const patch = 84;
const patches = (side / patch) ** 2;
/** CLIP's own, as those of LLaVA's projectors. */
const mean = [0.48145466, 0.4578275, 0.40821073];
const deviation = [0.26862954, 0.26130258, 0.27577711];

const width = 32;
const hidden = 32;
/** Two constants that the first norm measures by, so that it changes nothing else. */
const anchor = 32;
const scale = anchor * Math.sqrt(2 / width);
/** A patch has a colour from this brightness of it on, so that the grey by which LLaVA pads to a square has none. */
const floor = 0.6;
const steep = 40;

/**
 * The vision tower and projector of a tiny LLaVA, with weights set by hand: the same tensors as CLIP's, of which a patch's mean red, green
 * and blue come out; the projector's two layers make of them how far each is above `floor`, from 0 to 1.
 */
export async function writeEyes(path: string): Promise<void> {
  const kernel = new Float32Array(patch * patch * 3 * width);
  const area = patch * patch;
  for (let colour = 0; colour < 3; colour++) {
    kernel.fill(deviation[colour]! / area, (colour * 3 + colour) * area, (colour * 3 + colour + 1) * area);
    // Each has its opposite beside it, for the norm takes the mean away.
    kernel.fill(-deviation[colour]! / area, ((colour + 5) * 3 + colour) * area, ((colour + 5) * 3 + colour + 1) * area);
  }
  const [r, g, b] = mean as [number, number, number];
  const block = (i: number): Record<string, Tensor> => ({
    ...Object.fromEntries(["q", "k", "v", "out"].map((name) => [`v.blk.${i}.attn_${name}.weight`, matrix(width, width)])),
    ...Object.fromEntries(["q", "k", "v", "out"].map((name) => [`v.blk.${i}.attn_${name}.bias`, vector(width)])),
    ...Object.fromEntries(["ln1", "ln2"].map((name) => [`v.blk.${i}.${name}.weight`, vector(width, {}, 1)])),
    ...Object.fromEntries(["ln1", "ln2"].map((name) => [`v.blk.${i}.${name}.bias`, vector(width)])),
    [`v.blk.${i}.ffn_down.weight`]: matrix(width, hidden),
    [`v.blk.${i}.ffn_down.bias`]: vector(hidden),
    [`v.blk.${i}.ffn_up.weight`]: matrix(hidden, width),
    [`v.blk.${i}.ffn_up.bias`]: vector(width),
  });
  const colours = [0, 1, 2];
  await writeGguf(
    path,
    {
      "general.architecture": "clip",
      "general.name": "tiny-eyes",
      "clip.has_text_encoder": false,
      "clip.has_vision_encoder": true,
      "clip.has_llava_projector": true,
      "clip.projector_type": "mlp",
      "clip.use_gelu": true,
      "clip.vision.image_size": { u32: side },
      "clip.vision.patch_size": { u32: patch },
      "clip.vision.embedding_length": { u32: width },
      "clip.vision.feed_forward_length": { u32: hidden },
      "clip.vision.projection_dim": { u32: width },
      "clip.vision.attention.head_count": { u32: 2 },
      "clip.vision.attention.layer_norm_epsilon": { f32: 1e-5 },
      // LLaVA's features are those before the last block: one of the two is passed.
      "clip.vision.block_count": { u32: 2 },
      "clip.vision.image_mean": { f32: mean },
      "clip.vision.image_std": { f32: deviation },
    },
    {
      "v.class_embd": vector(width, { 3: anchor, 4: -anchor }),
      "v.patch_embd.weight": { shape: [patch, patch, 3, width], data: kernel },
      "v.patch_embd.bias": vector(width, { 0: r, 1: g, 2: b, 3: anchor, 4: -anchor, 5: -r, 6: -g, 7: -b }),
      "v.position_embd.weight": matrix(width, patches + 1),
      "v.pre_ln.weight": vector(width, {}, scale),
      "v.pre_ln.bias": vector(width),
      ...block(0),
      ...block(1),
      "mm.0.weight": matrix(
        width,
        hidden,
        colours.map((colour) => [colour, colour, steep]),
      ),
      "mm.0.bias": vector(hidden, { 0: -steep * floor, 1: -steep * floor, 2: -steep * floor }),
      "mm.2.weight": matrix(
        hidden,
        modelWidth,
        colours.map((colour) => [slots.seen[colour]!, colour, 1 / (steep * (1 - floor))]),
      ),
      "mm.2.bias": vector(modelWidth, { [slots.anchor]: slots.anchored, [slots.image]: 1 }),
    },
  );
}
