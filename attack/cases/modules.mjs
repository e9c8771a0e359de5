// What a graph file or a journal may make the program load.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A module that tells, when it is loaded, by writing a file. */
const planted = (mark) => `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, "loaded"); export default {};\n`;
const graph = (module) =>
  JSON.stringify({
    name: "g",
    state: { n: "number" },
    input: ["n"],
    output: ["n"],
    nodes: { a: `${module}#default` },
    start: "a",
    edges: { a: "end" },
  });

const kinds = {
  "an absolute path": ({ outside }) => outside,
  "a path that climbs": () => "../outside/planted.mjs",
  "a file URL": ({ outside }) => pathToFileURL(outside).href,
  "a data URL": ({ mark }) => `data:text/javascript,${encodeURIComponent(planted(mark))}`,
  "a link out of the folder": ({ outside, folder }) => {
    symlinkSync(outside, join(folder, "inside.mjs"));
    return "./inside.mjs";
  },
  "a package nobody declared": ({ folder, mark }) => {
    mkdirSync(join(folder, "node_modules", "planted"), { recursive: true });
    writeFileSync(join(folder, "node_modules", "planted", "package.json"), '{"name":"planted","type":"module","exports":"./index.js"}');
    writeFileSync(join(folder, "node_modules", "planted", "index.js"), planted(mark));
    return "planted";
  },
};

function place(scratch, name) {
  const at = join(scratch, name.replace(/\W/g, "-"));
  const folder = join(at, "graphs");
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(at, "outside"));
  const mark = join(at, "mark");
  const outside = join(at, "outside", "planted.mjs");
  writeFileSync(outside, planted(mark));
  writeFileSync(join(folder, "package.json"), '{"name":"graphs","type":"module"}');
  return { at, folder, mark, outside };
}

export default [
  ...Object.entries(kinds).flatMap(([name, module]) =>
    ["check", "draw", "run"].map((command) => ({
      name: `troupe ${command}, a graph that names ${name}`,
      short: command === "check" && name === "a path that climbs",
      run: ({ bin, scratch }) => {
        const where = place(scratch, `${command} ${name}`);
        writeFileSync(join(where.folder, "graph.json"), graph(module(where)));
        const { stdout, stderr } = spawnSync(
          process.execPath,
          [bin, command, "graph.json", ...(command === "run" ? ["--input", "n=1"] : [])],
          {
            cwd: where.folder,
            encoding: "utf8",
            timeout: 60_000,
          },
        );
        if (existsSync(where.mark)) return "it was loaded";
        if (command === "check" && !/trust|outside|declare|module/i.test(stdout + stderr)) return `nothing says why: ${stdout}${stderr}`;
      },
    })),
  ),
  {
    name: "a journal that names a module elsewhere",
    short: true,
    run: async ({ core, bin, scratch }) => {
      const where = place(scratch, "journal");
      // A run that was begun by somebody else's file, as a planted journal would tell of it.
      const journal = core.fileJournal(join(where.folder, ".troupe", "journal.db"));
      const z = await import("zod");
      const one = core.specialist({
        name: "a",
        does: "a",
        input: z.object({ n: z.number() }),
        output: z.object({ n: z.number() }),
        run: () => {
          throw new Error("stopped");
        },
      });
      const app = core.compile(
        core.defineGraph({
          name: "g",
          state: { n: z.number() },
          input: ["n"],
          output: ["n"],
          nodes: { a: one },
          start: "a",
          edges: { a: core.END },
        }),
        { journal },
      );
      const meta = { file: where.outside, export: "default", models: {} };
      await app.invoke({ n: 1 }, { thread: "t", meta }).catch(() => {});
      await journal.close();
      const { stdout, stderr } = spawnSync(process.execPath, [bin, "resume", "t"], {
        cwd: where.folder,
        encoding: "utf8",
        timeout: 60_000,
      });
      if (existsSync(where.mark)) return "it was loaded";
      if (!/trust/i.test(stdout + stderr)) return `nothing says how to trust it: ${stdout}${stderr}`;
    },
  },
  {
    name: "a cache of compiled modules that others can write to",
    run: ({ bin, scratch }) => {
      const { folder } = place(scratch, "cache");
      const temporary = join(folder, "tmp");
      mkdirSync(temporary);
      const home = join(folder, "home");
      mkdirSync(home);
      writeFileSync(join(folder, "graph.ts"), 'const name: string = "x"; export default { name };\n');
      const { XDG_CACHE_HOME: _, TROUPE_CACHE: __, ...env } = process.env;
      spawnSync(process.execPath, [bin, "check", "graph.ts"], {
        cwd: folder,
        env: { ...env, HOME: home, TMPDIR: temporary },
        timeout: 60_000,
      });
      if (readdirSync(temporary).length) return `it lies in the shared temporary folder: ${readdirSync(temporary)}`;
      const open = execFileSync("find", [home, "-type", "d", "-perm", "/022"], { encoding: "utf8" })
        .trim()
        .split("\n")
        .filter((one) => one && one !== home);
      if (open.length) return `others can write to ${open.map((one) => `${one} (${(statSync(one).mode & 0o777).toString(8)})`)}`;
    },
  },
];
