import { writeFile } from "node:fs/promises";
import { type App, compile, fileJournal, type Graph, type Json, type TroupeEvent } from "@troupe/core";
import { bindModels } from "./bind-models.js";
import { exitCode, exitCodeOf } from "./exit-code.js";
import { interruptible } from "./interruptible.js";
import { printError } from "./print-error.js";
import { resumeCommand } from "./resume-command.js";
import type { RunSettings } from "./run-flags.js";
import { captureConsole } from "./show/capture-console.js";
import { colorsFor, columnsOf, isTerminal } from "./show/colors.js";
import { jsonShow } from "./show/json-show.js";
import { ledgerTable } from "./show/ledger-table.js";
import { liveShow } from "./show/live-show.js";
import { plainShow } from "./show/plain-show.js";
import { resultLines } from "./show/result-lines.js";

/** What a run is carried out with, whether it begins or goes on. */
export interface CarryOut extends RunSettings {
  readonly graph: Graph;
  readonly thread: string;
  /** Begins the run, or goes on with it. */
  readonly events: (app: App, signal: AbortSignal) => AsyncGenerator<TroupeEvent, object>;
}

export interface Outcome {
  readonly exitCode: number;
  readonly thread: string;
  readonly output?: Readonly<Record<string, Json>>;
}

/** Carries a run out before the eyes of whoever started it: models, journal, what happens, what it took, how to go on with it. */
export async function carryOut(options: CarryOut): Promise<Outcome> {
  const { graph, thread, json, timeout } = options;
  const stream = json ? process.stderr : process.stdout;
  const colors = colorsFor(stream);
  const show = json ? jsonShow(process.stdout, stream) : isTerminal(stream) ? await liveShow(stream, colors) : plainShow(stream);
  const giveBack = captureConsole((line) => show.say(line));
  const stop = interruptible();
  const journal = fileJournal(options.journal);
  const resume = resumeCommand(thread, options.journal);
  let app: App | undefined;
  let told = false;
  const end = async () => {
    show.end();
    if (app && told) show.say("", ...ledgerTable(await app.ledger(thread), columnsOf(stream)), "");
  };
  try {
    const models = await bindModels(options.models, { signal: stop.signal, show });
    app = compile(graph, { models, journal, ...(timeout === undefined ? {} : { timeout }) });
    const output = (await drain(options.events(app, stop.signal), (event) => {
      if (!told) show.say(`thread ${colors.bold(thread)} of ${graph.name}; if it stops, go on with:`, `  ${colors.bold(resume)}`);
      told = true;
      show.event(event);
    })) as Record<string, Json>;
    await end();
    if (!json) show.say(...resultLines(output, columnsOf(stream)));
    if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(output, null, 2)}\n`);
    return { exitCode: exitCode.ok, thread, output };
  } catch (error) {
    await end();
    const goOn = told ? `What was finished is kept. Go on with:\n  ${colors.bold(resume)}` : "";
    if (stop.exitCode !== undefined) {
      show.say(`${colors.yellow("Stopped.")} ${goOn || "Nothing was begun."}`);
      return { exitCode: stop.exitCode, thread };
    }
    process.stderr.write(`${printError(error, colorsFor(process.stderr), options.debug)}\n${goOn ? `${goOn}\n` : ""}`);
    return { exitCode: exitCodeOf((error as { code?: string }).code ?? ""), thread };
  } finally {
    stop.done();
    giveBack();
    // One that could not be opened was told of already.
    await journal.close().catch(() => {});
  }
}

async function drain<E, O>(events: AsyncGenerator<E, O>, take: (event: E) => void): Promise<O> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    take(next.value);
  }
}
