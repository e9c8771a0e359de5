import type { Journal } from "@troupe/core";
import { exitCode } from "../exit-code.js";
import { threadUnknown, withJournal } from "../kept-journal.js";
import { jsonText } from "../show/json-text.js";
import { printable } from "../show/printable.js";
import type { Command } from "./command.js";
import { journalFlag, journalOf } from "./threads.js";

export const threadsPrune = removing("prune", "Remove a thread's earlier runs: its last one stays", async (journal, thread) => {
  const runs = await journal.prune(thread);
  return { runs, said: `${runs} earlier ${runs === 1 ? "run" : "runs"} of ${thread} removed` };
});

export const threadsDelete = removing("delete", "Remove a thread, with all that only it uses", async (journal, thread) => {
  await journal.delete(thread);
  return { said: `${thread} removed` };
});

type Removed = { readonly runs?: number; readonly said: string };

function removing(name: string, description: string, remove: (journal: Journal, thread: string) => Promise<Removed>): Command<"thread"> {
  return {
    meta: { name: `threads ${name}`, description },
    args: {
      thread: { type: "positional", description: "A name that troupe threads lists" },
      ...journalFlag,
      json: { type: "boolean", description: "Print what was removed as JSON" },
    },
    async carryOut(flags, { out }) {
      const file = await journalOf(flags);
      const thread = flags.args.thread;
      const { said, ...removed } = await withJournal(file, (journal) =>
        remove(journal, thread).catch(async (error) => {
          throw error.code === "THREAD_UNKNOWN" ? await threadUnknown(journal, file, thread) : error;
        }),
      );
      out.write(flags.has("json") ? `${jsonText({ thread, ...removed })}\n` : `${printable(said)}\n`);
      return exitCode.ok;
    },
  };
}
