import type { Model, ModelCard, Trust } from "@troupe/core";

/**
 * A frozen model whose card is read when it is looked at and whose `load` runs once for each key it may be loaded with; a load that failed
 * is tried again. `keyed` names the environment variable of the key, from what is trusted, where a model takes one.
 */
export function lazyModel<T>(
  id: string,
  card: () => ModelCard,
  load: (variable: string | undefined) => Promise<T>,
  keyed: (trust: Pick<Trust, "keys"> | undefined) => string | undefined = () => undefined,
): Model<T> {
  let known: ModelCard | undefined;
  const loading = new Map<string | undefined, Promise<T>>();
  return Object.freeze({
    id,
    get card() {
      known ??= Object.freeze(card());
      return known;
    },
    load(trust?: Pick<Trust, "keys">) {
      const variable = keyed(trust);
      const loaded =
        loading.get(variable) ??
        load(variable).catch((error) => {
          loading.delete(variable);
          throw error;
        });
      loading.set(variable, loaded);
      return loaded.then((value) => {
        // What was not known before, a context length say, is now.
        known = undefined;
        return value;
      });
    },
  });
}
