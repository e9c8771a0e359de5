/** What was thrown, in words; a program may throw anything. */
export function messageOf(thrown: unknown): string {
  try {
    return String(Object(thrown).message ?? thrown);
  } catch {
    return "something without a message";
  }
}
