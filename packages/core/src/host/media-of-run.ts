import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import type { BytesStore } from "../media/bytes-store.js";
import { isMedia, type Media, type MediaKind, type MediaSource, refusalOf } from "../media/media.js";
import { isPlaced, keptPlace, openMedia } from "../media/open-media.js";
import { isTemporary } from "../media/temporary-store.js";
import type { Soon } from "../schema/after.js";
import { isOwnMedia, ownMedia } from "../schema/own-media.js";
import type { Schema } from "../schema/schema.js";
import { mediaIn } from "./media-in.js";
import { mediaReplaced } from "./media-replaced.js";

/** Opens the media of one run. What was opened once in it is known, and not opened again unless its file was written to since. */
export interface MediaOfRun {
  /** Of its input: paths and addresses as `trust` has them. */
  brought(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown>;
  /** Of what an occurrence is given: known ones, or held to trust, and fetched only from hosts that are named, since a model may have written them. */
  given(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown>;
  /** Of what an occurrence gives, likewise; a file elsewhere that code opened itself is kept in the store. */
  made(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown>;
  /** Of what a function gave `ctx.once`: media that code opened itself are like those of an output. All else is data, whatever its form. */
  once(value: unknown, signal?: AbortSignal): Soon<unknown>;
  /** Looks where the media are now that the journal has of such a value. */
  recallOnce(value: unknown): Promise<void>;
  /** What code hears of such a value, at once: its media as the program's own. */
  heardOnce(value: unknown): unknown;
  /** Of the input of a run that goes on: they still have to be what they were. */
  recalled(schema: Schema, value: unknown): Soon<unknown>;
  /** Of the output of a run that goes on or is over: where they are kept now, as the program's own. */
  handedOut(schema: Schema, value: unknown): Soon<unknown>;
}

/** A medium that is known, and its file as it was then. */
interface Known {
  readonly medium: Media;
  readonly file: string | undefined;
}

const keyOf = ({ path, hash }: Media) => `${path}\0${hash}`;

export const mediaOfRun = (limits: Limits, trust: Trust, store: BytesStore): MediaOfRun => new OpenedMedia(limits, trust, store);

class OpenedMedia implements MediaOfRun {
  /** Made when something is first opened: most runs have no media. */
  #opened: Map<string, Known> | undefined;
  #inside: Trust | undefined;

  constructor(
    readonly limits: Limits,
    readonly trust: Trust,
    readonly store: BytesStore,
  ) {}
  brought(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown> {
    return mediaIn(schema, value, async (kind, source) => {
      const opened = await this.#open(kind, source, this.trust, signal);
      // A handle on bytes that another run, or the program, keeps for as long as this process lives: this run may go on after it.
      return isMedia(source) && isTemporary(opened.path) ? this.#keep(kind, opened, signal) : opened;
    });
  }
  given(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown> {
    return mediaIn(schema, value, (kind, source) => this.#open(kind, source, this.#named(), signal));
  }
  made(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown> {
    return mediaIn(schema, value, (kind, source) => this.#made(kind, source, signal));
  }
  once(value: unknown, signal?: AbortSignal): Soon<unknown> {
    const own = mediaWithin(value).filter(isOwnMedia);
    if (own.length === 0) return value;
    const making = async () => {
      const made = new Map<Media, Media>();
      for (const medium of own) if (!made.has(medium)) made.set(medium, await this.#made("file", medium, signal));
      return mediaReplaced(value, (medium) => made.get(medium));
    };
    return making();
  }
  async recallOnce(value: unknown): Promise<void> {
    for (const medium of mediaWithin(value)) {
      const kept = await keptPlace(medium, this.store);
      const path = kept ?? ((await isPlaced(medium, this)) ? medium.path : undefined);
      if (path === undefined) continue;
      // Its bytes are looked at when it is next handed on.
      this.#known().set(keyOf(medium), { medium: ownMedia({ ...medium, path }), file: "" });
    }
  }
  heardOnce(value: unknown): unknown {
    return mediaReplaced(value, (medium) => this.#opened?.get(keyOf(medium))?.medium);
  }
  recalled(schema: Schema, value: unknown): Soon<unknown> {
    return mediaIn(schema, value, (kind, source) => this.#open(kind, isMedia(source) ? ownMedia({ ...source }) : source, this.#named()));
  }
  handedOut(schema: Schema, value: unknown): Soon<unknown> {
    return mediaIn(schema, value, async (_, source) => {
      const medium = source as Media;
      return ownMedia({ ...medium, path: (await keptPlace(medium, this.store)) ?? medium.path });
    });
  }
  #known(): Map<string, Known> {
    return (this.#opened ??= new Map());
  }
  /** Without hosts of any name. */
  #named(): Trust {
    const { trust } = this;
    return (this.#inside ??= { ...trust, hosts: trust.hosts.filter((host) => !/^\*(:|$)/.test(host)) });
  }
  async #made(kind: MediaKind, source: MediaSource, signal?: AbortSignal): Promise<Media> {
    const before = isMedia(source) && this.#known().has(keyOf(source));
    const opened = await this.#open(kind, source, this.#named(), signal);
    return before || (await isPlaced(opened, this)) ? opened : this.#keep(kind, opened, signal);
  }
  async #keep(kind: MediaKind, opened: Media, signal?: AbortSignal): Promise<Media> {
    const path = await this.store.store(await readFile(opened.path), opened.hash, extname(opened.path).slice(1));
    return this.#open(kind, ownMedia({ ...opened, path }), this.#named(), signal);
  }
  async #open(kind: MediaKind, source: MediaSource, trust: Trust, signal?: AbortSignal): Promise<Media> {
    const before = isMedia(source) ? this.#known().get(keyOf(source)) : undefined;
    const { medium } = before ?? {};
    if (medium && medium.type === (source as Media).type && refusalOf(kind, medium.type) === undefined) {
      // Who writes each picture to one path gives several handles on the last of them.
      if ((await asWritten(medium.path)) === before?.file) return medium;
    }
    const { limits, store } = this;
    const opened = await openMedia(kind, source, { limits, trust, store, signal });
    const known = { medium: opened, file: await asWritten(opened.path) };
    this.#known().set(keyOf(opened), known);
    // Where it was kept before its journal was moved.
    if (isMedia(source)) this.#known().set(keyOf(source), known);
    return opened;
  }
}

/** All handles in a value, whatever any schema says of their places. */
function mediaWithin(value: unknown): readonly Media[] {
  const found: Media[] = [];
  mediaReplaced(value, (medium) => {
    found.push(medium);
    return undefined;
  });
  return found;
}

/** What tells whether a file was written to. */
const asWritten = (path: string): Promise<string | undefined> =>
  stat(path).then(
    ({ ino, size, mtimeMs, ctimeMs }) => `${ino} ${size} ${mtimeMs} ${ctimeMs}`,
    () => undefined,
  );
