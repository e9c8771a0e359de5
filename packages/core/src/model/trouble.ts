import { ownErrorIn } from "./own-error-in.js";
import { statusOf } from "./status-of.js";

/**
 * What stands behind a failed call: a server that will do it later, after so many milliseconds where it says so; a key that it does not
 * take; an account that may spend no more; a provider that declines to answer; a prompt that does not fit.
 */
export type Trouble = { readonly kind: "busy"; readonly after?: number } | { readonly kind: "key" | "unpaid" | "refused" | "too-long" };

/** Answers that another try may not get. Of 500 that is not sure, and a server that refuses a schema so is asked without one first. */
const passing = [408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529];
/** Connections that broke, as Node and its `fetch` call them. */
const broken = ["ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EAI_AGAIN", "UND_ERR_SOCKET", "ERR_STREAM_PREMATURE_CLOSE"];
/** What servers call their own failures in a stream that began well. */
const failing =
  /[Oo]verloaded|[Ss]erver (?:is )?busy|runner (?:process )?has (?:crashed|terminated|unexpectedly stopped)|\b(?:api_error|rate_limit_error|timeout_error|server_error|unavailable_error|service_unavailable|rate_limit_exceeded|internal_server_error|UNAVAILABLE|RESOURCE_EXHAUSTED)\b/;

const tooLong =
  /context[_ ]length|context window|prompt is too long|maximum context|(?:input|prompt) tokens? (?:count )?.*exceed|exceeds? .*(?:input|context|number of) tokens?|too large for model with|request_too_large/i;
const declined = /content[_ ](?:policy|filter\w*|management policy)|moderation|guardrail|safety system/i;
const spent = /insufficient_quota|credit balance|quota|billing|payment required|out of credits/i;

/** What stands behind an error of any client's, or behind what caused it; undefined where nothing known does. An error of Troupe's says itself what it is. */
export function troubleIn(error: unknown): Trouble | undefined {
  if (ownErrorIn(error)) return undefined;
  let one: any = error;
  for (let depth = 0; depth < 5 && Object(one) === one; depth++) {
    const found = troubleOf(one);
    if (found) return found;
    one = one.cause;
  }
  return undefined;
}

/**
 * Whether another try may get what failed: a server that is busy, or fails, or a connection that broke.
 * @example
 * mayPass(Object.assign(new Error("Bad gateway"), { status: 502 })); // true
 */
export const mayPass = (error: unknown): boolean => troubleIn(error)?.kind === "busy";

function troubleOf(error: any): Trouble | undefined {
  const status = statusOf(error);
  const says = saidBy(error);
  const after = toldToWait(error);
  // A 429 may speak of long limits, and of quotas and bills where it only asks to wait.
  if (status === 429 && (after !== undefined || !spent.test(says))) return busy(after);
  if (status === 402 || ([400, 403, 429].includes(status) && spent.test(says))) return { kind: "unpaid" };
  if (status === 413 || ([400, 422].includes(status) && tooLong.test(says)) || error.name === "ContextOverflowError")
    return { kind: "too-long" };
  if ([400, 403, 422].includes(status) && declined.test(says)) return { kind: "refused" };
  if (status === 401 || status === 403) return { kind: "key" };
  if (passing.includes(status) || broken.includes(error.code)) return busy(after);
  return Number.isNaN(status) && error.name !== "AbortError" && failing.test(says) ? busy(after) : undefined;
}

const busy = (after: number | undefined): Trouble => ({ kind: "busy", ...(after === undefined ? {} : { after }) });

/** All that an error says: its message, codes, and the server's answer. */
function saidBy({ message, code, type, body, error }: any): string {
  const written = (value: unknown) => (typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value));
  return [message, code, type, body, error].map(written).join(" ").slice(0, 20_000);
}

/** Milliseconds that a server asks to wait, in a header or, as Google's, in what it answers. */
function toldToWait({ headers, body }: any): number | undefined {
  const header = (name: string): string | undefined =>
    (typeof headers?.get === "function" ? headers.get(name) : headers?.[name]) ?? undefined;
  const exact = Number(header("retry-after-ms") ?? Number.NaN);
  if (exact >= 0) return exact;
  const told = header("retry-after");
  if (told !== undefined) {
    const wait = /^\d/.test(told) && !Number.isNaN(Number(told)) ? Number(told) * 1000 : Date.parse(told) - Date.now();
    if (!Number.isNaN(wait)) return Math.max(0, wait);
  }
  const details: readonly any[] = Array.isArray(body?.error?.details) ? body.error.details : [];
  const delay = /^([\d.]+)s$/.exec(details.find((one) => one?.retryDelay)?.retryDelay ?? "")?.[1];
  return delay === undefined ? undefined : Number(delay) * 1000;
}
