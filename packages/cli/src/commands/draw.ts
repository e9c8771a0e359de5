import { dataOf, draw as drawGraph } from "@troupe/core";
import { exitCode } from "../exit-code.js";
import { filesRead } from "../files-read.js";
import { graphIn } from "../load/load-target.js";
import { loadToLook } from "../load/load-to-look.js";
import { trustFlags } from "../run-flags.js";
import { writable, writeOut } from "../writable.js";
import { type Command, target } from "./command.js";

export const draw: Command<"file"> = {
  meta: { name: "draw", description: "Draw a graph, as Mermaid or DOT" },
  args: {
    file: target,
    ...trustFlags,
    format: { type: "enum", options: ["mermaid", "dot"], default: "mermaid", description: "The drawing's language" },
    out: { type: "string", valueHint: "file", description: "Write the drawing to a file" },
  },
  async carryOut(flags, { out, err }) {
    const into = flags.value("out");
    if (into !== undefined) writable(into, filesRead(flags));
    const found = await loadToLook(flags, err);
    // A graph with issues is drawn too: that may be how they are seen.
    const text = `${drawGraph(dataOf(found.graph ?? graphIn(found)), flags.value("format") === "dot" ? "dot" : "mermaid").trimEnd()}\n`;
    if (into === undefined) out.write(text);
    else await writeOut(into, text);
    if (found.issues.length) {
      const many = `${found.issues.length} ${found.issues.length === 1 ? "issue" : "issues"}`;
      err.write(`The graph has ${many}: troupe check lists them.\n`);
    }
    return exitCode.ok;
  },
};
