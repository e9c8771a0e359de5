/** Told by SQLite's `application_id`, so that no other program's file is written into: "Trpe". */
export const application = 0x54727065;
/** The format of the file, which this Troupe reads and writes. */
export const version = 2;

/**
 * - `threads`: a row a thread. Who holds it (`epoch` to `live`), where its last run stands, the link that its chain ends with (`head`) and
 *   the link after its `pruned` first runs (`base`), and a sum over all of these but `seen`.
 * - `batches`: what was appended in one turn. `seq` is that of the first of its records, `link` is over this batch and the link before it,
 *   `kept` says which of its values stand in `beside`.
 * - `beside`: what is kept once, by its SHA-256: large values (`form` is `json`), and media in the folder beside the file (`form` is a dot
 *   and the extension; a dash before it while the file is being removed). `uses` says which runs need them.
 */
export const tables = `
  CREATE TABLE threads (
    id INTEGER PRIMARY KEY, thread TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, start TEXT,
    seen INTEGER NOT NULL, live INTEGER NOT NULL, run INTEGER NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL, graph TEXT NOT NULL,
    ended TEXT NOT NULL, head BLOB NOT NULL, pruned INTEGER NOT NULL, base BLOB NOT NULL, sum BLOB NOT NULL
  );
  CREATE TABLE batches (
    thread INTEGER NOT NULL, run INTEGER NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL, link BLOB NOT NULL, kept TEXT,
    records TEXT NOT NULL, UNIQUE (thread, run, seq)
  );
  CREATE TABLE beside (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, form TEXT NOT NULL, value TEXT, UNIQUE (hash, form));
  CREATE TABLE uses (thread INTEGER NOT NULL, run INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (thread, run, id)) WITHOUT ROWID;
  PRAGMA application_id = ${application};
  PRAGMA user_version = ${version};
`;
