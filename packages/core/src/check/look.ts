import { type Analysis, analyse } from "../engine/analysis.js";
import { flood } from "../engine/flood.js";
import type { Issue } from "../error/issue.js";
import type { GraphData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { mend } from "./mend.js";
import { tokensOf } from "./tokens.js";
import { givenIn, ruleReads, surelyWritten } from "./touched.js";
import { type Unwritten, unwritten } from "./unwritten.js";

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
  readonly eaches: Analysis["eaches"];
  /** Nodes that a start leads to in the mended graph. */
  readonly live: ReadonlySet<string>;
  /** The graph itself, with the schemas of its specialists; missing where only its data is at hand. */
  readonly graph?: Graph;
  /** Live nodes on a cycle that has no head: of a graph with such a cycle nothing more can be told from how it runs. */
  readonly irreducible: readonly string[];
  /** Fields that may be unwritten where they are read, of the mended graph; found when first asked for. Of no use where it is irreducible. */
  readonly unwritten: () => Unwritten;
  /** Nodes of whose specialist the fields are not known: it has no readable schema. */
  readonly unknown: ReadonlySet<string>;
}

/** One check: a look at a graph gives its findings. */
export type Check = (look: Look) => readonly Issue[];

function unwrittenIn(look: Look): Unwritten {
  const { analysis, mended } = look;
  const given = givenIn(look);
  const reads = (node: string) =>
    [...new Set([...Object.values(mended.nodes[node]!.read), ...ruleReads(look, node)])].filter((field) => !given.has(field));
  return unwritten(
    analysis,
    tokensOf(analysis, (node) => surelyWritten(look, node)),
    reads,
    mended.output,
  );
}

export function lookAt(data: GraphData, graph?: Graph, unknown: ReadonlySet<string> = new Set()): Look {
  const { mended, unbounded, adrift: lost } = mend(data);
  const analysis = analyse(mended);
  let found: Unwritten | undefined;
  const adrift = flood(lost, analysis.predecessors);
  const look: Look = {
    data,
    mended,
    unbounded,
    adrift,
    analysis,
    eaches: analysis.eaches,
    live: new Set(analysis.live),
    irreducible: analysis.irreducible,
    unwritten: () => (found ??= unwrittenIn(look)),
    unknown,
    ...(graph ? { graph } : {}),
  };
  return look;
}
