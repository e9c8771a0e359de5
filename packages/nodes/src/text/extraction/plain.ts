/** Letters that no accent makes of others. */
const kin: Readonly<Record<string, string>> = { ß: "ss", ł: "l", ø: "o", đ: "d", ı: "i", æ: "ae", œ: "oe", ς: "σ" };
const foreign = new RegExp(`[${Object.keys(kin).join("")}]`, "g");

const ascii = /^[\0-\x7f]*$/;

/** Letters and digits only, lower case, without accents. */
export const plain = (text: string) => (ascii.test(text) ? text.toLowerCase() : bare(text)).replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();

const bare = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(foreign, (letter) => kin[letter] ?? letter);
