import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A statement and what stands in its `?`s. Texts that it asks for are to be cast to BLOB: bytes that are no UTF-8 would end the process. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A file that goes in the same turn, while the lock is held. */
export interface Removal {
  readonly remove: string;
}

/** A SQLite connection in a thread of its own. What goes wrong rejects with `{ code, message }` of SQLite. */
export interface Database {
  /** Runs statements that give nothing. */
  exec(sql: string): Promise<void>;
  /** Runs one statement: the rows it gives. */
  all<Row>(sql: string, ...values: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement: how many rows it changed. */
  run(sql: string, ...values: readonly unknown[]): Promise<number>;
  /**
   * Runs lists of statements in one transaction, all or nothing. A list whose first statement changes nothing (or finds nothing) is left
   * out and gives undefined; else each statement gives its rows, or how many it changed.
   */
  write(lists: readonly (readonly [Statement, ...(Statement | Removal)[]])[]): Promise<(unknown[] | undefined)[]>;
  /** Asks several questions of one state of the file: the rows of each. */
  read(questions: readonly Statement[]): Promise<unknown[][]>;
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
  const hint = "Close the journal once nothing runs on it any more; what is asked of it after that opens it anew.";
  worker.on("exit", () => end({ message: "it was closed meanwhile", hint }));
  const ask = <T>(kind: string, request: object = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      if (waiting.length === 0) worker.ref();
      waiting.push({ resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage({ kind, ...request });
    });
  return {
    exec: (sql) => ask("exec", { sql }),
    all: (sql, ...values) => ask("one", { sql, values }),
    run: (sql, ...values) => ask("one", { sql, values }),
    write: (lists) => ask("write", { lists }),
    read: (questions) => ask("read", { questions }),
    async close() {
      if (gone) return;
      const exited = once(worker, "exit");
      await ask("close");
      worker.ref();
      await exited;
    },
  };
}
