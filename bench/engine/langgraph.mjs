// The same shapes in LangGraph, without a checkpointer.
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";

process.removeAllListeners("warning"); // it adds more than ten listeners to one signal, and Node says so each time

const addOne = async ({ n }) => ({ n: n + 1 });

const runOf = (state) => {
  const app = state.compile();
  return () => app.invoke({ n: 0 }, { recursionLimit: 1000 });
};

export function chain(length) {
  const names = Array.from({ length }, (_, i) => `n${i}`);
  const state = new StateGraph(Annotation.Root({ n: Annotation() }));
  for (const name of names) state.addNode(name, addOne);
  for (const [i, name] of names.entries()) state.addEdge(name, names[i + 1] ?? END);
  return runOf(state.addEdge(START, "n0"));
}

export function fan(width) {
  const names = Array.from({ length: width }, (_, i) => `n${i}`);
  const list = Annotation({ reducer: (a, b) => a.concat(b), default: () => [] });
  const state = new StateGraph(Annotation.Root({ n: Annotation(), got: list, count: Annotation() }));
  state.addNode("begin", async () => ({}));
  state.addNode("join", async ({ got }) => ({ count: got.length }));
  for (const name of names) {
    state.addNode(name, async ({ n }) => ({ got: [n + 1] }));
    state.addEdge("begin", name);
  }
  return runOf(state.addEdge(names, "join").addEdge("join", END).addEdge(START, "begin"));
}

export function loop(times) {
  const state = new StateGraph(Annotation.Root({ n: Annotation() }));
  state.addNode("step", addOne);
  state.addConditionalEdges("step", ({ n }) => (n < times ? "step" : END), { step: "step", [END]: END });
  return runOf(state.addEdge(START, "step"));
}
