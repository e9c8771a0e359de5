// Damages journals in ways that a seed chooses, and reads them: nothing may end the process, and whatever can still be read without an
// error has to be what was written.
//   npm run build && node attack/damage.mjs [COUNT] [SEED]
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { countsOf } from "./counts.mjs";
import { ofKilled, ofWhole } from "./damage/kinds.mjs";
import { copyJournal } from "./damage/read-all.mjs";
import { random } from "./kill/random.mjs";

const script = (name) => fileURLToPath(new URL(`./damage/${name}.mjs`, import.meta.url));

const kinds = [
  ...Object.entries(ofWhole).map(([name, damage]) => ({ name, damage, of: "whole" })),
  ...Object.entries(ofKilled).map(([name, damage]) => ({ name, damage, of: "killed" })),
];

/** What may be said of a damaged journal. A medium that is lost is for whoever asks for it to say. */
const named = /^(JOURNAL_(BROKEN|UNREADABLE|UNWRITABLE)|THREAD_(BUSY|TAKEN)|MEDIUM_LOST)$/;

/** Damages so many journals. Gives what came of each kind of damage, and a line for each thing that was silent or ended the process. */
export async function damaged(count, { seed = 1 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "troupe-damage-"));
  try {
    const made = spawnSync(process.execPath, [script("make"), folder, seed], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    const { runsOf, ...originals } = JSON.parse(made.stdout);
    const { int } = random(seed);
    const cases = Array.from({ length: count }, (_, i) => {
      const { name, damage, of } = kinds[i % kinds.length];
      const file = join(folder, `${i}`, "journal.db");
      mkdirSync(join(folder, `${i}`));
      copyJournal(join(folder, `${of}.db`), file);
      damage(file, int);
      return { name, of, file };
    });
    const told = await readEach(
      cases.map(({ file }) => file),
      runsOf,
    );
    const rows = new Map(kinds.map(({ name }) => [name, { cases: 0, noticed: 0, harmless: 0, silent: 0, ended: 0 }]));
    const findings = [];
    for (const [i, { name, of, file }] of cases.entries()) {
      const row = rows.get(name);
      row.cases++;
      const pieces = Object.entries(told.get(file) ?? {});
      const wrong = pieces.filter(([piece, { found, error }]) => (error ? !named.test(error) : found !== originals[of][piece].found));
      findings.push(...wrong.map(([piece, { error }]) => `${i}, ${name}: ${piece} ${error ?? "reads otherwise"}`));
      if (!pieces.length) findings.push(`${i}, ${name}: the process ended`);
      row[!pieces.length ? "ended" : wrong.length ? "silent" : pieces.some(([, { error }]) => error) ? "noticed" : "harmless"]++;
    }
    return { rows, findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads files in a process apart, and in another what is left where that one ends. */
async function readEach(files, runsOf) {
  const told = new Map();
  for (let left = files; left.length; ) {
    const child = spawn(process.execPath, [script("reader"), JSON.stringify(runsOf)], { stdio: ["pipe", "pipe", "ignore"] });
    // It may end before it has read them all.
    child.stdin.on("error", () => {});
    child.stdin.end(left.map((file) => `${file}\n`).join(""));
    for await (const line of createInterface({ input: child.stdout })) {
      const { file, pieces } = JSON.parse(line);
      told.set(file, pieces);
    }
    left = left.filter((file) => !told.has(file)).slice(1);
  }
  return told;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count, seed] = countsOf(process.argv.slice(2), { COUNT: 90, SEED: 1 });
  const { rows, findings } = await damaged(count, { seed });
  const line = (name, ...cells) => console.log(name.padEnd(44), ...cells.map((cell) => `${cell}`.padStart(13)));
  line("what is damaged", "cases", "an error", "reads as ever", "silent", "process ended");
  for (const [name, { cases, noticed, harmless, silent, ended }] of rows) line(name, cases, noticed, harmless, silent, ended);
  for (const finding of findings) console.log(`✗ ${finding}`);
  console.log(`${count} journals damaged, seed ${seed}: ${findings.length} findings`);
  if (findings.length) process.exitCode = 1;
}
