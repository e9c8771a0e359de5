// A mark of byte order at the beginning is a character of the text, as it is where it is kept.
const exact = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of some bytes. @throws TypeError where they are none */
export const exactText = (bytes: Uint8Array): string => exact.decode(bytes);

/** The text of some bytes, whatever they are, to be shown. */
export const shownText = (bytes: Uint8Array): string => lenient.decode(bytes);
