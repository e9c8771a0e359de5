import { nodeOnly } from "./node-only.js";

/** A browser loads nothing at once. @throws TroupeError `NODE_ONLY` */
export const required = <T>(_name: string, wanted: string): T => {
  throw nodeOnly(wanted);
};
