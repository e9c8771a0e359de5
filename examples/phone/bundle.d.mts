/** The page's files by name. */
export function files(): Promise<Record<string, string>>;
