/** A browser has no working directory and opens no paths: they stand as they are. */
export const absolutePath = (path: string): string => path;
