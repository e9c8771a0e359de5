// A SQLite connection in a thread of its own: a lock that another process holds stops nothing else, and with the thread all that was open
// goes back to the system, which the library leaves to the collector. Requests are answered in order.
import { parentPort, workerData } from "node:worker_threads";

const { default: SQLite } = await import("libsql");
const statements = new Map();
let db;

parentPort.on("message", ({ sql, values }) => {
  let answer;
  try {
    db ??= new SQLite(workerData);
    if (values) {
      if (!statements.has(sql)) statements.set(sql, db.prepare(sql));
      const statement = statements.get(sql);
      answer = { value: statement.reader ? statement.all(...values) : statement.run(...values).changes };
    } else if (sql) {
      answer = { value: db.exec(sql) };
    } else {
      answer = { value: db?.close() };
    }
  } catch (error) {
    answer = { error: { code: error.code, message: error.message } };
  }
  parentPort.postMessage(answer);
  // The last request asks for nothing, and ends the thread.
  if (!sql) parentPort.close();
});
