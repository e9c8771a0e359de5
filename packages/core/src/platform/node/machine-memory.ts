import { totalmem } from "node:os";

/** Bytes of memory that there is for this process: the machine's, or its container's where that is less. */
export const machineMemory = (): number | undefined => Math.min(totalmem(), process.constrainedMemory?.() || Number.POSITIVE_INFINITY);
