// The same loop in LangGraph, with a saver.
import { rmSync, statSync } from "node:fs";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";

process.removeAllListeners("warning");

const graphOf = (steps, work) =>
  new StateGraph(Annotation.Root({ n: Annotation(), text: Annotation() }))
    .addNode("step", ({ n }) => work(n + 1))
    .addEdge(START, "step")
    .addConditionalEdges("step", ({ n }) => (n < steps ? "step" : END), { step: "step", [END]: END });

const runner = (saver) => {
  const call = (given) => (steps, thread, work) =>
    graphOf(steps, work)
      .compile({ checkpointer: saver() })
      .invoke(given, { configurable: { thread_id: thread }, recursionLimit: steps + 10, durability: "sync" });
  return { run: call({ n: 0, text: "" }), resume: call(null) };
};

export function sqlite(file) {
  const remove = () => {
    for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
  };
  remove();
  let saver = SqliteSaver.fromConnString(file);
  const sizeOf = (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return {
    ...runner(() => saver),
    log: () => sizeOf(`${file}-wal`),
    async reopen() {
      saver.db.close();
      saver = SqliteSaver.fromConnString(file);
    },
    async bytes() {
      saver.db.pragma("wal_checkpoint(TRUNCATE)");
      return sizeOf(file);
    },
    async end() {
      saver.db.close();
      remove();
    },
  };
}

export async function postgres(url) {
  let saver = PostgresSaver.fromConnString(url);
  await saver.setup();
  const tables = ["checkpoints", "checkpoint_blobs", "checkpoint_writes"];
  const clear = () => saver.pool.query(`TRUNCATE ${tables.join(", ")}`);
  await clear();
  return {
    ...runner(() => saver),
    log: () => 0,
    async reopen() {
      await saver.end();
      saver = PostgresSaver.fromConnString(url);
    },
    async bytes() {
      await saver.pool.query("CHECKPOINT");
      const sum = tables.map((table) => `pg_total_relation_size('${table}')`).join(" + ");
      return Number((await saver.pool.query(`SELECT ${sum} AS bytes`)).rows[0].bytes);
    },
    async end() {
      await clear();
      await saver.end();
    },
  };
}
