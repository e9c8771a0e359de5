import { temporaryStore } from "#temporary-store";
import type { RunRecord } from "../engine/record.js";
import type { Hold, Place } from "./journal.js";
import { append, keptRun } from "./kept-run.js";

/**
 * Keeps a run that nobody named, in a journal that nobody asked for, as long as it runs. Its name and its store of bytes are made when
 * somebody first asks for them: most such runs need neither.
 */
export class UnnamedHold implements Hold {
  readonly #run = keptRun();
  readonly #world: { now(): number; uuid(): string };
  #thread: string | undefined;
  #bytes: ReturnType<typeof temporaryStore> | undefined;

  constructor(world: { now(): number; uuid(): string }) {
    this.#world = world;
  }
  get thread(): string {
    return (this.#thread ??= this.#world.uuid());
  }
  append(_: number, records: readonly RunRecord[]): Place {
    return append(this.#run, records, this.#world.now());
  }
  async store(...given: Parameters<Hold["store"]>) {
    return (this.#bytes ??= temporaryStore()).store(...given);
  }
  async find(...given: Parameters<Hold["find"]>) {
    return this.#bytes?.find(...given);
  }
  async release(): Promise<void> {
    await this.clear();
  }
  /** Lets go of the bytes, where there are any. */
  clear(): Promise<void> | undefined {
    return this.#bytes?.clear();
  }
}
