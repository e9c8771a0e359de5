import { defaultJournal } from "../command-line.js";
import { readConfig } from "../config.js";
import { exitCode } from "../exit-code.js";
import { withJournal } from "../kept-journal.js";
import type { Flags } from "../parse-flags.js";
import { jsonText } from "../show/json-text.js";
import { printable } from "../show/printable.js";
import type { Command } from "./command.js";

export const journalFlag = {
  journal: { type: "string", valueHint: "path", description: `The journal's file (default: ${defaultJournal})` },
} as const;

/** The journal that a command is about. */
export const journalOf = async (flags: Flags): Promise<string> => flags.value("journal") ?? (await readConfig()).journal ?? defaultJournal;

export const threads: Command = {
  meta: { name: "threads", description: "List the threads of a journal; threads prune and threads delete make room" },
  args: { ...journalFlag, json: { type: "boolean", description: "Print the threads as a JSON list" } },
  async carryOut(flags, { out }) {
    const list = await withJournal(await journalOf(flags), (journal) => journal.threads());
    list.sort((a, b) => b.time - a.time);
    const lines = list.map(({ thread, graph, runs, status, time }) => {
      const count = `${runs} ${runs === 1 ? "run" : "runs"}`;
      return printable(`${thread}  ${status}  ${graph}, ${count}, ${new Date(time).toISOString()}`);
    });
    const text = flags.has("json") ? jsonText(list, 2) : lines.join("\n");
    if (text) out.write(`${text}\n`);
    return exitCode.ok;
  },
};
