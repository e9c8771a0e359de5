import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import type { BytesStore } from "../media/bytes-store.js";
import { isMedia, type Media, type MediaKind, type MediaSource, refusalOf } from "../media/media.js";
import { isPlaced, openMedia } from "../media/open-media.js";
import type { Soon } from "../schema/after.js";
import { ownMedia } from "../schema/own-media.js";
import type { Schema } from "../schema/schema.js";
import { mediaIn } from "./media-in.js";

/** Opens the media of one run. What was opened once in it is known, and not opened again. */
export interface MediaOfRun {
  /** Of its input: paths and addresses as `trust` has them. */
  brought(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown>;
  /** Of what an occurrence is given: known ones, or held to trust, and fetched only from hosts that are named, since a model may have written them. */
  given(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown>;
  /** Of what an occurrence gives, likewise; a file elsewhere that code opened itself is kept in the store. */
  made(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown>;
  /** Of the input of a run that goes on: they still have to be what they were. */
  recalled(schema: Schema, value: unknown): Soon<unknown>;
}

const keyOf = ({ path, hash }: Media) => `${path}\0${hash}`;

export const mediaOfRun = (limits: Limits, trust: Trust, store: BytesStore): MediaOfRun => new OpenedMedia(limits, trust, store);

class OpenedMedia implements MediaOfRun {
  /** Made when something is first opened: most runs have no media. */
  #opened: Map<string, Media> | undefined;
  #inside: Trust | undefined;

  constructor(
    readonly limits: Limits,
    readonly trust: Trust,
    readonly store: BytesStore,
  ) {}
  brought(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown> {
    return mediaIn(schema, value, (kind, source) => this.#open(kind, source, this.trust, signal));
  }
  given(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown> {
    return mediaIn(schema, value, (kind, source) => this.#open(kind, source, this.#named(), signal));
  }
  made(schema: Schema, value: unknown, signal?: AbortSignal): Soon<unknown> {
    const { trust, store } = this;
    return mediaIn(schema, value, async (kind, source) => {
      const before = isMedia(source) && this.#known().has(keyOf(source));
      const opened = await this.#open(kind, source, this.#named(), signal);
      if (before || (await isPlaced(opened, { trust, store }))) return opened;
      const path = await store.store(await readFile(opened.path), opened.hash, extname(opened.path).slice(1));
      return this.#open(kind, ownMedia({ ...opened, path }), this.#named(), signal);
    });
  }
  recalled(schema: Schema, value: unknown): Soon<unknown> {
    return mediaIn(schema, value, (kind, source) => this.#open(kind, isMedia(source) ? ownMedia({ ...source }) : source, this.#named()));
  }
  #known(): Map<string, Media> {
    return (this.#opened ??= new Map());
  }
  /** Without hosts of any name. */
  #named(): Trust {
    const { trust } = this;
    return (this.#inside ??= { ...trust, hosts: trust.hosts.filter((host) => !/^\*(:|$)/.test(host)) });
  }
  async #open(kind: MediaKind, source: MediaSource, trust: Trust, signal?: AbortSignal): Promise<Media> {
    const before = isMedia(source) ? this.#known().get(keyOf(source)) : undefined;
    if (before && before.type === (source as Media).type && refusalOf(kind, before.type) === undefined) return before;
    const { limits, store } = this;
    const opened = await openMedia(kind, source, { limits, trust, store, signal });
    this.#known().set(keyOf(opened), opened);
    return opened;
  }
}
