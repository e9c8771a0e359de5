import { setMaxListeners } from "node:events";

/** Lets any number listen to a signal: Node warns of a leak where more than ten do. */
export const unboundedListeners = (signal: AbortSignal): void => setMaxListeners(0, signal);
