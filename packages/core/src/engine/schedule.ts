import type { GraphData } from "../graph/data.js";
import { END } from "../graph/graph.js";
import { type Analysis, analyse } from "./analysis.js";
import { present } from "./present.js";
import type { Next } from "./record.js";

/** The items of an `each` under way: `next` is the first item not yet started, `open` counts those not yet completed. */
interface Items {
  readonly count: number;
  next: number;
  open: number;
}

/** A node whose turn it is, for one item of an `each`. */
export interface Turn {
  readonly node: string;
  readonly item?: number;
}

/**
 * Which nodes of a graph are under way and which wait. A node starts once it was reached and nothing active can still reach it; a loop
 * goes round once nothing in its body is active. What waits is remembered with what holds it back, and looked at again when that ends.
 */
export interface Schedule {
  readonly analysis: Analysis;
  /** How many occurrences of each node are under way, by its place in the order. */
  readonly running: number[];
  /** Which nodes were reached and are not yet started, likewise. */
  readonly pending: boolean[];
  /** How many nodes are running, how many pending and how many loops latched, taken together. */
  active: number;
  /** Undefined where the graph has no loops. */
  readonly loops: Rounds | undefined;
  /** The items of each `each` under way, by its node; made when there are first any. */
  items: Map<string, Items> | undefined;
  /** What is running or pending, as `reach` takes it; made when there is first anything to compare. */
  reaching: Uint32Array | undefined;
  /** Pending nodes by what holds them back; made when something first is. */
  held: Map<string, string[]> | undefined;
  /** Pending nodes that are to be looked at; undefined where there are none. */
  due: string[] | undefined;
}

/** How a graph's loops go round. */
interface Rounds {
  /** The round each entered loop is in, by head, from 1. */
  readonly rounds: Map<string, number>;
  /** Heads of loops that go round once their body is quiet. */
  readonly latched: Set<string>;
  /** How much of each loop's body is running, pending or latched, its own latch aside. */
  readonly busy: Map<string, number>;
  /** Latched loops that are to be looked at. */
  readonly due: Set<string>;
}

/** Opens a graph: its starts are reached. */
export function openSchedule(graph: GraphData): { schedule: Schedule; turns: readonly Turn[] } {
  const analysis = analyse(graph);
  const nodes = analysis.ordered.length;
  const schedule: Schedule = {
    analysis,
    running: new Array(nodes).fill(0),
    pending: new Array(nodes).fill(false),
    active: 0,
    loops: analysis.looping ? { rounds: new Map(), latched: new Set(), busy: new Map(), due: new Set() } : undefined,
    items: undefined,
    reaching: undefined,
    held: undefined,
    due: undefined,
  };
  for (const target of graph.start) take(schedule, undefined, target);
  return { schedule, turns: settle(schedule, []) };
}

/** An occurrence of a node is completed and its rule led to `next`; gives whose turn it is now. */
export function completeNode(s: Schedule, node: string, next: Next): readonly Turn[] {
  const turns: Turn[] = [];
  const items = s.items?.get(node);
  if (items) {
    items.open--;
    if (items.next < items.count) {
      // The next item takes this one's place.
      return [{ node, item: items.next++ }];
    }
    if (items.open > 0) {
      leave(s, place(s, node));
      return turns;
    }
    s.items?.delete(node);
  }
  finish(s, node);
  if (items) for (const target of present(s.analysis.eaches.get(node), "each").then) take(s, node, target);
  else if ("each" in next) openItems(s, node, next, turns);
  else for (const target of next) take(s, node, target);
  return settle(s, turns);
}

/** Whether nothing is under way, waits or goes round. */
export const isQuiet = (s: Schedule): boolean => s.active === 0;

/** The nodes that were reached and are not yet started. */
export const pendingOf = ({ analysis, pending }: Schedule): readonly string[] => analysis.ordered.filter((_, at) => pending[at]);

function openItems(s: Schedule, from: string, { each: node, count }: { each: string; count: number }, turns: Turn[]): void {
  const rule = s.analysis.graph.edges[from];
  if (rule?.kind !== "each") return;
  if (count === 0) {
    for (const target of rule.then) take(s, from, target);
    return;
  }
  const atOnce = Math.min(rule.atOnce ?? count, count);
  (s.items ??= new Map()).set(node, { count, next: atOnce, open: count });
  activate(s, node);
  s.running[place(s, node)] = atOnce;
  s.active++;
  for (let item = 0; item < atOnce; item++) turns.push({ node, item });
}

/** An edge is taken: a back edge latches its loop, any other reaches its node; a head so reached is entered afresh. */
function take(s: Schedule, from: string | undefined, target: string): void {
  if (target === END) return;
  if (from !== undefined && s.analysis.isBack(from, target)) {
    const { latched, due } = loopsOf(s);
    if (latched.has(target)) return;
    latched.add(target);
    s.active++;
    for (const head of around(s, target)) if (head !== target) occupy(s, head, 1);
    due.add(target);
    return;
  }
  reached(s, target);
  if (s.analysis.loops[target]) loopsOf(s).rounds.set(target, 1);
}

function reached(s: Schedule, node: string): void {
  const at = place(s, node);
  if (s.pending[at]) return;
  activate(s, node);
  s.pending[at] = true;
  s.active++;
  lookAt(s, node);
}

function lookAt(s: Schedule, node: string): void {
  if (s.due) s.due.push(node);
  else s.due = [node];
}

const place = ({ analysis }: Schedule, node: string): number => present(analysis.order[node], "node");

const loopsOf = ({ loops }: Schedule): Rounds => present(loops, "loop");

/** The heads of the loops around a node. */
const around = ({ analysis }: Schedule, node: string): readonly string[] => present(analysis.around[node], "node");

/** A node is about to run or to wait. */
function activate(s: Schedule, node: string): void {
  for (const head of around(s, node)) occupy(s, head, 1);
  if (s.reaching) s.analysis.reach.set(s.reaching, node, true);
}

/** An occurrence of a node is completed; gives how many are left. */
function leave(s: Schedule, at: number): number {
  const left = present(s.running[at] || undefined, "occurrence") - 1;
  s.running[at] = left;
  return left;
}

/** The last occurrence of a node is completed. */
function finish(s: Schedule, node: string): void {
  const at = place(s, node);
  const left = leave(s, at);
  for (const head of around(s, node)) occupy(s, head, -1);
  if (left > 0) return;
  s.active--;
  if (s.reaching && !s.pending[at]) s.analysis.reach.set(s.reaching, node, false);
  wake(s, node);
}

function occupy(s: Schedule, head: string, more: 1 | -1): void {
  const { latched, busy, due } = loopsOf(s);
  const now = (busy.get(head) ?? 0) + more;
  busy.set(head, now);
  if (now === 0 && latched.has(head)) due.add(head);
}

/** What was held back by something that has ended is to be looked at again. */
function wake(s: Schedule, ended: string): void {
  const held = s.held?.get(ended);
  if (!held) return;
  s.held?.delete(ended);
  for (const node of held) lookAt(s, node);
}

/** Starts what is ready, and sends round the loops that have fallen quiet, until nothing moves. */
function settle(s: Schedule, turns: Turn[]): readonly Turn[] {
  while (s.due || s.loops?.due.size) {
    if (s.loops) for (const head of s.loops.due) goRound(s, s.loops, head);
    const { due } = s;
    s.due = undefined;
    for (const node of due ?? []) startOrHold(s, node, turns);
  }
  return turns;
}

function startOrHold(s: Schedule, node: string, turns: Turn[]): void {
  const holder = holderOf(s, node);
  if (holder === undefined) {
    const at = place(s, node);
    s.pending[at] = false;
    s.running[at] = 1;
    turns.push({ node });
    return;
  }
  s.held ??= new Map();
  const held = s.held.get(holder);
  if (held) held.push(node);
  else s.held.set(holder, [node]);
}

function goRound(s: Schedule, { rounds, latched, busy, due }: Rounds, head: string): void {
  due.delete(head);
  if (!latched.has(head) || busy.get(head)) return;
  latched.delete(head);
  s.active--;
  for (const outer of around(s, head)) if (outer !== head) occupy(s, outer, -1);
  wake(s, head);
  const { max, then } = present(s.analysis.graph.loops[head], "loop");
  const round = present(rounds.get(head), "round");
  if (round < max) {
    rounds.set(head, round + 1);
    reached(s, head);
  } else for (const target of then) take(s, head, target);
}

/** Something active that a waiting node has to wait for. */
function holderOf(s: Schedule, node: string): string | undefined {
  if (s.running[place(s, node)]) return node;
  // What waits for nothing but itself need not be held against anything.
  if (s.active === 1) return undefined;
  const { reach, loops, ordered } = s.analysis;
  if (!s.reaching) {
    s.reaching = reach.none();
    for (const [at, one] of ordered.entries()) if (s.running[at] || s.pending[at]) reach.set(s.reaching, one, true);
  }
  const active = reach.first(s.reaching, node);
  if (active !== undefined) return active;
  for (const head of s.loops?.latched ?? []) if (!loops[head]?.body.has(node) && reach.has(head, node)) return head;
  return undefined;
}
