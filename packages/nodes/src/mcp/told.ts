/** Characters that a planner reads of what something does. */
const most = 300;

/** What a server says of something, as one sentence for planners; without its line breaks, and no longer than planners should read. */
export function told(name: string, description: string | undefined, otherwise: string): string {
  const text = (description ?? "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 10 * most);
  const [first] = new Intl.Segmenter("en", { granularity: "sentence" }).segment(text);
  const sentence = first?.segment.trim().replace(/\.$/, "") || `${otherwise} ${name}`;
  return sentence.length <= most ? sentence : `${sentence.slice(0, most).replace(/\s+\S*$/, "")}…`;
}
