// A SQLite connection in a thread of its own: a lock that another process holds stops nothing else, and with the thread all that was open
// goes back to the system, which the library leaves to the collector. Requests are answered in order.
import { rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

// It is no module: importing it takes half as long again.
const SQLite = createRequire(import.meta.url)("libsql");
const statements = new Map();
let db;
/** Which file it is, by the number that the system gives it. */
let inode;

const inodeNow = () => statSync(workerData, { throwIfNoEntry: false })?.ino;

/** SQLite writes on into a file that nobody will find again; its own word for that is the code. */
function refuseMoved() {
  inode ??= inodeNow();
  if (inode === inodeNow()) return;
  throw Object.assign(new Error("its file was removed or replaced while it was open"), { code: "SQLITE_READONLY_DBMOVED" });
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
  exec: ({ sql }) => db.exec(sql),
  one: carryOut,
  write: ({ lists }) => inTransaction("BEGIN IMMEDIATE", () => lists.map(list)),
  read: ({ questions }) => inTransaction("BEGIN", () => questions.map(carryOut)),
  close: () => db.close(),
};

parentPort.on("message", (request) => {
  let answer;
  try {
    db ??= new SQLite(workerData);
    if (request.kind !== "close") refuseMoved();
    answer = { value: requests[request.kind](request) };
  } catch (error) {
    answer = { error: { code: error.code, message: error.message } };
  }
  parentPort.postMessage(answer);
  if (request.kind === "close") parentPort.close();
});
