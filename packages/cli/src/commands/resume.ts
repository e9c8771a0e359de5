import { resolve } from "node:path";
import { allowedModule, TroupeError } from "@troupe/core";
import { carryOut } from "../carry-out.js";
import { readConfig } from "../config.js";
import { confirmed } from "../confirmed.js";
import { threadUnknown, withJournal } from "../kept-journal.js";
import { graphIn, loadTarget } from "../load/load-target.js";
import { type RunSettings, runFlags, runSettings } from "../run-flags.js";
import { printable } from "../show/printable.js";
import type { Command } from "./command.js";

export const resume: Command<"thread"> = {
  meta: { name: "resume", description: "Go on with a run: what is finished is not run again" },
  args: { thread: { type: "positional", description: "The name that the run printed when it started" }, ...runFlags },
  async carryOut(flags, streams) {
    const settings = runSettings(flags, await readConfig());
    const { trust } = settings;
    const thread = flags.args.thread;
    const { file, export: name, models = {}, timeout } = await left(settings.journal, thread);
    await mayLoad(resolve(file), settings, streams.err);
    const graph = graphIn(await loadTarget(name === undefined ? file : `${file}#${name}`, { trust }));
    const { exitCode } = await carryOut({
      ...settings,
      streams,
      graph,
      thread,
      models: { ...models, ...settings.models },
      timeout: settings.timeout ?? timeout,
      events: (app, given) => app.resumeEvents(thread, given),
    });
    return exitCode;
  },
};

/** A journal may come from anywhere: what it names is code that will be run. @throws TroupeError `MODULE_UNTRUSTED` */
async function mayLoad(file: string, { trust, journal }: RunSettings, err: NodeJS.WriteStream): Promise<void> {
  const allowed = await allowedModule(file, process.cwd(), trust);
  if ("module" in allowed) return;
  const what = `The journal ${journal} names a module that ${allowed.refusal}`;
  if (await confirmed(`${printable(what)}:\n  ${printable(file)}\nLoad it, which runs its code?`, err)) return;
  throw new TroupeError("MODULE_UNTRUSTED", what, { file, hint: `If you know what it does: --trust modules=${file}` });
}

/** What `run` leaves in a run's first record. */
interface Meta {
  readonly file: string;
  readonly export?: string;
  readonly models?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

/** Whether it is what a run leaves: a journal may hold anything. */
function isMeta(found: unknown): found is Meta {
  if (typeof found !== "object" || found === null) return false;
  const { file, export: name, models = {}, timeout = 1 } = found as Partial<Record<keyof Meta, unknown>>;
  return (
    typeof file === "string" &&
    (name === undefined || typeof name === "string") &&
    typeof models === "object" &&
    models !== null &&
    Object.values(models).every((one) => typeof one === "string") &&
    typeof timeout === "number"
  );
}

/** What the run of a thread left. @throws TroupeError `THREAD_UNKNOWN` */
const left = (file: string, thread: string): Promise<Meta> =>
  withJournal(file, async (journal) => {
    const [first] = await journal.read(thread);
    if (!first) throw await threadUnknown(journal, file, thread);
    if (first.kind === "began" && isMeta(first.meta)) return first.meta;
    const what = `Thread ${thread} does not say, as a run does, which file its graph is in`;
    throw new TroupeError("THREAD_UNKNOWN", what, { file, hint: "Resume it in the program that ran it." });
  });
