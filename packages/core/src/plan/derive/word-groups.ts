import { lazily } from "../lazily.js";

/** Which group of words a word is in, by its first word; `*` stands for any ending, of which the longest beginning says most. */
export function wordGroups(groups: readonly string[]): (word: string) => string | undefined {
  const table = lazily(() => {
    const exact = new Map<string, string>();
    const beginnings = new Map<string, string>();
    for (const group of groups) {
      const words = group.split(" ");
      const [first = ""] = words;
      const name = first.replace("*", "");
      for (const word of words) {
        const beginning = word.slice(0, -1);
        if (!word.endsWith("*")) exact.set(word, name);
        else if (!beginnings.has(beginning)) beginnings.set(beginning, name);
      }
    }
    return { exact, beginnings, longest: Math.max(0, ...[...beginnings.keys()].map(({ length }) => length)) };
  });
  return (said) => {
    const { exact, beginnings, longest } = table();
    const found = exact.get(said) ?? exact.get(said.replace(/(?:e?s|en|n)$/, ""));
    for (let n = Math.min(longest, said.length); found === undefined && n > 0; n--) {
      const group = beginnings.get(said.slice(0, n));
      if (group !== undefined) return group;
    }
    return found;
  };
}
