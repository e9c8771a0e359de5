/** A name that every server takes. */
export const toolName = (name: string): string => name.replace(/[^\w-]/g, "_").slice(0, 64);
