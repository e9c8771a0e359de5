import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** SQLite, as the core under attack has it. */
const SQLite = createRequire(new URL("../../packages/core/package.json", import.meta.url))("libsql");

const changed = (path, change) => {
  const bytes = readFileSync(path);
  writeFileSync(path, change(bytes) ?? bytes);
};
const sql = (work) => (file, pick) => {
  const db = new SQLite(file);
  const any = (table) => {
    const ids = db.prepare(`SELECT rowid AS id FROM ${table}`).all();
    return ids[pick(ids.length)].id;
  };
  work(db, any, pick);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
};
const one = (pick, list) => list[pick(list.length)];
/** Another value for a column, of its kind, near it or of any kind. */
const other = (pick, column) =>
  one(pick, [`${column} + 1`, `-${column}`, "7", "'text'", "x'ff00'", "NULL", `substr(${column}, 2)`, `${column} || 'x'`]);
const set = (table, columns) =>
  sql((db, any, pick) => {
    const column = one(pick, columns);
    db.exec(`UPDATE OR IGNORE ${table} SET ${column} = coalesce(${other(pick, column)}, '') WHERE rowid = ${any(table)}`);
  });
const removed = (table) => sql((db, any) => db.exec(`DELETE FROM ${table} WHERE rowid = ${any(table)}`));

const flips = (part) => (file, pick) =>
  changed(`${file}${part}`, (bytes) => {
    for (let i = pick(4); i >= 0; i--) bytes[pick(bytes.length)] ^= 1 << pick(8);
  });
const zeros = (part) => (file, pick) =>
  changed(`${file}${part}`, (bytes) => {
    const at = pick(Math.floor(bytes.length / 1024)) * 1024;
    bytes.fill(0, at, at + 1024);
  });
const cut = (part) => (file, pick) => truncateSync(`${file}${part}`, pick(readFileSync(`${file}${part}`).length));

/** Ways to damage a journal that was closed. `pick(n)` is a number below n. */
export const ofWhole = {
  "bits of the file are flipped": flips(""),
  "a byte of the first page is another": (file, pick) => changed(file, (bytes) => void (bytes[pick(1024)] = pick(256))),
  "a page is zeros": zeros(""),
  "a page is noise": (file, pick) =>
    changed(file, (bytes) => {
      const at = pick(bytes.length / 1024) * 1024;
      for (let i = 0; i < 1024; i++) bytes[at + i] = pick(256);
    }),
  "a page is another one": (file, pick) =>
    changed(file, (bytes) => {
      const [from, to] = [pick(bytes.length / 1024), pick(bytes.length / 1024)].map((page) => page * 1024);
      bytes.copy(bytes, to, from, from + 1024);
    }),
  "the file is cut": cut(""),
  "a batch is gone": removed("batches"),
  "a batch says something else": set("batches", ["thread", "run", "seq", "time", "link", "kept", "records"]),
  "two batches changed places": sql((db, any) => {
    const [a, b] = [any("batches"), any("batches")];
    const rows = db.prepare("SELECT records FROM batches WHERE rowid IN (?, ?)").all(a, b);
    for (const [i, id] of [b, a].entries())
      db.prepare("UPDATE batches SET records = ? WHERE rowid = ?").run((rows[i] ?? rows[0]).records, id);
  }),
  "a thread is gone": removed("threads"),
  "a thread says something else": set("threads", [
    ...["thread", "epoch", "host", "pid", "live", "run", "seq", "time", "graph", "ended", "head", "pruned", "base", "sum"],
  ]),
  "a thread's batches are gone": sql((db, any) => db.exec(`DELETE FROM batches WHERE thread = ${any("threads")}`)),
  "a value beside is gone": removed("beside"),
  "a value beside is another": set("beside", ["hash", "form", "value"]),
  "nobody uses what is beside": sql((db) => db.exec("DELETE FROM uses")),
  "a medium is another": (file, pick) => {
    const path = join(`${file}.media`, one(pick, readdirSync(`${file}.media`)));
    changed(path, (bytes) => void (bytes[pick(bytes.length)] ^= 1));
  },
};

/** Ways to damage one whose process was killed. */
export const ofKilled = {
  "bits of the log are flipped": flips("-wal"),
  "the log is cut": cut("-wal"),
  "a kB of the log is zeros": zeros("-wal"),
  "the log is gone": (file) => rmSync(`${file}-wal`),
  "bits of the log's index are flipped": flips("-shm"),
  "the log's index is gone": (file) => rmSync(`${file}-shm`),
  "bits of the file under the log are flipped": flips(""),
};
