import type { Entry } from "../journal/journal.js";

/** What a listener hears: every journalled record as it is written, and more. Deltas, progress and what comes late are never journalled. */
export type TroupeEvent =
  | Entry
  | {
      readonly kind: "token";
      readonly at: string;
      readonly time: number;
      readonly text: string;
      readonly model: string;
      readonly attempt: number;
      /** Which of the models' answers to this attempt it is a piece of, from 1: one that is asked for again has a number of its own. */
      readonly answer: number;
    }
  | { readonly kind: "progress"; readonly at: string; readonly time: number; readonly message: string; readonly part?: number }
  /** An attempt that was stopped answered all the same, which is dropped: it may have worked beside the next one. */
  | { readonly kind: "late"; readonly at: string; readonly time: number; readonly attempt: number };
