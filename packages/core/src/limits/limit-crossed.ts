import { type Place, TroupeError } from "../error/error.js";
import type { Limits } from "./limits.js";

/**
 * The error that something crosses a limit: it names the limit, its value and how to raise it.
 * @param what what crosses it, with its size where that is known: `An image of 900,000,000 pixels`
 * @example throw limitCrossed("pixels", ctx.limits, "An image of 900,000,000 pixels", { file: page.path });
 */
export function limitCrossed(
  limit: keyof Limits,
  limits: Limits,
  what: string,
  place: Place & { readonly cause?: unknown } = {},
): TroupeError {
  const value = limits[limit].toLocaleString("en");
  return new TroupeError("LIMIT_CROSSED", `${what} crosses limits.${limit}, which is ${value}`, {
    ...place,
    hint: `Give less, or raise it: compile(graph, { limits: { ${limit}: … } }).`,
  });
}
