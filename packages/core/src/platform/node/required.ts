import { createRequire } from "node:module";

/** A package loaded at once, for a method that has to answer at once; `wanted` is what a browser's refusal says of it. */
export const required = <T>(name: string, _wanted: string): T => createRequire(import.meta.url)(name);
