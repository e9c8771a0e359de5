import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BytesStore, bytesStore } from "./bytes-store.js";

/** A store in a folder for temporary files, made when it is first written to; it goes when it is cleared, or with the process. */
export function temporaryStore(): BytesStore & { clear(): Promise<void> } {
  let opened: Promise<{ folder: string; store: BytesStore; leave: () => void }> | undefined;
  const open = async () => {
    const folder = await mkdtemp(join(tmpdir(), "troupe-media-"));
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
