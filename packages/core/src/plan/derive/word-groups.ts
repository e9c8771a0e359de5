import { lazily } from "../lazily.js";

/** Which group of words a word is in, by its first word; `*` stands for any ending, of which the longest beginning says most. */
export function wordGroups(groups: readonly string[]): (word: string) => string | undefined {
  const table = lazily(() => {
    const exact = new Map<string, string>();
    const prefixes: [string, string][] = [];
    for (const group of groups) {
      const words = group.split(" ");
      const name = words[0]!.replace("*", "");
      for (const word of words) {
        if (word.endsWith("*")) prefixes.push([word.slice(0, -1), name]);
        else exact.set(word, name);
      }
    }
    prefixes.sort(([a], [b]) => b.length - a.length);
    return { exact, prefixes };
  });
  return (said) => {
    const { exact, prefixes } = table();
    return exact.get(said) ?? exact.get(said.replace(/(?:e?s|en|n)$/, "")) ?? prefixes.find(([start]) => said.startsWith(start))?.[1];
  };
}
