import { nodeOnly } from "../platform/browser/node-only.js";
import type { BytesStore } from "./bytes-store.js";

/** A browser has no files, and so far no media: nothing is kept. @throws TroupeError `NODE_ONLY` */
export function temporaryStore(): BytesStore & { clear(): Promise<void> } {
  return {
    store: async () => {
      throw nodeOnly("The bytes of media are kept");
    },
    find: async () => undefined,
    clear: async () => {},
  };
}
