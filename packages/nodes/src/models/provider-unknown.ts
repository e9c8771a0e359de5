import { nearest, TroupeError } from "@troupe/core";
import { catalogue } from "./catalogue.js";
import { hostedCards } from "./hosted/cards.js";
import { openCards } from "./open/open-cards.js";

/** A model's name that begins with none of these providers, with what was probably meant: a provider, or a known model of one. */
export function providerUnknown(id: string, providers: readonly string[]): TroupeError {
  // An address may hold a password.
  const name = id.replace(/@.*$/s, "@…");
  const colon = name.indexOf(":");
  const provider = name.slice(0, Math.max(colon, 0));
  const what = provider ? `There is no provider ${provider}` : `${name || "An empty name"} names no provider`;
  const meant = nearest(provider, providers);
  const near = meant === undefined ? knownModel(name, providers) : `${meant}${name.slice(colon)}`;
  const known = `${providers.slice(0, -1).join(", ")} or ${providers.at(-1)}`;
  return new TroupeError("PROVIDER_UNKNOWN", what, {
    hint: `${near === undefined ? "" : `Did you mean ${near}? `}Write provider:name, with ${known}`,
  });
}

/** The known model whose name without its provider comes nearest. */
function knownModel(name: string, providers: readonly string[]): string | undefined {
  const local = Object.entries(catalogue).map(
    ([name, { kind }]) => [name, `${kind === "captions" ? "onnx" : "llamacpp"}:${name}`] as const,
  );
  const hosted = Object.keys(hostedCards).map((id) => [id.slice(id.indexOf(":") + 1), id] as const);
  const open = Object.keys(openCards).map((name) => [name, `ollama:${name}`] as const);
  const known = new Map([...open, ...hosted, ...local].filter(([, id]) => providers.includes(id.slice(0, id.indexOf(":")))));
  const near = nearest(name, known.keys());
  return near === undefined ? undefined : known.get(near);
}
