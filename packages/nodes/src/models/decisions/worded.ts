/** What a question asks, or an option means, as text. */
export const worded = (content: unknown): string => (typeof content === "string" ? content : JSON.stringify(content));
