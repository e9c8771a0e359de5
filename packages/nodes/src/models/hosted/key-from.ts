import { TroupeError, type Trust } from "@troupe/core";
import { isThisMachine } from "../is-this-machine.js";
import type { Provider, Server } from "./server.js";

/**
 * The name of the environment variable that holds a server's key: the one named for the model, or for its origin by what is trusted; the
 * provider's, for its own server only. Undefined where none is named: the server is asked without a key.
 */
export function keyVariable(
  { url, own }: Server,
  { keys }: Provider,
  named: string | undefined,
  trust: Pick<Trust, "keys"> | undefined,
): string | undefined {
  const trusted = trust?.keys[new URL(url).origin];
  return named ?? trusted ?? (own ? (keys.find((name) => process.env[name]) ?? keys[0]) : undefined);
}

/** The key that a variable holds, for a server. Throws KEY_MISSING, and KEY_UNSAFE where it would travel in plain text. */
export function keyFrom(id: string, { url }: Server, { keys }: Provider, variable: string): string {
  const key = process.env[variable];
  if (!key) {
    const names = variable === keys[0] ? keys.join(" or ") : variable;
    throw new TroupeError("KEY_MISSING", `${id} needs a key, and ${names} is not set`, { hint: `Set ${variable} in the environment` });
  }
  if (!url.startsWith("https:") && !isThisMachine(url))
    throw new TroupeError("KEY_UNSAFE", `The key in ${variable} is not sent to ${url}: on the way there, anyone could read it`, {
      hint: "Name the server with https, or give no key.",
    });
  return key;
}
