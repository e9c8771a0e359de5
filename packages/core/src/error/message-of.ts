/** Characters of an object that was thrown. */
const longest = 500;

/** What was thrown, in words; a program may throw anything. */
export function messageOf(thrown: unknown): string {
  try {
    const text = String(Object(thrown).message ?? thrown);
    return text === "[object Object]" ? JSON.stringify(thrown).slice(0, longest) : text;
  } catch {
    return "something without a message";
  }
}
