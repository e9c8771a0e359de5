// Faults that were once real, put back in on purpose: an attack that misses one attacks nothing.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const exec = promisify(execFile);

/** What holds the machine of a run to what it promises. */
const engineTests = ["confluence", "resume"].map((name) => `packages/core/src/host/simulation/${name}.test.ts`);

/** In `file`, each of `changes` is made: from, to. One of `cases`, of a kind, has to find it, or, where `tests` are named, one of these. */
export const faults = [
  {
    name: "the first answer counts",
    kind: "answers",
    cases: ["an answer with a second thought"],
    file: "packages/core/src/model/written-in.ts",
    changes: [["return [...answers.reverse(), ...examples.reverse()];", "return [...answers, ...examples];"]],
  },
  {
    name: "blanks before a line's end are looked for again and again",
    kind: "terminal",
    cases: ["lines of 100 kB"],
    file: "packages/cli/src/show/printable.ts",
    changes: [["/\\s+/g, (blank) =>", "/\\s*[\\r\\n\\t]\\s*/g, (blank) =>"]],
  },
  {
    name: "a part of a number is taken for it",
    kind: "values",
    cases: ['amount in "Total 1 234,56 €"'],
    file: "packages/nodes/src/text/extraction/numerals.ts",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a module's source
    changes: [['new RegExp(`${blanked.source}|${marked.source}`, "g")', 'new RegExp(marked.source, "g")']],
  },
  {
    name: "a line is searched back and forth for a name",
    kind: "texts",
    cases: ["extract from capitals"],
    file: "packages/nodes/src/text/extraction/name-lines.ts",
    changes: [['const name = /[\\p{L}\\d](?:.*[\\p{L}\\d.!)»"])?/su', "const name = /(?:[\\p{L}\\d]+\\s*)+!/su"]],
  },
  {
    name: "every address is public",
    kind: "media",
    cases: ["a server at 127.0.0.1"],
    file: "packages/core/src/limits/public-address.ts",
    changes: [["if (isIPv4(address)) return", "if (address) return true;\n  if (isIPv4(address)) return"]],
  },
  {
    name: "links lead out of a trusted folder",
    kind: "media",
    cases: ["a link that leads outside"],
    file: "packages/core/src/limits/trusted-path.ts",
    changes: [["const real = await realOf(wanted);", "const real = wanted;"]],
  },
  {
    name: "a body is read to its end, however long",
    kind: "media",
    cases: ["a body without end"],
    file: "packages/core/src/media/fetch-media.ts",
    changes: [["if (size > limits.mediaBytes)", "if (size < 0)"]],
  },
  {
    name: "what has a medium's form is one",
    kind: "media",
    cases: ["a medium that a model made up"],
    file: "packages/core/src/host/media-of-run.ts",
    changes: [
      [
        "const opened = await openMedia(kind, source,",
        "if (isMedia(source)) return source as Media;\n    const opened = await openMedia(kind, source,",
      ],
    ],
  },
  {
    name: "a provider's key goes to any server",
    kind: "weights",
    cases: ["a key that goes to a server that is not its own"],
    file: "packages/nodes/src/models/hosted/key-from.ts",
    changes: [["return named ?? trusted ?? (own ?", "return named ?? trusted ?? (own || true ?"]],
  },
  {
    name: "this machine is told by how its name begins",
    kind: "weights",
    cases: ["a model at http://127.evil.example/v1"],
    file: "packages/nodes/src/models/is-this-machine.ts",
    changes: [["return family === 0 ?", "if (/^(localhost|127\\.)/.test(host)) return true;\n  return family === 0 ?"]],
  },
  {
    name: "any text is a model's name",
    kind: "weights",
    cases: ['pull("..")'],
    file: "packages/nodes/src/models/model-name.ts",
    changes: [["if (plain.test(name) && !reserved.test(name)) return name;", "if (name) return name;"]],
  },
  {
    name: "a graph's file names modules anywhere",
    kind: "modules",
    cases: ["troupe check, a graph that names a path that climbs"],
    file: "packages/core/src/limits/allowed-module.ts",
    changes: [["if (beneath(real, await realOf(resolve(base)))) return", "if (base) return"]],
  },
  {
    name: "a journal that everyone can read",
    kind: "files",
    cases: ["a journal that others can read"],
    file: "packages/core/src/journal/open-database.ts",
    changes: [['await writeFile(file, "", { flag: "wx", mode: 0o600 })', 'await writeFile(file, "", { flag: "wx", mode: 0o644 })']],
  },
  {
    name: "a journal's link is followed",
    kind: "files",
    cases: ["a journal that is a link to another file"],
    file: "packages/core/src/journal/open-database.ts",
    changes: [["if (info?.isSymbolicLink()) throw refuse(", "if (info && !info) throw refuse("]],
  },
  ...[
    {
      name: "a node runs as soon as an edge reaches it",
      file: "packages/core/src/engine/schedule.ts",
      changes: [["if (holder === undefined) {", "if (holder === undefined || node) {"]],
    },
    {
      name: "a loop goes round while its body is at work",
      file: "packages/core/src/engine/schedule.ts",
      changes: [["if (!latched.has(head) || busy.get(head)) return;", "if (!latched.has(head)) return;"]],
    },
    {
      name: "races between two writers are passed over",
      file: "packages/core/src/check/conflicts.ts",
      changes: [
        [
          "if (!clash(tokens.nodeOf(pair[0]), tokens.nodeOf(pair[1]))) continue;",
          "const [x, y] = [tokens.nodeOf(pair[0]), tokens.nodeOf(pair[1])];\n    if (!clash(x, y) || (writes.has(x) && writes.has(y))) continue;",
        ],
      ],
    },
    {
      name: "contributions are folded as they arrive",
      file: "packages/core/src/engine/fields.ts",
      changes: [["if (last && compareKeys(last.key, key) > 0) {", "if (last && compareKeys(last.key, key) > Number.POSITIVE_INFINITY) {"]],
    },
    {
      name: "the journal loses the first record of a batch",
      file: "packages/core/src/host/carry-out.ts",
      changes: [["hold.append(run, records)", "hold.append(run, records.length > 1 ? records.slice(1) : records)"]],
    },
    {
      name: "what is to start is started twice",
      file: "packages/core/src/engine/transition.ts",
      changes: [['step.commands.push({ kind: "start",', 'for (const _ of [1, 2]) step.commands.push({ kind: "start",']],
    },
  ].map((fault) => ({ ...fault, kind: "engine", tests: engineTests })),
];

/** Makes the changes of a fault in a copy of the tree. */
function spoil(folder, { name, file, changes }) {
  const path = join(folder, file);
  let text = readFileSync(path, "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`The fault "${name}" fits ${file} no longer: it has no ${JSON.stringify(from)}`);
    text = text.replace(from, () => to);
  }
  writeFileSync(path, text);
}

/** A copy of the packages' sources, and of what is built of them, for some work on it. */
async function copied(parent, names, work) {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "fault-"));
  try {
    cpSync(join(root, "tsconfig.base.json"), join(folder, "tsconfig.base.json"));
    mkdirSync(join(folder, "node_modules", "@troupe"), { recursive: true });
    for (const one of names) {
      cpSync(join(root, "packages", one), join(folder, "packages", one), {
        recursive: true,
        filter: (path) => !["node_modules", ".turbo"].includes(basename(path)),
      });
      symlinkSync(join(folder, "packages", one), join(folder, "node_modules", "@troupe", one));
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds the packages with a fault in them, apart from the real ones, for some work on them. */
export const withFault = (fault, work) =>
  copied(join(root, "node_modules", ".troupe-attack"), ["core", "weights", "nodes", "cli"], async (folder) => {
    spoil(folder, fault);
    const cwd = join(folder, ...fault.file.split("/").slice(0, 2));
    await exec(process.execPath, [join(root, "node_modules", "tsup", "dist", "cli-default.js"), "--no-dts", "--no-sourcemap"], { cwd });
    return work(join(folder, "packages"));
  });

/** Runs a fault's tests with it in the sources; gives the names of those that fail. */
export const failing = (fault) =>
  // Not below node_modules, where vitest looks for no tests.
  copied(join(root, ".troupe"), ["core"], async (folder) => {
    for (const one of ["vitest.config.ts", "scripts", "tsconfig.json"]) cpSync(join(root, one), join(folder, one), { recursive: true });
    spoil(folder, fault);
    const report = join(folder, "report.json");
    const args = ["run", "--root", folder, "--bail", "1", "--reporter", "json", "--outputFile", report, ...fault.tests];
    await exec(process.execPath, [join(root, "node_modules", "vitest", "vitest.mjs"), ...args], { cwd: folder, maxBuffer: 2 ** 26 }).catch(
      () => {}, // that is what is hoped for
    );
    const { testResults } = JSON.parse(readFileSync(report, "utf8"));
    return testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === "failed").map(({ title }) => title),
    );
  });
