import type { BuildOptions, Message, Metafile } from "esbuild";
import type { Page } from "playwright-core";

/** A browser's files by name, made of an entry: a module of its own, and parts that are loaded when they are needed. */
export function bundled(
  entry: string | undefined,
  options?: BuildOptions,
): Promise<{ files: Record<string, string>; metafile: Metafile; warnings: readonly Message[] }>;

export interface Browser {
  /** A page that has loaded `index.html` of these files; `before` is a script that runs in it first. */
  open(
    files: Readonly<Record<string, string>>,
    options?: { before?: string },
  ): Promise<Page & { /** What was asked for that is none of the files. */ readonly elsewhere: readonly string[] }>;
  stop(): Promise<void>;
}

/** Starts a Chromium without a window, or says in words why there is none. */
export function startBrowser(): Promise<Browser | { why: string }>;
