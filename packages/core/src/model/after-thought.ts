/**
 * What follows a model's thinking; nothing where that has not ended.
 * @example
 * afterThought("<think>The pump, then</think>It leaks."); // "It leaks."
 */
export function afterThought(text: string): string {
  const end = text.lastIndexOf("</think>");
  if (end >= 0) return text.slice(end + "</think>".length);
  return text.trimStart().startsWith("<think>") ? "" : text;
}
