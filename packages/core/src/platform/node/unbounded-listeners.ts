import { setMaxListeners } from "node:events";

/** Lets any number listen to a signal: Node warns of a leak where more than ten do. One of another library's making counts nobody. */
export const unboundedListeners = (signal: AbortSignal): void => {
  if (signal instanceof EventTarget) setMaxListeners(0, signal);
};
