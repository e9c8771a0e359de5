import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TroupeError } from "@troupe/core";

/** Runs work while no other process on this machine does so for the same path. A lock whose holder died is taken over. Throws CACHE_UNWRITABLE. */
export async function locked<T>(path: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const unwritable = (cause: unknown) => {
    throw new TroupeError("CACHE_UNWRITABLE", `Troupe's cache cannot be written: ${(cause as Error).message}`, {
      file: dirname(path),
      hint: "Free the disk or make the directory writable, or set TROUPE_CACHE to another",
      cause,
    });
  };
  await mkdir(dirname(path), { recursive: true }).catch(unwritable);
  const { default: lockfile } = await import("proper-lockfile");
  for (;;) {
    signal?.throwIfAborted();
    // What is made is moved into place whole, so a lock that is lost while this process sleeps costs a second download at worst.
    const onCompromised = () => {};
    const release = await lockfile.lock(path, { realpath: false, stale: 15_000, update: 3_000, onCompromised }).catch((error) => {
      if (error?.code === "ELOCKED") return undefined;
      return unwritable(error);
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
