import { type Analysis, analyse, flood } from "../engine/analysis.js";
import { eachesOf } from "../engine/eaches-of.js";
import type { GraphData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import type { Issue } from "../graph/issue.js";
import { mend } from "./mend.js";

/** What the checks look at. */
export interface Look {
  /** The graph as it was written. */
  readonly data: GraphData;
  /**
   * The graph with names put right that are plainly misspelt and the rest of what does not exist left out, so that a mistake one
   * check names does not come up in the others as well.
   */
  readonly mended: GraphData;
  /** Heads of loops for which nothing in the graph's `loops` was meant. */
  readonly unbounded: readonly string[];
  /** Nodes of which it is not known where all they were to lead, and those that lead to them: what runs after them can't be told. */
  readonly adrift: ReadonlySet<string>;
  /** Of the mended graph. */
  readonly analysis: Analysis;
  /** The `each` that runs a node of the mended graph, by node. */
  readonly eaches: ReturnType<typeof eachesOf>;
  /** Nodes that a start leads to in the mended graph. */
  readonly live: ReadonlySet<string>;
  /** The graph itself, with the schemas of its specialists; missing where only its data is at hand. */
  readonly graph?: Graph;
  /** Live nodes on a cycle that has no head: of a graph with such a cycle nothing more can be told from how it runs. */
  readonly irreducible: readonly string[];
  /** Nodes of whose specialist the fields are not known: it has no readable schema. */
  readonly unknown: ReadonlySet<string>;
}

/** One check: a look at a graph gives its findings. */
export type Check = (look: Look) => readonly Issue[];

export function lookAt(data: GraphData, graph?: Graph, unknown: ReadonlySet<string> = new Set()): Look {
  const { mended, unbounded, adrift: lost } = mend(data);
  const analysis = analyse(mended);
  const live = flood(mended.start, (n) => analysis.successors[n] ?? []);
  const adrift = new Set(lost.flatMap((n) => [n, ...analysis.reach[n]!]));
  return {
    data,
    mended,
    unbounded,
    adrift,
    analysis,
    eaches: eachesOf(mended),
    live,
    irreducible: analysis.irreducible.filter((n) => live.has(n)),
    unknown,
    ...(graph ? { graph } : {}),
  };
}
