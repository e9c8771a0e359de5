import { asSpecialist } from "@troupe/core";
import { beginRun } from "../begin-run.js";
import { readConfig } from "../config.js";
import { graphIn, loadTarget } from "../load/load-target.js";
import { outside } from "../outside.js";
import { readInput } from "../read-input.js";
import { inputFlags, runFlags, runSettings } from "../run-flags.js";
import { type Command, target } from "./command.js";

export const run: Command<"file"> = {
  meta: { name: "run", description: "Run a graph, a team or a specialist" },
  args: {
    file: target,
    ...inputFlags,
    thread: { type: "string", valueHint: "name", description: "The run's durable name (default: a new one)" },
    ...runFlags,
  },
  async carryOut(flags, streams) {
    const config = await readConfig();
    const { trust } = runSettings(flags, config);
    const found = await loadTarget(flags.args.file, { trust });
    const graph = graphIn(found);
    const typed = flags.values("input");
    const input = await readInput(asSpecialist(graph), typed, flags.value("input-file"));
    const named = typed.map((one) => one.slice(0, one.indexOf("=")));
    const settings = runSettings(flags, config, outside(found.file));
    const source = { file: found.file, ...(found.export === undefined ? {} : { export: found.export }) };
    return (await beginRun({ ...settings, streams, graph, input, named, source, thread: flags.value("thread") })).exitCode;
  },
};
