import type { Dominators } from "./dominators.js";
import { flood } from "./flood.js";

/** All back edges to one head make one loop; its body is what reaches them without passing the head. */
export interface LoopInfo {
  readonly tails: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
}

/** The natural loops of a graph by their heads, as far as a start leads to them. */
export function naturalLoops(
  { live, dominates }: Dominators,
  successors: (node: string) => readonly string[],
  predecessors: (node: string) => readonly string[],
): Record<string, LoopInfo> {
  const tails = new Map<string, string[]>();
  for (const tail of live)
    for (const head of successors(tail)) {
      if (!dominates(head, tail)) continue;
      const others = tails.get(head);
      if (others) others.push(tail);
      else tails.set(head, [tail]);
    }
  return Object.fromEntries(
    [...tails].map(([head, ends]) => {
      // Of what leads to a tail only what the head leads to first is in the loop.
      const body = flood(ends, (n) => (n === head ? [] : predecessors(n)));
      return [head, { tails: new Set(ends), body: body.add(head) }];
    }),
  );
}
