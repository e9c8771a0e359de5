import { matrix, vector } from "./matrix.fixture.js";
import { slots, width } from "./slots.fixture.js";
import { writeGguf } from "./write-gguf.fixture.js";

const words = ["red", "green", "blue", "dark"];
const [unknown, begin, end] = [0, 1, 2];
const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
/** Special tokens, bytes, and each word with a blank before it and without. Whatever is asked is read byte by byte. */
const vocabulary = ["<unk>", "<s>", "</s>", ...bytes, "▁", ...words.map((word) => `▁${word}`), ...words];
const tokenOf = (text: string) => vocabulary.indexOf(text);
const byteOf = (char: string) => tokenOf(bytes[char.charCodeAt(0)]!);

const heads = 2;
const head = width / heads;
/** Of a head's dimensions the last ones hardly turn with a token's place; the pair from 6 on turns by a thousandth a token. */
const base = 1e8;
const still = 14;
const turning = 6;
/** Each of the two factors of an attention score of 30. */
const strong = Math.sqrt(30 * Math.sqrt(head));
/** What a full share of a colour is worth, the share from which it is said, and what a word is worth that was said. */
const gain = 100;
const least = 0.15;
const never = 1000;

/**
 * The language model of a tiny LLaVA, with weights set by hand. One head looks at the patches of all images, the earlier ones a little
 * more; the other at the words that it said itself. So it says the colours of the images, those of earlier images first, each once, or `dark` where there
 * is none, and ends.
 */
export async function writeVoice(path: string): Promise<void> {
  const anchored = (weight: number) => weight / slots.anchored;
  const embeddings = matrix(width, vocabulary.length, [
    ...vocabulary.map((_, token) => [token, slots.anchor, slots.anchored] as const),
    ...words.flatMap((word, i) => [tokenOf(`▁${word}`), tokenOf(word)].map((token) => [token, slots.word[i]!, 1] as const)),
  ]);
  const bias = (token: number, weight: number) => [token, slots.anchor, anchored(weight)] as const;
  const voiced = words.flatMap((word, i) =>
    [tokenOf(`▁${word}`), tokenOf(word)].flatMap((token, alone) => [
      // Between equals the order is red, green, blue, and with a blank before it.
      bias(token, (word === "dark" ? gain * least + 0.5 : 0.3 - 0.1 * i) - 0.05 * alone),
      ...(word === "dark"
        ? slots.said.map((said) => [token, said, -never] as const)
        : ([
            [token, slots.shown[i]!, gain],
            [token, slots.said[i]!, -never],
          ] as const)),
    ]),
  );
  // Where a grammar asks for more than words: it ends texts and objects soon, and a number is 1.
  const ready: Readonly<Record<string, number>> = { '"': -39, "}": -40, "1": -45 };
  const letters = bytes.map((byte, code) => bias(tokenOf(byte), ready[String.fromCharCode(code)] ?? -50));
  const blanks = [" ", "\n", "\t"].map((blank) => bias(byteOf(blank), -60));
  const output = matrix(width, vocabulary.length, [
    bias(unknown, -100),
    bias(begin, -100),
    bias(end, gain * least),
    ...letters,
    bias(tokenOf("▁"), -60),
    ...blanks,
    ...voiced,
  ]);
  const norm = vector(width, {}, slots.anchored / Math.sqrt(width));
  await writeGguf(
    path,
    {
      "general.architecture": "llama",
      "general.name": "tiny-voice",
      "llama.context_length": { u32: 4096 },
      "llama.embedding_length": { u32: width },
      "llama.block_count": { u32: 1 },
      "llama.feed_forward_length": { u32: width },
      "llama.attention.head_count": { u32: heads },
      "llama.attention.head_count_kv": { u32: heads },
      "llama.attention.layer_norm_rms_epsilon": { f32: 1e-5 },
      "llama.rope.dimension_count": { u32: head },
      "llama.rope.freq_base": { f32: base },
      "llama.vocab_size": { u32: vocabulary.length },
      "tokenizer.ggml.model": "llama",
      "tokenizer.ggml.tokens": { texts: vocabulary },
      "tokenizer.ggml.scores": { f32: vocabulary.map((_, token) => -token) },
      "tokenizer.ggml.token_type": {
        i32: vocabulary.map((text, token) => (token === unknown ? 2 : token <= end ? 3 : bytes.includes(text) ? 6 : 1)),
      },
      "tokenizer.ggml.bos_token_id": { u32: begin },
      "tokenizer.ggml.eos_token_id": { u32: end },
      "tokenizer.ggml.unknown_token_id": { u32: unknown },
      "tokenizer.ggml.add_bos_token": true,
    },
    {
      "token_embd.weight": embeddings,
      "blk.0.attn_norm.weight": norm,
      "blk.0.attn_q.weight": matrix(width, width, [
        [still, slots.anchor, anchored(strong)],
        [turning + 1, slots.anchor, anchored(-strong)],
        [head + still, slots.anchor, anchored(strong)],
      ]),
      "blk.0.attn_k.weight": matrix(width, width, [
        [still, slots.image, strong],
        [turning, slots.image, strong],
        ...slots.word.map((word) => [head + still, word, strong] as const),
      ]),
      "blk.0.attn_v.weight": matrix(width, width, [
        ...slots.seen.map((seen, i) => [i, seen, 1] as const),
        ...slots.word.map((word, i) => [head + i, word, 1] as const),
      ]),
      "blk.0.attn_output.weight": matrix(width, width, [
        ...slots.shown.map((shown, i) => [shown, i, 1] as const),
        ...slots.said.map((said, i) => [said, head + i, 1] as const),
      ]),
      "blk.0.ffn_norm.weight": norm,
      "blk.0.ffn_gate.weight": matrix(width, width),
      "blk.0.ffn_up.weight": matrix(width, width),
      "blk.0.ffn_down.weight": matrix(width, width),
      "output_norm.weight": norm,
      "output.weight": output,
    },
  );
}
