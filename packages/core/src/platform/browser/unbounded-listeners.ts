/** A browser counts no listeners. */
export const unboundedListeners = (_signal: AbortSignal): void => {};
