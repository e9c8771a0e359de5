import { unlessAborted } from "../model/unless-aborted.js";
import { promised, type Soon } from "../schema/after.js";

/** What a run waits for before anything of it can be stopped: as soon as nobody wants it any more, its signal's reason. */
export function whileWanted<T>(work: Soon<T>, signal: AbortSignal | undefined): Soon<T> {
  const later = signal && promised(work);
  return later ? unlessAborted(later, signal) : work;
}
