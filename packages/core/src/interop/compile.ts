import { analyse } from "../engine/analysis.js";
import { optionInvalid } from "../error/option-invalid.js";
import { dataOf } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { leavable } from "../host/leavable.js";
import { ownOptions } from "../host/own-options.js";
import type { CompileOptions, RunOptions } from "../host/run-options.js";
import { runsOf } from "../host/runs.js";
import { promiseOf } from "../schema/after.js";
import { say } from "../schema/say.js";
import type { App } from "./app.js";
import { bubbling, bubblingEach } from "./bubble-in.js";
import { traced } from "./langchain/callbacks.js";
import { readable, runnable, runnableGraph } from "./langchain/runnable.js";
import { type StreamMode, streamed, streamModes } from "./langchain/streamed.js";

/**
 * A graph made ready to run in this process.
 * @throws TroupeError `GRAPH_INVALID` with every issue `check` finds, or else `checkTeams`, `OPTION_INVALID` for options that are unknown or not of their form.
 * @example
 * const app = compile(graph, { models: { default: model("ollama:llama3.1") }, journal: fileJournal("journal.db") });
 * const { reply } = await app.invoke({ ticket: "It crashes" });
 */
export function compile<I extends object, O extends object>(graph: Graph<I, O>, options: CompileOptions = {}): App<I, O> {
  const runs = runsOf(graph, options, traced);
  const invoke = (input: I, given: Partial<RunOptions> = {}) => bubbling(() => promiseOf(() => runs.begin(input, given)));
  const whole = runnable<I, O, RunOptions>(graph.name, invoke);
  const stream = async (input: I, options: Partial<RunOptions> & { streamMode?: StreamMode | StreamMode[] } = {}) => {
    const { streamMode, ...given }: typeof options = ownOptions("stream", options, ["streamMode", "thread", "signal"]);
    if (streamMode === undefined) return whole.stream(input, given);
    const wrong = [streamMode].flat().find((one) => !streamModes.includes(one));
    if (wrong !== undefined || streamMode.length === 0)
      throw optionInvalid("stream", "streamMode", `is ${say(wrong ?? streamMode)}`, `Give ${streamModes.join(", ")}, or a list of them.`);
    return readable(
      leavable(
        () => given.signal,
        (signal) => bubblingEach(streamed(graph, runs.events(input, { ...given, signal }), streamMode)),
      ),
    );
  };
  return Object.freeze({
    ...whole,
    graph,
    events: (input: I, given: Partial<RunOptions> = {}) => runs.events(input, given),
    stream,
    resume: (thread: string, given: Partial<RunOptions> = {}) => bubbling(async () => runs.resume(thread, given)),
    resumeEvents: (thread: string, given: Partial<RunOptions> = {}) => runs.resumeEvents(thread, given),
    ledger: runs.ledger,
    getGraph: () => runnableGraph(analyse(dataOf(graph))),
  }) as App<I, O>;
}
