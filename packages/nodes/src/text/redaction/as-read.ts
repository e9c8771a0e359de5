import { even } from "../extraction/even.js";

/** From full-width signs to their ASCII kin. */
const width = 0xfee0;

/** A text with digits, marks, blanks and full-width letters as the forms of personal data are written, one character for one, so that places stay true. */
export const asRead = (text: string): string =>
  even(text)
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - width))
    .replaceAll("\u00a0", " ");
