import type { Entry } from "../journal/journal.js";

/** What a listener hears: every journalled record as it is written, and more. Deltas and progress are never journalled. */
export type TroupeEvent =
  | Entry
  | { readonly kind: "token"; readonly at: string; readonly time: number; readonly text: string; readonly model: string }
  | { readonly kind: "progress"; readonly at: string; readonly time: number; readonly message: string; readonly part?: number };
