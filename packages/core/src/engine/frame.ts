import { END } from "../graph/graph.js";
import { needsOf } from "../graph/plan.js";
import { type Analysis, analyse } from "./analysis.js";
import type { Next } from "./record.js";
import type { Command, GraphFrame, Items, PlanFrame } from "./state.js";

type Start = Extract<Command, { kind: "start" }>;

/** A graph frame while it takes one step. */
interface Draft {
  readonly analysis: Analysis;
  readonly owner: string;
  readonly running: Map<string, string>;
  readonly pending: Set<string>;
  readonly latched: Set<string>;
  rounds: Record<string, number>;
  items: Record<string, Items>;
  readonly starts: Start[];
}

const prefix = (owner: string) => (owner ? `${owner}/` : "");

function draft(owner: string, frame: GraphFrame): Draft {
  const { running, pending, latched, rounds, items } = frame;
  return {
    analysis: analyse(frame.graph),
    owner,
    running: new Map(running),
    pending: new Set(pending),
    latched: new Set(latched),
    rounds: { ...rounds },
    items: { ...items },
    starts: [],
  };
}

const seal = (frame: GraphFrame, { running, pending, latched, rounds, items }: Draft): GraphFrame => ({
  ...frame,
  running,
  pending,
  latched,
  rounds,
  items,
});

/** Opens a graph: its starts are reached. */
export function openGraph(owner: string, graph: GraphFrame["graph"]): { frame: GraphFrame; starts: Start[] } {
  const frame: GraphFrame = { kind: "graph", graph, running: new Map(), pending: new Set(), latched: new Set(), rounds: {}, items: {} };
  const d = draft(owner, frame);
  for (const target of graph.start) take(d, undefined, target);
  settle(d);
  return { frame: seal(frame, d), starts: d.starts };
}

/** An occurrence of the frame is completed and its rule led to `next`. */
export function completeNode(owner: string, frame: GraphFrame, at: string, next: Next): { frame: GraphFrame; starts: Start[] } {
  const d = draft(owner, frame);
  const node = d.running.get(at)!;
  d.running.delete(at);
  const items = d.items[node];
  if (items) {
    const open = items.open - 1;
    d.items[node] = { ...items, open };
    if (items.next < items.count) startItem(d, node);
    else if (open === 0) {
      const { [node]: _, ...rest } = d.items;
      d.items = rest;
      for (const target of d.analysis.eaches.get(node)!.then) take(d, node, target);
    }
  } else if ("each" in next) {
    const rule = frame.graph.edges[node];
    if (next.count > 0) startItems(d, next.each, next.count, rule?.kind === "each" ? rule.atOnce : undefined);
    else for (const target of rule?.kind === "each" ? rule.then : []) take(d, node, target);
  } else for (const target of next) take(d, node, target);
  settle(d);
  return { frame: seal(frame, d), starts: d.starts };
}

/** An edge is taken: a back edge latches its loop, any other reaches its node; a head so reached is entered afresh. */
function take(d: Draft, from: string | undefined, target: string): void {
  if (target === END) return;
  if (from !== undefined && d.analysis.isBack(from, target)) {
    d.latched.add(target);
    return;
  }
  d.pending.add(target);
  if (d.analysis.loops[target]) d.rounds[target] = 1;
}

/** Starts what is ready, and sends round the loops that have fallen quiet, until nothing moves. */
function settle(d: Draft): void {
  const { reach, loops } = d.analysis;
  for (let moved = true; moved; ) {
    moved = false;
    for (const head of d.latched) {
      const { body } = loops[head]!;
      if (
        some(d.running.values(), (n) => body.has(n)) ||
        some(d.pending, (n) => body.has(n)) ||
        some(d.latched, (l) => l !== head && body.has(l))
      )
        continue;
      d.latched.delete(head);
      const { max, then } = d.analysis.graph.loops[head]!;
      if (d.rounds[head]! < max) {
        d.rounds[head]!++;
        d.pending.add(head);
      } else for (const target of then) take(d, head, target);
      moved = true;
    }
    // What waits for nothing but itself need not be held against anything.
    const alone = d.running.size + d.pending.size + d.latched.size === 1;
    const active = alone || d.pending.size === 0 ? undefined : reach.bits([...d.running.values(), ...d.pending]);
    for (const node of d.pending) {
      if (some(d.running.values(), (n) => n === node) || (active && reach.any(active, node))) continue;
      if (some(d.latched, (head) => !loops[head]!.body.has(node) && reach.has(head, node))) continue;
      d.pending.delete(node);
      start(d, node);
      moved = true;
    }
  }
}

function start(d: Draft, node: string, item?: number): void {
  const at = `${prefix(d.owner)}${pathOf(d, node)}${item === undefined ? "" : `[${item}]`}`;
  d.running.set(at, node);
  d.starts.push({ kind: "start", at, owner: d.owner, name: node, rank: d.analysis.rank[node]!, ...(item === undefined ? {} : { item }) });
}

function startItems(d: Draft, node: string, count: number, atOnce = count): void {
  d.items[node] = { count, next: 0, open: count };
  for (let i = 0; i < Math.min(atOnce, count); i++) startItem(d, node);
}

function startItem(d: Draft, node: string): void {
  const items = d.items[node]!;
  d.items[node] = { ...items, next: items.next + 1 };
  start(d, node, items.next);
}

/** The rounds of the loops around a node, outermost first and a head's own included, then the node. */
function pathOf(d: Draft, node: string): string {
  return [...d.analysis.around[node]!.map((head) => `${head}@${d.rounds[head]}`), node].join("/");
}

/** Opens a plan: tasks that need nothing start. */
export function openPlan(owner: string, plan: PlanFrame["plan"]): { frame: PlanFrame; starts: Start[] } {
  return startTasks(owner, { kind: "plan", plan, running: new Map(), done: new Set() });
}

export function completeTask(owner: string, frame: PlanFrame, at: string): { frame: PlanFrame; starts: Start[] } {
  const running = new Map(frame.running);
  running.delete(at);
  return startTasks(owner, { ...frame, running, done: new Set(frame.done).add(frame.running.get(at)!) });
}

function startTasks(owner: string, frame: PlanFrame): { frame: PlanFrame; starts: Start[] } {
  const running = new Map(frame.running);
  const under = new Set(running.values());
  const rank = taskRanks(frame.plan);
  const starts: Start[] = [];
  for (const task of frame.plan.tasks) {
    if (frame.done.has(task.id) || under.has(task.id) || !needsOf(task).every((id) => frame.done.has(id))) continue;
    const at = `${owner}/${task.id}`;
    running.set(at, task.id);
    starts.push({ kind: "start", at, owner, name: task.id, rank: rank(task.id) });
  }
  return { frame: { ...frame, running }, starts };
}

/** Tasks on the longest way from each task to the end of its plan. */
export function taskRanks(plan: PlanFrame["plan"]): (id: string) => number {
  const followers = new Map<string, string[]>();
  for (const task of plan.tasks) for (const need of needsOf(task)) followers.set(need, [...(followers.get(need) ?? []), task.id]);
  const ranks = new Map<string, number>();
  const rank = (id: string): number => {
    if (!ranks.has(id)) ranks.set(id, 1 + Math.max(0, ...(followers.get(id) ?? []).map(rank)));
    return ranks.get(id)!;
  };
  return rank;
}

function some<T>(values: Iterable<T>, test: (value: T) => boolean): boolean {
  for (const value of values) if (test(value)) return true;
  return false;
}
