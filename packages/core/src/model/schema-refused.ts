import { statusOf } from "./status-of.js";

/** What a server answers to a schema that it does not take: it is told so, or its parser fails, which may be a failure of another kind. */
const refusals: Readonly<Record<number, { readonly surely: boolean }>> = {
  400: { surely: true },
  422: { surely: true },
  500: { surely: false },
  501: { surely: true },
};

/** With a schema, an error of these kinds is mostly about the schema; where it is not, asking without one fails in the same way. */
export function schemaRefused(error: unknown): { readonly surely: boolean } | undefined {
  const { code, cause } = (error ?? {}) as Record<string, unknown>;
  if (code === "SCHEMA_UNSUPPORTED") return { surely: true };
  const own = refusals[statusOf(error)] ?? (isWord(error) ? { surely: false } : undefined);
  return own ?? (cause !== undefined && cause !== error ? schemaRefused(cause) : undefined);
}

/**
 * A server's own word in a stream that began well: an error without a status, and none of the network's or of ours. A client that gave up
 * waiting says so by the error's name.
 */
function isWord(error: unknown): boolean {
  const { constructor: kind, name, code, message } = Object(error);
  const isOther = name !== "Error" || code !== undefined || /^(?:connection error|fetch failed|terminated)\b/i.test(String(message));
  return kind === Error && Number.isNaN(statusOf(error)) && !isOther;
}
