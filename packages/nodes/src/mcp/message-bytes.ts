import type { Limits } from "@troupe/core";

/** The most bytes of one message: a medium of the bytes that are allowed, in base64, and the JSON beside it. */
export const messageBytes = ({ mediaBytes, jsonSize }: Limits): number => Math.ceil((mediaBytes * 4) / 3) + jsonSize;
