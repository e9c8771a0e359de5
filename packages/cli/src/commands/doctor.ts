import { defaultJournal } from "../command-line.js";
import { journal } from "../doctor/journal.js";
import { keptModels } from "../doctor/kept-models.js";
import { cores, memory, node } from "../doctor/machine.js";
import { ollama } from "../doctor/ollama.js";
import { packages } from "../doctor/packages.js";
import { go, python } from "../doctor/programs.js";
import { exitCode } from "../exit-code.js";
import { measureModel } from "../measure-model.js";
import { colorsFor } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import { printable } from "../show/printable.js";
import type { Command } from "./command.js";

export const doctor: Command = {
  meta: { name: "doctor", description: "Say what is there to run models on, and what to do about what is not" },
  args: {
    journal: { type: "string", valueHint: "path", description: `The journal's file (default: ${defaultJournal})` },
    measure: {
      type: "string",
      valueHint: "model",
      description: "Try a chat model that is here instead, and keep what it can do in its card",
    },
    json: { type: "boolean", description: "Print the findings, or what was measured, as JSON" },
  },
  async carryOut(flags, streams) {
    const measured = flags.value("measure");
    if (measured !== undefined) return measureModel(measured, flags, streams);
    const { out } = streams;
    const path = flags.value("journal") ?? defaultJournal;
    const findings = await Promise.all([node(), cores(), memory(), keptModels(), ...packages(), python(), ollama(), go(), journal(path)]);
    const colors = colorsFor(out);
    const width = Math.max(...findings.map(({ name }) => name.length));
    const marks = { ok: colors.green("✓"), absent: colors.yellow("–"), missing: colors.red("✗") };
    const lines = findings.flatMap(({ name, status, found, hint }) => [
      `${marks[status]} ${name.padEnd(width)} ${printable(found)}`,
      ...(hint === undefined ? [] : [`  ${" ".repeat(width)} ${colors.dim(printable(hint))}`]),
    ]);
    out.write(`${flags.has("json") ? jsonText(findings, 2) : lines.join("\n")}\n`);
    return findings.some(({ status }) => status === "missing") ? exitCode.failed : exitCode.ok;
  },
};
