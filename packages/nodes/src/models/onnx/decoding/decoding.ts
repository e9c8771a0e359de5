/** How captions are decoded; names and meanings are those of `generate` in Hugging Face's transformers. */
export interface Decoding {
  /** Captions that are weighed against one another; 1 is greedy. */
  readonly beams: number;
  /** Ids of a caption, with those it begins with, at the most. */
  readonly maxLength: number;
  /** Ids before which it does not end. */
  readonly minLength: number;
  /** The power of its length that a finished caption's log probability is divided by: above 0, longer ones win. */
  readonly lengthPenalty: number;
  /** What makes an id that was there less likely, where it is above 1 (Keskar et al. 2019). */
  readonly repetitionPenalty: number;
}

/** The ids that end a caption and that stand after its end. */
export interface Marks {
  readonly end: number;
  readonly pad: number;
}

/** A decoder that remembers what each row saw. */
export interface Decoder {
  /** The logits of what comes after each row. A row goes on from that of the last step which `order` names, with new ids. */
  next(ids: readonly (readonly number[])[], order: readonly number[]): Promise<readonly Float32Array[]>;
}
