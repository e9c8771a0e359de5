import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { nearest, TroupeError } from "@troupe/core";
import { renderUsage } from "citty";
import type { Command } from "./commands/command.js";
import { errorTold } from "./error-told.js";
import { exitCode, exitCodeOf } from "./exit-code.js";
import { everywhere, parseFlags } from "./parse-flags.js";
import { printError } from "./print-error.js";
import { colorsFor } from "./show/colors.js";
import { jsonText } from "./show/json-text.js";
import { type Streams, takeStreams } from "./show/streams.js";

/** Every command, loaded when it is asked for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.js")).run,
  resume: async () => (await import("./commands/resume.js")).resume,
  threads: async () => (await import("./commands/threads.js")).threads,
  "threads prune": async () => (await import("./commands/threads-remove.js")).threadsPrune,
  "threads delete": async () => (await import("./commands/threads-remove.js")).threadsDelete,
  check: async () => (await import("./commands/check.js")).check,
  draw: async () => (await import("./commands/draw.js")).draw,
  plan: async () => (await import("./commands/plan.js")).plan,
  decide: async () => (await import("./commands/decide.js")).decide,
  compare: async () => (await import("./commands/compare.js")).compare,
  mcp: async () => (await import("./commands/mcp.js")).mcp,
  train: async () => (await import("./commands/train.js")).train,
  models: async () => (await import("./commands/models.js")).models,
  "models pull": async () => (await import("./commands/models-pull.js")).modelsPull,
  doctor: async () => (await import("./commands/doctor.js")).doctor,
};

const codes = `EXIT CODES

    0  it went well
    1  the run failed, the check found issues, or the doctor misses something that is required
    2  the command line was used wrongly: an unknown command or flag, or a graph file, input or thread that is not there, or questions that are none
  130  stopped by Ctrl-C
  143  stopped by SIGTERM`;

/** Carries out one command line; gives the exit code and never throws. */
export async function cli(line: readonly string[]): Promise<number> {
  const debug = line.includes("--debug") || Boolean(process.env.TROUPE_DEBUG);
  const streams = takeStreams();
  try {
    return await dispatch(line, debug, streams);
  } catch (error) {
    streams.err.write(`${printError(error, colorsFor(streams.err), debug)}\n`);
    const told = errorTold(error);
    // Whoever reads JSON reads what went wrong there too, in the form in which a run ends; a result that was told is all there is.
    if (line.includes("--json") && !streams.wrote()) streams.out.write(`${jsonText({ kind: "ended", time: Date.now(), error: told })}\n`);
    return exitCodeOf(told.code);
  } finally {
    streams.giveBack();
  }
}

async function dispatch(line: readonly string[], debug: boolean, streams: Streams): Promise<number> {
  const [first = "--help", second = ""] = line;
  if (first === "--version" || first === "-v") return say(streams.out, version());
  if (first === "--help" || first === "-h" || first === "help") return say(streams.out, await help());
  const both = `${first} ${second}`;
  const name = Object.hasOwn(commands, both) ? both : first;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const parts = Object.keys(commands).filter((one) => one.startsWith(`${first} `));
  if (!load || (name === first && parts.length && second && !second.startsWith("-"))) throw unknownCommand(first, second, parts);
  const command = await load();
  folderIsThere();
  const flags = parseFlags(line.slice(name.split(" ").length), name, command.args);
  if (flags.has("help")) return say(streams.out, await helpFor(name, command));
  return command.carryOut(debug ? { ...flags, has: (flag) => flag === "debug" || flags.has(flag) } : flags, streams);
}

/** A folder may be removed while a shell stands in it. */
function folderIsThere(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw new TroupeError("FOLDER_GONE", "The working directory is not there any more", { hint: "Go to a folder that is there.", cause });
  }
}

/** What was probably meant: the command, one of its parts (`models pul`), or a part alone (`pull`). */
function unknownCommand(first: string, second: string, parts: readonly string[]): TroupeError {
  const names = Object.keys(commands);
  const ofTwo =
    second && !second.startsWith("-")
      ? nearest(
          `${first} ${second}`,
          names.filter((one) => one.includes(" ")),
        )
      : undefined;
  const last = nearest(
    first,
    names.flatMap((one) => one.split(" ").slice(-1)),
  );
  const near = ofTwo ?? nearest(first, names) ?? names.find((one) => last !== undefined && one.endsWith(` ${last}`));
  const said = parts.length ? `${first} ${second}` : first;
  const others = parts.length ? parts : names;
  return new TroupeError("COMMAND_UNKNOWN", `There is no command ${said}`, {
    hint: near && near !== first ? `Did you mean troupe ${near}?` : `There are ${others.join(", ")}; troupe --help tells what they do.`,
  });
}

const version = (): string => JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

function say(out: NodeJS.WriteStream, text: string): number {
  const plain = colorsFor(out).isColorSupported ? text : stripVTControlCharacters(text);
  out.write(`${plain}\n`);
  return exitCode.ok;
}

async function help(): Promise<string> {
  const loaded = await Promise.all(Object.entries(commands).map(async ([name, load]) => [name, await load()] as const));
  const root = { meta: { name: "troupe", version: version(), description: "Graphs of small, specialised models" } };
  const usage = await renderUsage({ ...root, subCommands: Object.fromEntries(loaded) });
  return `${usage}\n\n${codes}\n\n  Errors say CODE: what happened, where, and what to do; --debug (or TROUPE_DEBUG=1) adds their stack.`;
}

const helpFor = (name: string, command: Command): Promise<string> =>
  renderUsage({ meta: { ...command.meta, name }, args: { ...command.args, ...everywhere } }, { meta: { name: "troupe" } });
