import { existsSync } from "node:fs";
import { type Entry, fileJournal, nearest, TroupeError } from "@troupe/core";
import { carryOut } from "../carry-out.js";
import { graphIn, loadTarget } from "../load/load-target.js";
import { runFlags, runSettings } from "../run-flags.js";
import type { Command } from "./command.js";

export const resume: Command = {
  meta: { name: "resume", description: "Go on with a run: what is finished is not run again" },
  args: { thread: { type: "positional", description: "The name that the run printed when it started" }, ...runFlags },
  async carryOut(flags, streams) {
    const settings = runSettings(flags);
    const thread = flags.args.thread!;
    const { file, export: name, models = {}, timeout } = (await firstRecord(settings.journal, thread)).meta as unknown as Meta;
    const graph = graphIn(await loadTarget(name === undefined ? file : `${file}#${name}`));
    const { exitCode } = await carryOut({
      ...settings,
      streams,
      graph,
      thread,
      models: { ...models, ...settings.models },
      timeout: settings.timeout ?? timeout,
      events: (app, signal) => app.resumeEvents(thread, { signal }),
    });
    return exitCode;
  },
};

/** What `run` leaves in a run's first record. */
interface Meta {
  readonly file: string;
  readonly export?: string;
  readonly models?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

async function firstRecord(file: string, thread: string): Promise<Extract<Entry, { kind: "began" }>> {
  const unknown = (what: string, hint: string) => new TroupeError("THREAD_UNKNOWN", what, { file, hint });
  // To ask a journal that is not there would make one.
  if (!existsSync(file)) throw unknown("There is no journal", "Go to the folder the run was started in, or give --journal PATH.");
  const journal = fileJournal(file);
  try {
    const [first] = await journal.read(thread);
    if (first?.kind === "began" && typeof (first.meta as { file?: unknown } | undefined)?.file === "string") return first;
    if (first) throw unknown(`Thread ${thread} does not say which file its graph is in`, "Resume it in the program that ran it.");
    const names = (await journal.threads()).sort((a, b) => b.time - a.time).map((one) => one.thread);
    const near = nearest(thread, names);
    const hint = near ? `Did you mean ${near}?` : `It has ${names.slice(0, 5).join(", ") || "none"}${names.length > 5 ? ", …" : ""}.`;
    throw unknown(`The journal has no thread ${thread}`, hint);
  } finally {
    await journal.close();
  }
}
