/**
 * The place of an occurrence, or of a plan, in a run: `chapters@2/revise@3/desk#2/t4`, the rounds of the loops around a node before it,
 * `[3]` an item, `#` a plan. `""` is the run itself. Nothing else takes one apart.
 */
export type Path = string;

/** What a call's key may not hold, since it parts a path. */
const parting = /[/@#[\]]/;
const round = /@\d+$/;

/**
 * Makes places, and takes them apart.
 * @example
 * Path.parent("chapters@2/revise@3/desk#2/t4"); // "chapters@2/revise@3/desk"
 */
export const Path = {
  /** The run itself. */
  run: "" as Path,

  /** A node of the graph that `owner` opened, in the rounds of the loops around it. */
  node(owner: Path, heads: readonly string[], rounds: ReadonlyMap<string, number> | undefined, name: string, item?: number): Path {
    let at = owner === "" ? "" : `${owner}/`;
    for (const head of heads) at += `${head}@${rounds?.get(head)}/`;
    return item === undefined ? at + name : `${at}${name}[${item}]`;
  },

  /** A task of a plan, or a call of an occurrence. */
  child: (of: Path, name: string): Path => `${of}/${name}`,

  /** The n-th plan of an occurrence. */
  plan: (at: Path, n: number): Path => `${at}#${n}`,

  /** Which of its occurrence's plans a plan is, from 1. */
  planNumber: (plan: Path): number => Number(plan.slice(plan.lastIndexOf("#") + 1)),

  /** Whether a call may have a key. */
  isKey: (key: string): boolean => key !== "" && !parting.test(key),

  /** What an occurrence stands in: the run, the occurrence whose graph it is a node of or that called it, or a plan. */
  frame(at: Path): Path {
    let end = at.lastIndexOf("/");
    for (; end > 0; end = at.lastIndexOf("/", end - 1)) {
      if (!round.test(at.slice(at.lastIndexOf("/", end - 1) + 1, end))) break;
    }
    return end > 0 ? at.slice(0, end) : "";
  },

  /** The occurrence that made a plan; any other place itself. */
  owner(frame: Path): Path {
    const mark = frame.lastIndexOf("#");
    return mark > frame.lastIndexOf("/") ? frame.slice(0, mark) : frame;
  },

  /** The occurrence that another runs inside; `""` for a node of the run's own graph. */
  parent: (at: Path): Path => Path.owner(Path.frame(at)),

  /** The last part of a path: a node with its item, a task, a call's key. */
  name: (at: Path): string => at.slice(at.lastIndexOf("/") + 1),

  /** Another node of the same frame, in the same rounds. */
  beside: (at: Path, name: string): Path => at.slice(0, at.lastIndexOf("/") + 1) + name,

  /** The number of an `each`'s item. */
  item(at: Path): number | undefined {
    const start = at.endsWith("]") ? at.lastIndexOf("[") : -1;
    return start < 0 ? undefined : Number(at.slice(start + 1, -1));
  },

  /** The place of one item of a node that an `each` runs. */
  itemOf: (node: Path, item: number): Path => `${node}[${item}]`,

  /** A path without its item. */
  withoutItem: (at: Path): Path => (at.endsWith("]") ? at.slice(0, at.lastIndexOf("[")) : at),

  /** Whether a place is `outer`, or lies inside it. */
  inside: (at: Path, outer: Path): boolean =>
    at === outer || outer === "" || (at.startsWith(outer) && (at[outer.length] === "/" || at[outer.length] === "#")),

  /** The places that one lies in, the outermost first. */
  around(at: Path): readonly Path[] {
    const all: Path[] = [];
    for (let i = 0; i < at.length; i++) if (at[i] === "/" || at[i] === "#") all.push(at.slice(0, i));
    return all;
  },
};
