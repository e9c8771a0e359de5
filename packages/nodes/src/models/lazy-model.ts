import type { Model, ModelCard } from "@troupe/core";

/** A frozen model whose card is read when it is looked at and whose `load` runs once; a load that failed is tried again. */
export function lazyModel<T>(id: string, card: () => ModelCard, load: () => Promise<T>): Model<T> {
  let known: ModelCard | undefined;
  let loading: Promise<T> | undefined;
  return Object.freeze({
    id,
    get card() {
      known ??= Object.freeze(card());
      return known;
    },
    load() {
      loading ??= load().catch((error) => {
        loading = undefined;
        throw error;
      });
      return loading.then((value) => {
        // What was not known before, a context length say, is now.
        known = undefined;
        return value;
      });
    },
  });
}
