import { resolve } from "node:path";

/** A path made absolute; a relative one starts at the working directory. */
export const absolutePath = (path: string): string => resolve(path);
