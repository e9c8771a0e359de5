import { FakeListChatModel } from "@langchain/core/utils/testing";
import { z } from "zod";
import { emptyState, fold, type Message, type RunRecord, transition } from "./engine/index.js";
import * as troupe from "./everywhere.js";
import { resumeSimulated, scriptedModel, simulate } from "./testing/index.js";

const { append, asModel, check, compile, dataOf, defineGraph, draw, END, mark, media, memoryJournal, specialist, use } = troupe;

const topic = z.enum(["billing", "bug"]);
const triage = specialist({
  name: "triage",
  does: "Names the topic of a message",
  model: "default",
  input: z.object({ text: z.string() }),
  output: z.object({ topic }),
  prompt: ({ text }) => `Which topic is this about?\n\n${text}`,
});
const reply = specialist({
  name: "reply",
  does: "Answers",
  input: z.object({ topic }),
  output: z.object({ line: z.string() }),
  run: async ({ topic }, ctx) => {
    ctx.signal.throwIfAborted();
    return { line: `about ${topic}` };
  },
});
const graph = defineGraph({
  name: "desk",
  state: { text: z.string(), topic, line: append(z.string()) },
  input: ["text"],
  output: ["topic", "line"],
  nodes: { triage, billing: use(reply, {}), bug: use(reply, {}) },
  start: "triage",
  edges: {
    triage: { by: "topic", to: { billing: "billing", bug: ["bug", "billing"] } },
    billing: END,
    bug: END,
  },
});
const answers = (...responses: string[]) => asModel(new FakeListChatModel({ responses }), "fake:list", { structured: "none" });
const codeOf = (error: { code?: string }) => error.code ?? String(error);

/** What a program does with Troupe in a browser, and what came of it. */
export const done = {
  issues: () => check(graph),
  drawn: () => draw(dataOf(graph), "mermaid"),
  async ran() {
    const journal = memoryJournal();
    const app = compile(graph, { journal, models: { default: answers('{ "topic": "bug" }') } });
    const kinds: string[] = [];
    for await (const event of app.events({ text: "It crashes" }, { thread: "t" })) kinds.push(event.kind);
    const ledger = await app.ledger("t");
    return {
      output: await app.resume("t"),
      kinds: [...new Set(kinds)],
      calls: ledger.models.map(({ model, calls }) => ({ model, calls })),
    };
  },
  machine() {
    const [state, records] = [emptyState(), [] as RunRecord[]];
    const record = { kind: "began" as const, graph: dataOf(graph), hash: "", input: { text: "It crashes" } };
    const inbox: Message[] = [{ kind: "first", record, flags: [] }];
    let output: unknown;
    for (let message = inbox.shift(); message; message = inbox.shift()) {
      const step = transition(graph, state, message);
      records.push(...step.records);
      for (const command of step.commands) {
        if (command.kind === "start") {
          const { at, attempt, specialist, input } = command;
          const gave = specialist === "triage" ? { topic: "bug" } : { line: `about ${input?.topic}` };
          inbox.push({ kind: "output", at, attempt, output: gave, flags: [] });
        } else if (command.kind === "finish") inbox.push({ kind: "result", output: command.output as any });
        else if (command.kind === "end" && "output" in command) output = command.output;
      }
    }
    const again = emptyState();
    for (const record of records) fold(again, record);
    return { output, again: JSON.stringify(again.ended) === JSON.stringify(state.ended) && again.occurrences.size === 0 };
  },
  async simulated() {
    const writer = scriptedModel(['{ "topic": "bug" }']);
    const options = { models: { default: writer }, takes: () => 3_600_000 };
    const { output, ms, records } = await simulate(graph, { text: "It crashes" }, options);
    const decided = records.findIndex(({ kind }) => kind === "completed") + 1;
    const rest = await resumeSimulated(graph, records.slice(0, decided), options);
    return { output, ms, asked: writer.asked.length, rest: rest.output, restMs: rest.ms };
  },
  async chained() {
    const app = compile(graph, { models: { default: answers('{ "topic": "billing" }') } });
    const events: string[] = [];
    for await (const { event } of app.streamEvents({ text: "?" }, { version: "v2" })) events.push(event);
    return { events: new Set(events).size > 1, piped: await app.pipe(({ line }: { line: string[] }) => line.length).invoke({ text: "?" }) };
  },
  async aborted() {
    const app = compile(graph, { models: { default: answers("{}") } });
    return app.invoke({ text: "?" }, { signal: AbortSignal.abort(new Error("enough")) }).catch(codeOf);
  },
  refused: {
    graph: () => {
      try {
        compile({ ...graph, edges: {} } as typeof graph);
      } catch (error) {
        return codeOf(error as object);
      }
    },
    marks: () => {
      try {
        const state = { ...graph.state, text: mark.private(z.string()) };
        compile(defineGraph({ ...graph, state } as never), { models: { default: answers("") } });
      } catch (error) {
        return codeOf(error as object);
      }
    },
    media: () => {
      const look = specialist({
        name: "look",
        does: "Looks",
        input: z.object({ page: media.page() }),
        output: z.object({}),
        run: () => ({}),
      });
      const looks = defineGraph({
        name: "l",
        state: { page: media.page() },
        input: ["page"],
        output: [],
        nodes: { look },
        start: "look",
        edges: { look: END },
      });
      return compile(looks)
        .invoke({ page: new Uint8Array([1]) })
        .catch(codeOf);
    },
    drawing: () => {
      try {
        compile(graph).getGraph();
      } catch (error) {
        return codeOf(error as object);
      }
    },
  },
};
Object.assign(globalThis, { done });
