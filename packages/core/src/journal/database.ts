import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A SQLite connection in a thread of its own. What goes wrong rejects with `{ code, message }` of SQLite. */
export interface Database {
  /** Runs statements that give nothing. */
  exec(sql: string): Promise<void>;
  /** Runs one statement: the rows it gives. Texts are to be cast to BLOB: bytes that are no UTF-8 would end the process. */
  all<Row>(sql: string, ...values: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement: how many rows it changed. */
  run(sql: string, ...values: readonly unknown[]): Promise<number>;
  /** Ends once what was asked before is answered, and all that was open is the system's again. */
  close(): Promise<void>;
}

/** Opens a SQLite file with the first thing that is asked of it. An idle connection keeps no process alive. */
export function database(file: string): Database {
  const worker = new Worker(new URL("./database-worker.js", import.meta.url), { workerData: file, execArgv: [] });
  worker.unref();
  const waiting: { resolve(value: unknown): void; reject(error: unknown): void }[] = [];
  let gone: unknown;
  const end = (error: unknown) => {
    gone ??= error;
    for (const { reject } of waiting.splice(0)) reject(gone);
  };
  worker.on("message", ({ error, value }) => {
    const next = waiting.shift();
    if (waiting.length === 0) worker.unref();
    if (error) next?.reject(error);
    else next?.resolve(value);
  });
  worker.on("error", end);
  worker.on("exit", () => end({ message: "the connection is closed" }));
  const ask = <T>(request: { sql?: string; values?: readonly unknown[] }): Promise<T> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      if (waiting.length === 0) worker.ref();
      waiting.push({ resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage(request);
    });
  return {
    exec: (sql) => ask({ sql }),
    all: (sql, ...values) => ask({ sql, values }),
    run: (sql, ...values) => ask({ sql, values }),
    async close() {
      if (gone) return;
      const exited = once(worker, "exit");
      await ask({});
      worker.ref();
      await exited;
    },
  };
}
