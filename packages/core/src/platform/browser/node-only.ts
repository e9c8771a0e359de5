import { TroupeError } from "../../error/error.js";

/** What a browser has not: files, threads, packages loaded at once. */
export const nodeOnly = (what: string): TroupeError =>
  new TroupeError("NODE_ONLY", `${what} only in Node, and this is a browser`, {
    hint: "Run this part in Node, and hand the page what it gives.",
  });
