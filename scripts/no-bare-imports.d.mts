import type { Options } from "tsup";

export const noBareImports: NonNullable<Options["plugins"]>[number];
