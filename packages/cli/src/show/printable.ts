import { stripVTControlCharacters } from "node:util";

const control = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const ascii = /^[ -~]*$/;
const combining = /\p{M}/u;

/** Text that cannot move the cursor or paint the screen, whoever wrote it: escapes dropped, breaks and indents made a space. Linear. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text.replace(/[\u0080-\u009f]/g, inSevenBits))
    .replace(/\s+/g, (blank) => (/[\r\n\t\u2028\u2029]/.test(blank) ? " " : blank))
    .replace(control, "");

/** An eight-bit control as the escape of two characters that means the same. */
const inSevenBits = (character: string): string => `\u001b${String.fromCharCode(character.charCodeAt(0) - 0x40)}`;

/** Columns a printable text takes on a terminal. */
export const widthOf = (text: string): number => {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
};

/** A printable text cut to a width, with `…` where something was cut: at its end, or at its beginning. */
export function fit(text: string, width: number, keep: "start" | "end" = "start"): string {
  if (width <= 0) return "";
  if (widthOf(text) <= width) return text;
  const characters = [...text];
  if (keep === "end") characters.reverse();
  const kept: string[] = [];
  let taken = 1;
  for (const character of characters) {
    taken += widthOf(character);
    if (taken > width) break;
    kept.push(character);
  }
  return keep === "end" ? `…${kept.reverse().join("")}` : `${kept.join("")}…`;
}
