import { TroupeError } from "@troupe/core";

/** A provider of hosted models: its own server, and which environment variables speak of it. */
export interface Provider {
  readonly url: string;
  /** Names another server to ask by default. */
  readonly base?: string;
  /** Hold the key of its own server; the first that is set is taken. */
  readonly keys: readonly [string, ...string[]];
}

/** Where a model is asked for. */
export interface Server {
  /** The model's name there. */
  readonly model: string;
  /** Without a slash at its end, and without secrets. */
  readonly url: string;
  /** Whether it is the provider's own, whose key is known. */
  readonly own: boolean;
}

/**
 * The server that `name@url` names, where a name may hold an @ of its own; else the one that the environment names; else the provider's.
 *
 * Throws MODEL_URL, which does not repeat what it refuses: there may be a password in it.
 */
export function serverOf(name: string, { url: own, base }: Provider): Server {
  const at = /^(.+)@([a-z][a-z0-9+.-]*:\/\/.*)$/is.exec(name);
  const set = base === undefined ? undefined : process.env[base];
  const given = at?.[2] ?? (set || own);
  const place = at ? "The URL after the model's name" : `The URL in ${base}`;
  const refused = (why: string) =>
    new TroupeError("MODEL_URL", `${place} ${why}`, {
      hint: 'Write provider:name@https://host/path. A key is kept in the environment, and its variable is named: model(id, { key: "NAME" }), or trust: { keys: { "https://host": "NAME" } }.',
    });
  if (!URL.canParse(given)) throw refused("is none");
  const { protocol, host, pathname, username, password, search, hash, origin } = new URL(given);
  if (protocol !== "https:" && protocol !== "http:") throw refused("is neither https nor http");
  if (username || password) throw refused("holds a name or password, which journals and errors would tell");
  if (search || hash) throw refused("holds more than a host and a path, which journals and errors would tell");
  return { model: at?.[1] ?? name, url: `${protocol}//${host}${pathname}`.replace(/\/+$/, ""), own: origin === new URL(own).origin };
}
