/** A placeholder, also as models write it again: in small letters, with a blank or an escaped dash, in other brackets. */
const written = /[[(<{]\s?([A-Za-z]+)(?:\\?_|[ -])(\d+)\s?[\])>}]/g;

export const placeholder = (kind: string, number: number | string): string => `[${kind.toUpperCase()}_${number}]`;

/** The placeholders that stand in a text, however they are written. */
export const placeholdersIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(written)].map(([, kind = "", number = ""]) => placeholder(kind, number)));

/** A text with what each placeholder stands for; one that stands for nothing is left. */
export const filledIn = (text: string, vault: Readonly<Record<string, string>>): string =>
  text.replace(written, (whole, kind: string, number: string) => {
    const key = placeholder(kind, number);
    return (Object.hasOwn(vault, key) ? vault[key] : undefined) ?? whole;
  });
