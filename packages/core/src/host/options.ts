import { optionInvalid, refuseUnknown } from "../error/option-invalid.js";
import { checkThread } from "../journal/check-thread.js";
import { isRecord, say } from "../schema/say.js";
import type { Host } from "./host.js";
import { ownOptions } from "./own-options.js";
import type { CompileOptions, RunOptions } from "./run-options.js";

const ofCompile = Object.keys({
  models: true,
  journal: true,
  host: true,
  timeout: true,
  limits: true,
  trust: true,
} satisfies Record<keyof CompileOptions, true>);
const ofRun = Object.keys({
  thread: true,
  services: true,
  meta: true,
  callbacks: true,
  configurable: true,
  maxConcurrency: true,
  metadata: true,
  recursionLimit: true,
  runId: true,
  runName: true,
  signal: true,
  tags: true,
  timeout: true,
} satisfies Partial<Record<keyof RunOptions, true>>);

/** Refuses what `compile` cannot do anything with. @throws TroupeError `OPTION_INVALID` */
export function checkCompileOptions(options: unknown): void {
  known("compile", options, ofCompile);
  const { models, journal, host, timeout } = options;
  checkModels("compile", models);
  const { hold, read } = Object(journal);
  if (journal !== undefined && !(typeof hold === "function" && typeof read === "function")) {
    const write =
      typeof journal === "string" ? `journal: fileJournal(${JSON.stringify(journal)})` : "memoryJournal(), or fileJournal(path)";
    throw optionInvalid("compile", "journal", `is ${say(journal)}`, `Give ${write}.`);
  }
  if (host !== undefined) checkHost(host);
  checkTimeout("compile", timeout);
}

/** Refuses what binds no models. @throws TroupeError `OPTION_INVALID` */
export function checkModels(of: string, models: unknown): void {
  if (models !== undefined && !isRecord(models))
    throw optionInvalid(of, "models", `is ${say(models)}`, 'Bind roles: models: { default: model("…") }.');
  for (const [role, one] of Object.entries((models ?? {}) as object)) {
    const { load, invoke } = Object(one);
    if ((typeof load === "function" && "card" in Object(one)) || typeof invoke === "function") continue;
    const write =
      typeof one === "string" ? `${role}: model(${JSON.stringify(one)}), of @troupe/nodes` : "a model, or a chat model of LangChain";
    throw optionInvalid(of, `models.${role}`, `is ${say(one)}`, `Give ${write}.`);
  }
}

/** What a host must be able to do, and what it may. */
const hostMust = ["now", "elapsed", "random", "uuid", "after"] as const satisfies readonly (keyof Host)[];
const hostMay = ["perform", "ask"] as const satisfies readonly (keyof Host)[];

function checkHost(host: unknown): void {
  const parts = Object(host) as Record<string, unknown>;
  const lacks = hostMust.find((part) => typeof parts[part] !== "function");
  const wrong = lacks ?? hostMay.find((part) => parts[part] !== undefined && typeof parts[part] !== "function");
  if (wrong === undefined) return;
  const hint = `Give functions ${hostMust.join(", ")}, or those of inProcess(): host: { ...inProcess(), … }.`;
  throw optionInvalid("compile", `host.${wrong}`, `is ${say(parts[wrong])}`, hint);
}

/** A run's options as its own, once what it cannot do anything with is refused. @throws TroupeError `OPTION_INVALID` */
export function checkedRunOptions(options: unknown): Partial<RunOptions> {
  const own = ownOptions("invoke", options, ofRun);
  // A config that LangChain made carries this, and what else stands in it is its own.
  if (!("recursionLimit" in own)) refuseUnknown("invoke", own, ofRun);
  const { signal, thread, timeout } = own;
  checkTimeout("invoke", timeout);
  if (thread !== undefined) checkThread("invoke", thread);
  checkSignal(signal);
  return own;
}

/** Refuses what is no signal. @throws TroupeError `OPTION_INVALID` */
export function checkSignal(signal: unknown): void {
  if (signal === undefined || typeof Object(signal).addEventListener === "function") return;
  throw optionInvalid("invoke", "signal", `is ${say(signal)}`, "Give an AbortSignal: new AbortController().signal.");
}

/** Refuses what is no time. @throws TroupeError `OPTION_INVALID` */
export function checkTimeout(of: string, timeout: unknown): void {
  if (timeout === undefined || (typeof timeout === "number" && timeout > 0)) return;
  throw optionInvalid(of, "timeout", `is ${say(timeout)}`, "Write milliseconds: timeout: 60_000.");
}

/** Refuses options that are none. @throws TroupeError `OPTION_INVALID` */
export function known(of: string, options: unknown, names: readonly string[]): asserts options is Readonly<Record<string, unknown>> {
  refuseUnknown(of, ownOptions(of, options, names), names);
}
