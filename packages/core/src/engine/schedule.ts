import type { GraphData } from "../graph/data.js";
import { END } from "../graph/graph.js";
import { type Analysis, analyse } from "./analysis.js";
import { present } from "./present.js";
import type { Next } from "./record.js";

/** The items of an `each` under way: `next` is the first item not yet started, `open` counts those not yet completed. */
export interface Items {
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
  /** How many occurrences of a node are under way. */
  readonly running: Map<string, number>;
  /** Nodes reached and not yet started. */
  readonly pending: Set<string>;
  /** Heads of loops that go round once their body is quiet. */
  readonly latched: Set<string>;
  /** The round each entered loop is in, by head, from 1. */
  readonly rounds: Map<string, number>;
  readonly items: Map<string, Items>;
  /** How much of each loop's body is running, pending or latched, its own latch aside. */
  readonly busy: Map<string, number>;
  /** What is running or pending, as `reach` takes it; made when there is first anything to compare. */
  active: Uint32Array | undefined;
  /** Pending nodes by what holds them back. */
  readonly held: Map<string, Set<string>>;
  /** Pending nodes, and latched loops, that are to be looked at. */
  readonly due: Set<string>;
  readonly dueLoops: Set<string>;
}

/** Opens a graph: its starts are reached. */
export function openSchedule(graph: GraphData): { schedule: Schedule; turns: readonly Turn[] } {
  const schedule: Schedule = {
    analysis: analyse(graph),
    running: new Map(),
    pending: new Set(),
    latched: new Set(),
    rounds: new Map(),
    items: new Map(),
    busy: new Map(),
    active: undefined,
    held: new Map(),
    due: new Set(),
    dueLoops: new Set(),
  };
  for (const target of graph.start) take(schedule, undefined, target);
  return { schedule, turns: settle(schedule, []) };
}

/** An occurrence of a node is completed and its rule led to `next`; gives whose turn it is now. */
export function completeNode(s: Schedule, node: string, next: Next): readonly Turn[] {
  const turns: Turn[] = [];
  const items = s.items.get(node);
  if (items) {
    items.open--;
    if (items.next < items.count) {
      // The next item takes this one's place.
      return [{ node, item: items.next++ }];
    }
    if (items.open > 0) {
      s.running.set(node, present(s.running.get(node), "occurrence") - 1);
      return turns;
    }
    s.items.delete(node);
  }
  finish(s, node);
  if (items) for (const target of present(s.analysis.eaches.get(node), "each").then) take(s, node, target);
  else if ("each" in next) openItems(s, node, next, turns);
  else for (const target of next) take(s, node, target);
  return settle(s, turns);
}

/** Whether nothing is under way, waits or goes round. */
export const isQuiet = (s: Schedule): boolean => s.running.size === 0 && s.pending.size === 0 && s.latched.size === 0;

function openItems(s: Schedule, from: string, { each: node, count }: { each: string; count: number }, turns: Turn[]): void {
  const rule = s.analysis.graph.edges[from];
  if (rule?.kind !== "each") return;
  if (count === 0) {
    for (const target of rule.then) take(s, from, target);
    return;
  }
  const atOnce = Math.min(rule.atOnce ?? count, count);
  s.items.set(node, { count, next: atOnce, open: count });
  activate(s, node);
  s.running.set(node, atOnce);
  for (let item = 0; item < atOnce; item++) turns.push({ node, item });
}

/** An edge is taken: a back edge latches its loop, any other reaches its node; a head so reached is entered afresh. */
function take(s: Schedule, from: string | undefined, target: string): void {
  if (target === END) return;
  if (from !== undefined && s.analysis.isBack(from, target)) {
    if (s.latched.has(target)) return;
    s.latched.add(target);
    for (const head of around(s, target)) if (head !== target) occupy(s, head, 1);
    s.dueLoops.add(target);
    return;
  }
  reached(s, target);
  if (s.analysis.loops[target]) s.rounds.set(target, 1);
}

function reached(s: Schedule, node: string): void {
  if (s.pending.has(node)) return;
  activate(s, node);
  s.pending.add(node);
  s.due.add(node);
}

/** The heads of the loops around a node. */
const around = ({ analysis }: Schedule, node: string): readonly string[] => present(analysis.around[node], "node");

/** A node is about to run or to wait. */
function activate(s: Schedule, node: string): void {
  for (const head of around(s, node)) occupy(s, head, 1);
  if (s.active) s.analysis.reach.set(s.active, node, true);
}

/** The last occurrence of a node is completed. */
function finish(s: Schedule, node: string): void {
  const left = present(s.running.get(node), "occurrence") - 1;
  if (left > 0) s.running.set(node, left);
  else s.running.delete(node);
  for (const head of around(s, node)) occupy(s, head, -1);
  if (left > 0) return;
  if (s.active && !s.pending.has(node)) s.analysis.reach.set(s.active, node, false);
  wake(s, node);
}

function occupy(s: Schedule, head: string, more: 1 | -1): void {
  const busy = (s.busy.get(head) ?? 0) + more;
  s.busy.set(head, busy);
  if (busy === 0 && s.latched.has(head)) s.dueLoops.add(head);
}

/** What was held back by something that has ended is to be looked at again. */
function wake(s: Schedule, ended: string): void {
  const held = s.held.get(ended);
  if (!held) return;
  s.held.delete(ended);
  for (const node of held) s.due.add(node);
}

/** Starts what is ready, and sends round the loops that have fallen quiet, until nothing moves. */
function settle(s: Schedule, turns: Turn[]): readonly Turn[] {
  while (s.dueLoops.size || s.due.size) {
    for (const head of s.dueLoops) {
      s.dueLoops.delete(head);
      if (s.latched.has(head) && !s.busy.get(head)) goRound(s, head);
    }
    for (const node of s.due) {
      s.due.delete(node);
      if (!s.pending.has(node)) continue;
      const holder = holderOf(s, node);
      if (holder === undefined) {
        s.pending.delete(node);
        s.running.set(node, 1);
        turns.push({ node });
      } else {
        const held = s.held.get(holder);
        if (held) held.add(node);
        else s.held.set(holder, new Set([node]));
      }
    }
  }
  return turns;
}

function goRound(s: Schedule, head: string): void {
  s.latched.delete(head);
  for (const outer of around(s, head)) if (outer !== head) occupy(s, outer, -1);
  wake(s, head);
  const { max, then } = present(s.analysis.graph.loops[head], "loop");
  const round = present(s.rounds.get(head), "round");
  if (round < max) {
    s.rounds.set(head, round + 1);
    reached(s, head);
  } else for (const target of then) take(s, head, target);
}

/** Something active that a waiting node has to wait for. */
function holderOf(s: Schedule, node: string): string | undefined {
  if (s.running.has(node)) return node;
  // What waits for nothing but itself need not be held against anything.
  if (s.running.size + s.pending.size + s.latched.size === 1) return undefined;
  const { reach, loops } = s.analysis;
  if (!s.active) {
    s.active = reach.none();
    for (const one of s.running.keys()) reach.set(s.active, one, true);
    for (const one of s.pending) reach.set(s.active, one, true);
  }
  const active = reach.first(s.active, node);
  if (active !== undefined) return active;
  for (const head of s.latched) if (!loops[head]?.body.has(node) && reach.has(head, node)) return head;
  return undefined;
}
