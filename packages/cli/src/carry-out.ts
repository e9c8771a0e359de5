import {
  type App,
  type ChatModel,
  compile,
  costOn,
  fileJournal,
  formatIssue,
  type Graph,
  type Json,
  memoryHints,
  type TroupeEvent,
} from "@troupe/core";
import { bindModels } from "./bind-models.js";
import { commandLine } from "./command-line.js";
import { errorTold } from "./error-told.js";
import { exitCode, exitCodeOf } from "./exit-code.js";
import { giantNamed } from "./giant-named.js";
import { interruptible } from "./interruptible.js";
import { namedModels } from "./named-models.js";
import { printError } from "./print-error.js";
import type { RunSettings } from "./run-flags.js";
import { colorsFor, columnsOf, isTerminal } from "./show/colors.js";
import { jsonShow } from "./show/json-show.js";
import { jsonText } from "./show/json-text.js";
import { ledgerTable } from "./show/ledger-table.js";
import { liveShow } from "./show/live-show.js";
import { plainShow } from "./show/plain-show.js";
import { printable } from "./show/printable.js";
import { resultLines } from "./show/result-lines.js";
import type { Show } from "./show/show.js";
import type { Streams } from "./show/streams.js";
import { totalLines } from "./show/total-lines.js";
import { writeOut } from "./writable.js";

/** What a run is carried out with, whether it begins or goes on. */
export interface CarryOut extends RunSettings {
  readonly streams: Streams;
  readonly graph: Graph;
  readonly thread: string;
  /** Begins the run, or goes on with it. */
  readonly events: (app: App, given: { readonly signal: AbortSignal; readonly services: unknown }) => AsyncGenerator<TroupeEvent, object>;
}

export interface Outcome {
  readonly exitCode: number;
  readonly thread: string;
  readonly output?: Readonly<Record<string, Json>>;
}

/** Carries a run out before the eyes of whoever started it: models, journal, what happens, what it took, how to go on with it. */
export async function carryOut(options: CarryOut): Promise<Outcome> {
  const { graph, thread, json, timeout, trust, config, streams } = options;
  const { out, err } = streams;
  const giant = options.giant === undefined ? undefined : await giantNamed(options.giant, config);
  const colors = colorsFor(err);
  const show = json ? jsonShow(out, err) : isTerminal(err) ? await liveShow(err, colors) : plainShow(err);
  streams.hear(show.say);
  const stop = interruptible();
  const journal = fileJournal(options.journal);
  // One that begins with a dash would be read as a flag.
  const resume = commandLine(["resume", ...(thread.startsWith("-") ? [...options.again, "--", thread] : [thread, ...options.again])]);
  const telling = tellingOf(options, show, giant, resume);
  /** Closes the journal. What it could not keep is no success, though the result is there. */
  const isKept = async (): Promise<boolean> => {
    try {
      await journal.close();
      return true;
    } catch (error) {
      err.write(`${printError(error, colors, options.debug)}\n`);
      return false;
    }
  };
  try {
    const models = await bindModels(options.models, config, { signal: stop.signal, show });
    const { limits = {}, services } = config;
    const app = compile(graph, { models, journal, limits, trust, ...(timeout === undefined ? {} : { timeout }) });
    for (const hint of memoryHints(graph, await namedModels(options.models, config)))
      show.say(`${colors.yellow("–")} ${printable(formatIssue(hint))}`);
    await stop.ready;
    const events = options.events(app, { signal: stop.signal, services });
    const output = (await drain(events, (event) => telling.hear(app, event))) as Record<string, Json>;
    await telling.end();
    if (!json) for (const line of resultLines(output, columnsOf(out))) out.write(`${line}\n`);
    if (options.out !== undefined) await writeOut(options.out, `${JSON.stringify(output, null, 2)}\n`);
    const code = (await isKept()) ? exitCode.ok : exitCode.failed;
    // It may have ended before it noticed that it was to stop.
    return { exitCode: stop.exitCode ?? code, thread, output };
  } catch (error) {
    // Where the journal failed, what the run took cannot be read either.
    await telling.end().catch(() => {});
    const goOn = (kept: boolean) =>
      telling.told()
        ? `${kept ? "What was finished is kept. Go" : "Once that is done, go"} on with:\n  ${colors.bold(printable(resume))}`
        : "";
    if (stop.exitCode !== undefined) {
      await telling.endedBy("STOPPED", `Stopped by ${stop.stoppedBy}`);
      show.say(`${colors.yellow("Stopped.")} ${goOn(await isKept()) || "Nothing was begun."}`);
      return { exitCode: stop.exitCode, thread };
    }
    const { code, message } = errorTold(error);
    await telling.endedBy(code, message);
    const how = goOn(!code.startsWith("JOURNAL_"));
    err.write(`${printError(error, colors, options.debug)}\n${how ? `${how}\n` : ""}`);
    return { exitCode: exitCodeOf(code), thread };
  } finally {
    await stop.done();
    streams.hear(undefined);
    // One that could not be opened was told of already.
    await journal.close().catch(() => {});
  }
}

/** What whoever started a run is told of it: how to go on with it, what happens, what it took and how it ended. */
function tellingOf({ graph, thread, json, streams }: CarryOut, show: Show, giant: ChatModel | undefined, resume: string) {
  const { out, err } = streams;
  const { bold } = colorsFor(err);
  /** What was begun. */
  let app: App | undefined;
  let ended = false;
  /** Whoever reads events reads what they took, before how they ended. */
  const tellLedger = async () => {
    if (!json || !app) return;
    const ledger = await app.ledger(thread);
    const there = giant && { giant: costOn(ledger, giant) ?? { model: giant.id } };
    out.write(`${jsonText({ kind: "ledger", thread, time: Date.now(), ...ledger, ...there })}\n`);
  };
  return {
    told: () => app !== undefined,
    async hear(begun: App, event: TroupeEvent) {
      if (!app)
        show.say(`thread ${bold(printable(thread))} of ${printable(graph.name)}; if it stops, go on with:`, `  ${bold(printable(resume))}`);
      app = begun;
      ended = event.kind === "ended";
      if (ended) await tellLedger();
      show.event(event);
    },
    async end() {
      show.end();
      if (!app) return;
      const ledger = await app.ledger(thread);
      show.say("", ...ledgerTable(ledger, columnsOf(err)), ...totalLines(ledger, giant), "");
    },
    /** Whoever reads events reads how they ended, also where the journal says nothing of it, so that the run can go on. */
    async endedBy(code: string, message: string) {
      if (!json || ended) return;
      await tellLedger().catch(() => {});
      out.write(`${jsonText({ kind: "ended", thread, time: Date.now(), error: { code, message } })}\n`);
    },
  };
}

async function drain<E, O>(events: AsyncGenerator<E, O>, take: (event: E) => Promise<void>): Promise<O> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    await take(next.value);
  }
}
