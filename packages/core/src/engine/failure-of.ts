import type { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import type { Failure } from "./record.js";

/** How many errors behind an error are kept. */
const causesKept = 4;

/** An error as the journal keeps it: of one that holds what no journal keeps, as that of a condition may, its code and its words. */
export function keptFailure(error: TroupeError): Failure {
  try {
    const failure = plainJson(failureOf(error), (what, path) => {
      throw new TypeError(`${path.join(".")} is ${what}`);
    });
    return failure as unknown as Failure;
  } catch {
    return { code: String(error.code), message: messageOf(error) };
  }
}

/** What of an error is kept. */
export function failureOf(error: TroupeError): Failure {
  const { graph, at, field, file, hint, text } = error.detail;
  const place = Object.fromEntries(Object.entries({ graph, at, field, file }).filter(([, part]) => part !== undefined));
  const causes = causesOf(error.cause);
  return {
    code: error.code,
    message: error.message,
    what: error.what,
    ...(Object.keys(place).length ? { place } : {}),
    ...(hint === undefined ? {} : { hint }),
    ...(causes.length ? { causes } : {}),
    ...(error.issues.length ? { issues: error.issues as unknown as Json[] } : {}),
    ...(text === undefined ? {} : { text }),
  };
}

function causesOf(thrown: unknown): NonNullable<Failure["causes"]> {
  const causes: { name: string; message: string; status?: number; code?: string }[] = [];
  for (let one: any = thrown; one !== undefined && one !== null && causes.length < causesKept; one = Object(one).cause) {
    const { name, status, code } = Object(one);
    causes.push({
      name: typeof name === "string" ? name : "Error",
      message: messageOf(one),
      ...(Number.isFinite(status) ? { status } : {}),
      ...(typeof code === "string" ? { code } : {}),
    });
  }
  return causes;
}
