export function pack(folder: string, names?: readonly string[]): Promise<Record<string, string>>;
export function project(
  packages: readonly string[],
  options?: { type?: string; overrides?: Readonly<Record<string, string>> },
): Promise<string>;
export function install(folder: string, packages: readonly string[]): Promise<unknown>;
export function megabytes(folder: string): number;
export interface Snippet {
  readonly name: string;
  readonly code: string;
}
export function snippets(pages?: readonly string[]): Snippet[];
export function compiled(
  folder: string,
  code: readonly Snippet[],
  options?: { typescript?: string; names?: readonly ("NodeNext" | "Bundler" | "CommonJS")[] },
): Promise<string[]>;
export function ran(folder: string, files: readonly string[], options?: { node?: string }): Promise<void>;
