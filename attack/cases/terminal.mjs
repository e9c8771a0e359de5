// What a file, a model or a module may write to the terminal.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const sequences = {
  "an escape": "\u001b[2J\u001b]0;owned\u0007",
  "a C1 control": "\u009b2J",
  "a carriage return": "safe\rowned",
  "text turned round": "\u202eowned",
};
/** What a terminal would obey. Line ends are text. */
const obeyed = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const says = (text) =>
  obeyed.test(text) ? `it wrote ${JSON.stringify(obeyed.exec(text)[0])}: ${JSON.stringify(text.slice(0, 300))}` : undefined;

const places = {
  "a graph's name": (text) => ({ name: `g${text}` }),
  "a node's name": (text) => ({ nodes: { [`a${text}`]: "./nowhere.ts" }, start: `a${text}` }),
  "a field's name": (text) => ({ state: { [`n${text}`]: "number" } }),
  "what is not known": (text) => ({ [`odd${text}`]: 1 }),
};

export default [
  ...Object.entries(places).flatMap(([where, make]) =>
    Object.entries(sequences).flatMap(([what, text]) =>
      [["check"], ["check", "--json"], ["draw"], ["draw", "--format", "dot"], ["run"]].map((command) => ({
        name: `troupe ${command.join(" ")}, ${where} with ${what}`,
        short: what === "an escape" && command.join() === "draw" && where === "a node's name",
        run: ({ bin, scratch }) => {
          const folder = join(scratch, "graph");
          mkdirSync(folder, { recursive: true });
          const graph = { name: "g", state: {}, nodes: {}, start: "end", edges: {}, ...make(text) };
          writeFileSync(join(folder, "graph.json"), JSON.stringify(graph));
          const { stdout, stderr } = spawnSync(process.execPath, [bin, ...command.slice(0, 1), "graph.json", ...command.slice(1)], {
            cwd: folder,
            encoding: "utf8",
            timeout: 60_000,
          });
          return says(stdout) ?? says(stderr);
        },
      })),
    ),
  ),
  ...[[], ["--json"], ["--debug"]].map((flags) => ({
    name: `troupe run ${flags}, a module that writes and throws escapes`,
    short: flags.length === 0,
    run: ({ bin, scratch }) => {
      const text = Object.values(sequences).join(" ");
      const file = join(scratch, `loud${flags}.mjs`);
      const core = JSON.stringify(join(bin, "../../../core/dist/index.js"));
      writeFileSync(
        file,
        `import { defineGraph, END, schemaFromJson, specialist } from ${core};
         const fields = schemaFromJson({ type: "object", properties: { n: { type: "number" } }, required: ["n"], additionalProperties: false });
         console.log(${JSON.stringify(text)}); console.error(${JSON.stringify(text)});
         const a = specialist({ name: "a", does: "a", input: fields, output: fields, run: (_, ctx) => { console.log(${JSON.stringify(text)}); throw new Error(${JSON.stringify(text)}); } });
         export default defineGraph({ name: "g", state: { n: schemaFromJson({ type: "number" }) }, input: ["n"], output: ["n"], nodes: { a }, start: "a", edges: { a: END } });\n`,
      );
      const { stdout, stderr } = spawnSync(process.execPath, [bin, "run", file, "--input", "n=1", ...flags], {
        cwd: scratch,
        encoding: "utf8",
        timeout: 60_000,
      });
      if (!stderr.includes("owned") && !stdout.includes("owned")) return `nothing of it was shown: ${stdout}${stderr}`;
      return says(stdout) ?? says(stderr);
    },
  })),
  {
    name: "lines of 100 kB",
    seconds: 6,
    run: ({ bin, scratch }) => {
      for (const part of [" ", "a ", "\t", "界"]) {
        const file = join(scratch, "long.json");
        writeFileSync(file, JSON.stringify({ name: part.repeat(100_000), [part.repeat(100_000)]: 1 }));
        const { error } = spawnSync(process.execPath, [bin, "check", file], { cwd: scratch, timeout: 15_000, maxBuffer: 2 ** 26 });
        if (error) return `${JSON.stringify(part)}: ${error.message}`;
      }
    },
  },
];
