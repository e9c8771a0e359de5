import { setTimeout as sleep } from "node:timers/promises";
import { cacheUnwritable } from "./cache-folder.js";

/** Runs work while no other process on this machine does so for the same path, in a folder of the cache. A lock whose holder died is taken over. Throws CACHE_UNWRITABLE. */
export async function locked<T>(path: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const { default: lockfile } = await import("proper-lockfile");
  for (;;) {
    signal?.throwIfAborted();
    // What is made is moved into place whole, so a lock that is lost while this process sleeps costs a second download at worst.
    const onCompromised = () => {};
    const release = await lockfile.lock(path, { realpath: false, stale: 15_000, update: 3_000, onCompromised }).catch((error) => {
      if (error?.code === "ELOCKED") return undefined;
      throw cacheUnwritable(path, error);
    });
    if (release) {
      try {
        return await work();
      } finally {
        await release().catch(() => undefined);
      }
    }
    await sleep(150, undefined, signal ? { signal } : {});
  }
}
