/** Bytes fetched of those expected, of one source's files; `total` is 0 while it is not known. */
export interface PullProgress {
  readonly name: string;
  readonly source: string;
  readonly done: number;
  readonly total: number;
}

/** What a source is given: a directory of its own to fill with the model's files. */
export interface Fetching {
  readonly name: string;
  readonly dir: string;
  readonly signal: AbortSignal | undefined;
  progress(done: number, total: number): void;
}
