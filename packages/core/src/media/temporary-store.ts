import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type BytesStore, bytesStore } from "./bytes-store.js";
import { goneWithProcess } from "./gone-with-process.js";

const prefix = "troupe-media-";

/** Whether a file lies in such a store, and so goes with the process that keeps it. */
export const isTemporary = (path: string): boolean => dirname(dirname(path)) === tmpdir() && basename(dirname(path)).startsWith(prefix);

/** A store in a folder for temporary files, made when it is first written to; it goes when it is cleared, or with the process. */
export function temporaryStore(): BytesStore & { clear(): Promise<void> } {
  let opened: Promise<{ folder: string; store: BytesStore; stays: () => void }> | undefined;
  const open = async () => {
    const folder = await mkdtemp(join(tmpdir(), prefix));
    return { folder, store: bytesStore(folder), stays: goneWithProcess(folder) };
  };
  return {
    store: async (...given) => (await (opened ??= open())).store.store(...given),
    find: async (...given) => (await opened)?.store.find(...given),
    async clear() {
      const done = await opened;
      opened = undefined;
      if (!done) return;
      await rm(done.folder, { recursive: true, force: true });
      done.stays();
    },
  };
}
