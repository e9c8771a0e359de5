/** Handles that were made in this process, and not read from JSON: whoever has one had the medium opened. */
const own = new WeakSet<object>();

/** Marks a handle as the program's own. */
export function ownMedia<M extends object>(medium: M): M {
  own.add(medium);
  return Object.freeze(medium);
}

/** Whether a value is a handle that was made in this process. It is frozen. */
export const isOwnMedia = (value: object): boolean => own.has(value);
