import { troubleIn } from "./trouble.js";
import { unlessAborted } from "./unless-aborted.js";

/** How often what may pass is tried again. */
const again = 2;
/** Milliseconds before the first new try where the server says none; each later one waits twice as long, give or take a half. */
const firstWait = 500;
/** No call waits longer than this for its server. */
const longestWait = 60_000;

/**
 * Does something that asks a server, and does it again where the failure may pass: after the time that the server tells, or a little. What
 * would have to wait longer than a minute, or fails for the third time, is thrown.
 * @example
 * const vectors = await persist(() => loaded.embedDocuments(texts), signal);
 */
export async function persist<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failed = 0; ; failed++) {
    try {
      return await ask();
    } catch (error) {
      const trouble = signal.aborted ? undefined : troubleIn(error);
      if (trouble?.kind !== "busy" || failed === again) throw error;
      const wait = trouble.after ?? firstWait * 2 ** failed * (0.5 + Math.random());
      if (wait > longestWait) throw error;
      await pause(wait, signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await unlessAborted(new Promise<void>((done) => (timer = setTimeout(done, ms))), signal);
  } finally {
    clearTimeout(timer);
  }
}
