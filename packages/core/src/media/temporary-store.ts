import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type BytesStore, bytesStore } from "./bytes-store.js";

const prefix = "troupe-media-";

/** Whether a file lies in such a store, and so goes with the process that keeps it. */
export const isTemporary = (path: string): boolean => dirname(dirname(path)) === tmpdir() && basename(dirname(path)).startsWith(prefix);

/** A store in a folder for temporary files, made when it is first written to; it goes when it is cleared, or with the process. */
export function temporaryStore(): BytesStore & { clear(): Promise<void> } {
  let opened: Promise<{ folder: string; store: BytesStore; leave: () => void }> | undefined;
  const open = async () => {
    const folder = await mkdtemp(join(tmpdir(), prefix));
    const leave = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", leave);
    return { folder, store: bytesStore(folder), leave };
  };
  return {
    store: async (...given) => (await (opened ??= open())).store.store(...given),
    find: async (...given) => (await opened)?.store.find(...given),
    async clear() {
      const done = await opened;
      opened = undefined;
      if (!done) return;
      process.off("exit", done.leave);
      await rm(done.folder, { recursive: true, force: true });
    },
  };
}
