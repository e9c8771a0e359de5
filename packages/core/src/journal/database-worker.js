// A SQLite connection in a thread of its own: a lock that another process holds stops nothing else, and with the thread all that was open
// goes back to the system, which the library leaves to the collector. Requests are answered in order.
import { rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

// It is no module: importing it takes half as long again.
const SQLite = createRequire(import.meta.url)("libsql");
const statements = new Map();
let db;
/** The file and its log, as the system told of them when they were last right. */
let seen;

const told = () => [workerData, `${workerData}-wal`].map((part) => statSync(part, { throwIfNoEntry: false }));

/**
 * SQLite looks at neither again once it has opened them: it writes on into a file that nobody will find, or past the end of one that was
 * cut, and reports nothing. What others write by SQLite is right.
 */
function refuseHarmed() {
  const now = told();
  for (const [i, what] of ["file", "log"].entries()) {
    const [before, after] = [seen[i], now[i]];
    if (before ? before.ino !== after?.ino : what === "file") throw harmed(`its ${what} was removed or replaced`);
  }
  const [file, log] = now;
  const isCut = file.size < seen[0].size;
  if ((isCut || file.mtimeMs !== seen[0].mtimeMs) && !isJournal(isCut)) throw harmed("its file was cut or overwritten");
  if (log?.size < seen[1]?.size && !isLogWhole()) throw harmed("its log was cut");
  seen = now;
}

/** SQLite's own word for it is the code. */
const harmed = (what) =>
  Object.assign(new Error(`${what} while it was open`), {
    code: "SQLITE_READONLY_DBMOVED",
    hint: "Put it back where it was, or restore it from a copy, and open it anew; what was recorded last may not be kept.",
  });

/** Whether the file begins as a journal, without its log. One that others are just bringing the log into may lack pages, and is not cut. */
function isJournal(isCut) {
  // Not by Node, which would let go of the locks on the file.
  const bare = new SQLite(`${pathToFileURL(workerData)}?immutable=1`);
  try {
    const code = failure(() => bare.exec("SELECT 1 FROM threads WHERE 0"));
    return !["SQLITE_NOTADB", "SQLITE_ERROR", isCut && "SQLITE_CORRUPT"].includes(code);
  } finally {
    bare.close();
  }
}

/** A log is also cut by SQLite, once the file has all of it. Else to bring it there fails. */
const isLogWhole = () => failure(() => db.exec("PRAGMA wal_checkpoint(PASSIVE)")) !== "SQLITE_IOERR_SHORT_READ";

/** The code that something fails with. */
function failure(work) {
  try {
    work();
  } catch (error) {
    return error.code;
  }
}

function carryOut({ sql, values }) {
  if (!statements.has(sql)) statements.set(sql, db.prepare(sql));
  const statement = statements.get(sql);
  return statement.reader ? statement.all(...values).map(withViews) : statement.run(...values).changes;
}

/** Bytes come bare. */
function withViews(row) {
  for (const name in row) if (row[name] instanceof ArrayBuffer) row[name] = new Uint8Array(row[name]);
  return row;
}

function inTransaction(begin, work) {
  db.exec(begin);
  try {
    const answer = work();
    db.exec("COMMIT");
    return answer;
  } catch (error) {
    // What filled the disk may have ended the transaction already.
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** A list of statements; undefined, and nothing after the first, where the first one changes nothing and finds nothing. */
function list([first, ...rest]) {
  const found = carryOut(first);
  if (found === 0 || found.length === 0) return undefined;
  return [found, ...rest.map((one) => (one.remove === undefined ? carryOut(one) : rmSync(one.remove, { force: true })))];
}

const requests = {
  // What opening makes of a file is right.
  exec({ sql }) {
    db.exec(sql);
    seen = told();
  },
  one: carryOut,
  write: ({ lists }) => inTransaction("BEGIN IMMEDIATE", () => lists.map(list)),
  read: ({ questions }) => inTransaction("BEGIN", () => questions.map(carryOut)),
  close: () => db.close(),
};

parentPort.on("message", (request) => {
  let answer;
  try {
    db ??= new SQLite(workerData);
    if (seen && request.kind !== "close") refuseHarmed();
    answer = { value: requests[request.kind](request) };
  } catch (error) {
    answer = { error: { code: error.code, message: error.message, hint: error.hint } };
  }
  parentPort.postMessage(answer);
  if (request.kind === "close") parentPort.close();
});
