import { failureOf } from "../engine/failure-of.js";
import type { Failure } from "../engine/record.js";
import { TroupeError } from "../error/error.js";
import type { Issue } from "../error/issue.js";
import { messageOf } from "../error/message-of.js";
import { PlanError } from "../plan/plan-error.js";
import { plainJson } from "../schema/plain-json.js";

/** Whatever was thrown at an occurrence, as an error with a code and a place, which a journal can keep. */
export function asError(thrown: unknown, at: string, graph: string): TroupeError {
  try {
    const error = errorFrom(thrown, at, graph);
    plainJson(failureOf(error), (what, path) => {
      throw new TypeError(`${path.join(".")} is ${what}`);
    });
    return error;
  } catch (why) {
    return new TroupeError("SPECIALIST_FAILED", `A specialist threw what cannot be looked at or kept: ${messageOf(why)}`, {
      graph,
      at,
      hint: "Throw an Error: of what was thrown, a part throws itself when it is read, or is nothing that JSON holds.",
    });
  }
}

function errorFrom(thrown: unknown, at: string, graph: string): TroupeError {
  if (thrown instanceof TroupeError) {
    return thrown.detail.at === undefined ? thrown.placed({ graph, at }) : thrown;
  }
  const { name } = Object(thrown);
  const kind = thrown instanceof Error && name !== "Error" ? ` ${name}` : "";
  const file = placeOf(thrown);
  return new TroupeError("SPECIALIST_FAILED", `A specialist threw${kind}: ${messagesOf(thrown).join(": ")}`, {
    graph,
    at,
    ...(file === undefined ? {} : { file }),
    hint: "The cause is attached; what was completed before it is kept, and resuming the thread tries it anew.",
    cause: thrown,
  });
}

/** What was thrown, and what was behind it: of a failed request the reason, say. */
function messagesOf(thrown: unknown): string[] {
  const all: unknown[] = [];
  for (let one = thrown; all.length < 4 && !all.includes(one); one = Object(one).cause) {
    if (all.length && one === undefined) break;
    all.push(one);
  }
  return all.map(messageOf).filter((message, i, messages) => !messages.slice(0, i).some((before) => before.includes(message)));
}

/** The user's file and line an error comes from, or leads through: the first that is neither Node's nor a package's. */
function placeOf(thrown: unknown): string | undefined {
  const stack: unknown = thrown instanceof Error ? thrown.stack : undefined;
  if (typeof stack !== "string") return undefined;
  for (const line of stack
    .split("\n")
    .filter((one) => /^\s+at /.test(one))
    .slice(0, 50)) {
    const [, where = "", at] = /^\s+at (?:.*? \()?(?:async )?(.*):(\d+):\d+\)?$/.exec(line) ?? [];
    const file = where.replace(/^file:\/\//, "");
    // A path, or an address in a page; Node's own modules (`node:fs`) are neither.
    if (/^(\/|[A-Za-z]:[\\/]|[a-z-]+:\/\/)/.test(file) && !/[\\/]node_modules[\\/]/.test(file)) return `${decoded(file)}:${at}`;
  }
  return undefined;
}

/** A path of a file URL as a path. */
function decoded(file: string): string {
  try {
    return decodeURIComponent(file.replace(/^\/(?=[A-Za-z]:)/, ""));
  } catch {
    return file;
  }
}

/** The error that the journal keeps, for who caught it the last time. What is behind it has its name, message, status and code only. */
export function errorOf({ code, message, what = message, place, hint, causes = [], issues, text }: Failure): TroupeError {
  const cause = causes.reduceRight<Error | undefined>((inner, { message, ...rest }) => {
    const error = new Error(message, inner ? { cause: inner } : undefined);
    return Object.defineProperties(error, Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, { value, writable: true }])));
  }, undefined);
  const Same = code.startsWith("PLAN_") ? PlanError : TroupeError;
  return new Same(code, what, {
    ...place,
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
    ...(issues === undefined ? {} : { issues: issues as unknown as readonly Issue[] }),
    ...(text === undefined ? {} : { text }),
  });
}
