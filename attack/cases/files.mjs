// Journals and what lies beside them: the user's own, whole, and never waited for at the cost of everything else.
import { existsSync, mkdirSync, readdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { refused } from "../alone.mjs";

const graph = (core) => {
  const one = core.specialist({
    name: "a",
    does: "a",
    input: z.object({ n: z.number() }),
    output: z.object({ n: z.number() }),
    run: ({ n }) => ({ n: n + 1 }),
  });
  return core.defineGraph({
    name: "g",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { a: one },
    start: "a",
    edges: { a: core.END },
  });
};
async function journalled(core, file) {
  const journal = core.fileJournal(file);
  await core.compile(graph(core), { journal }).invoke({ n: 1 }, { thread: "t" });
  await journal.close();
}
/** SQLite, as the core under attack has it. */
const database = (packages, file) => {
  const Database = createRequire(pathToFileURL(join(packages, "core", "package.json")))("libsql");
  return new Database(file);
};
const packagesOf = (bin) => join(bin, "..", "..", "..");

export default [
  {
    name: "a journal that others can read",
    short: true,
    run: async ({ core, scratch }) => {
      const folder = join(scratch, "modes");
      mkdirSync(folder);
      await journalled(core, join(folder, "journal.db"));
      const open = readdirSync(folder).filter((name) => statSync(join(folder, name)).mode & 0o077);
      if (open.length) return `others can read ${open}`;
    },
  },
  {
    name: "media that others can read",
    run: async ({ core, scratch }) => {
      const folder = join(scratch, "media");
      mkdirSync(folder);
      const journal = core.fileJournal(join(folder, "journal.db"));
      const one = core.specialist({
        name: "a",
        does: "a",
        input: z.object({ file: core.media.file() }),
        output: z.object({ n: z.number() }),
        run: () => ({ n: 1 }),
      });
      const app = core.compile(
        core.defineGraph({
          name: "g",
          state: { file: core.media.file(), n: z.number() },
          input: ["file"],
          output: ["n"],
          nodes: { a: one },
          start: "a",
          edges: { a: core.END },
        }),
        { journal },
      );
      await app.invoke({ file: Buffer.from("secret text") }, { thread: "t" });
      await journal.close();
      const all = readdirSync(folder, { recursive: true, withFileTypes: true }).map(({ parentPath, name }) => join(parentPath, name));
      const open = all.filter((path) => statSync(path).mode & 0o077);
      if (open.length) return `others can read ${open}`;
    },
  },
  {
    name: "a journal that is a link to another file",
    short: true,
    run: async ({ core, scratch }) => {
      const target = join(scratch, "elsewhere.db");
      const link = join(scratch, "link.db");
      symlinkSync(target, link);
      const finding = await refused(() => journalled(core, link));
      if (existsSync(target)) return `the link was followed to ${readlinkSync(link)}`;
      return finding;
    },
  },
  {
    name: "a record with a byte that is no text",
    short: true,
    run: async ({ core, bin, scratch }) => {
      const file = join(scratch, "bytes.db");
      await journalled(core, file);
      const db = database(packagesOf(bin), file);
      db.exec("UPDATE batches SET records = CAST(CAST(records AS BLOB) || x'ff' AS TEXT) WHERE seq = 1");
      db.close();
      const journal = core.fileJournal(file);
      const finding = await refused(async () => {
        for await (const _ of core.compile(graph(core), { journal }).resumeEvents("t"));
      });
      await journal.close().catch(() => {});
      return finding;
    },
  },
  {
    name: "a lock that another process holds",
    run: async ({ core, bin, scratch }) => {
      const file = join(scratch, "locked.db");
      await journalled(core, file);
      const db = database(packagesOf(bin), file);
      db.exec("BEGIN EXCLUSIVE");
      let [last, longest] = [Date.now(), 0];
      const beat = setInterval(() => {
        longest = Math.max(longest, Date.now() - last);
        last = Date.now();
      }, 20);
      const journal = core.fileJournal(file);
      const waiting = core
        .compile(graph(core), { journal })
        .invoke({ n: 1 }, { thread: "u" })
        .catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 3000));
      longest = Math.max(longest, Date.now() - last);
      db.exec("ROLLBACK");
      db.close();
      await waiting;
      clearInterval(beat);
      await journal.close().catch(() => {});
      if (longest > 2500) return `nothing else ran for ${longest} ms`;
    },
  },
];
