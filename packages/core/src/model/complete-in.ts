import { writtenIn } from "./written-in.js";

/** The objects and lists of a text that parse as JSON and stand in no other, likeliest first. */
export const completeIn = (text: string): string[] => writtenIn(text).flatMap(({ text, whole }) => (whole ? [text] : []));
