import type { RunRecord } from "../engine/record.js";
import { besides, type Parted } from "./beside.js";
import { broken } from "./broken.js";
import { linkOf } from "./chain.js";
import type { Statement } from "./database.js";
import type { ThreadRow } from "./thread-row.js";

/** What a batch makes of its thread's row, and what else is to be written. Times never run backwards. */
export function batch(
  file: string,
  row: ThreadRow,
  run: number,
  records: readonly RunRecord[],
  parts: Parted,
  now: number,
): { readonly after: ThreadRow; readonly also: readonly Statement[] } {
  if (run !== row.run && run !== row.run + 1)
    throw broken(file, `Run ${run} of thread ${row.thread} cannot be written to: the thread stands at run ${row.run}`);
  const before = run === row.run ? row : { seq: 0, graph: "" };
  const time = Math.max(now, row.time);
  const seq = before.seq + 1;
  const { kept, records: text } = parts;
  const head = linkOf(row.head, { run, seq, time, kept, records: text });
  const began = records.findLast((record) => record.kind === "began");
  const last = records.at(-1)!;
  return {
    after: {
      ...row,
      ...{ run, time, head },
      seq: before.seq + records.length,
      graph: began?.kind === "began" ? began.graph.name : before.graph,
      ended: last.kind !== "ended" ? "" : last.error ? "failed" : "done",
    },
    also: [
      {
        sql: "INSERT INTO batches (thread, run, seq, time, link, kept, records) VALUES (?, ?, ?, ?, ?, ?, ?)",
        values: [row.id, run, seq, time, head, kept, text],
      },
      ...besides(row.id, run, parts),
    ],
  };
}
