import type { Model } from "@troupe/core";

/** A model whose server hands on what it is sent, though it is on this machine: its card says that it is elsewhere. */
export const declaredElsewhere = <M extends Model>(made: M): M =>
  Object.freeze({
    id: made.id,
    load: made.load,
    get card() {
      return Object.freeze({ ...made.card, local: false });
    },
  }) as M;
