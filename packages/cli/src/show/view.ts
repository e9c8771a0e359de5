import type { Plan, TroupeEvent, Usage } from "@troupe/core";
import { Path } from "@troupe/core/engine";

/** What a person sees of one occurrence. */
export interface Row {
  readonly at: string;
  /** The occurrence or plan it runs inside; `""` for the run itself. */
  readonly inside: string;
  readonly specialist: string;
  readonly status: "waiting" | "running" | "completed" | "failed" | "cancelled";
  readonly attempt: number;
  /** When it was started, in ms since 1970. */
  readonly since: number;
  readonly ms: number;
  readonly usage: readonly Usage[];
  /** The ends of what its models are writing, by the number of the answer; the one that was written to last comes last. */
  readonly texts: ReadonlyMap<number, string>;
  readonly progress?: { readonly message: string; readonly part?: number };
  readonly engine?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** It was completed before this process took the run up. */
  readonly recalled: boolean;
}

export interface PlanRow {
  readonly at: string;
  readonly plan: Plan;
  readonly by: string;
  readonly notes: readonly string[];
}

/** What a person sees of a run, in order of appearance. */
export interface View {
  readonly graph: string;
  readonly since: number;
  readonly rows: ReadonlyMap<string, Row>;
  readonly plans: ReadonlyMap<string, PlanRow>;
  /** How many items an each has, by the path of the node that runs for them. */
  readonly counts: ReadonlyMap<string, number>;
  readonly ended?: "completed" | "failed";
}

export const emptyView: View = { graph: "", since: 0, rows: new Map(), plans: new Map(), counts: new Map() };

/** Characters of a streamed text that are kept, and texts of one occurrence. */
const kept = { characters: 400, texts: 3 };
const none: Row["texts"] = new Map();

/** Takes up one event of a run: a pure fold, the same for what is heard and what a journal has. */
export function follow(view: View, event: TroupeEvent): View {
  switch (event.kind) {
    case "began":
      return { ...emptyView, graph: event.graph.name, since: event.time };
    case "resumed": {
      const rows = [...view.rows.values()].map((row): Row => {
        if (row.status === "completed") return { ...row, recalled: true };
        return { ...row, status: "waiting", texts: none };
      });
      const { ended: _, ...rest } = view;
      return { ...rest, rows: new Map(rows.map((row) => [row.at, row])) };
    }
    case "called":
      return put(view, opened(view, event.at, event.specialist, event.time));
    case "started": {
      const row = view.rows.get(event.at) ?? opened(view, event.at, event.specialist, event.time);
      const { error: _, ...rest } = row;
      return put(view, {
        ...rest,
        specialist: event.specialist,
        status: "running",
        attempt: event.attempt,
        since: event.time,
        texts: none,
      });
    }
    case "planned": {
      const { at, plan, by, notes } = event;
      const owner = view.rows.get(Path.owner(at));
      const seen = owner ? put(view, { ...owner, texts: none, usage: [...owner.usage, ...event.usage] }) : view;
      const rows = new Map(seen.rows);
      for (const { id, member } of plan.tasks) {
        const task = Path.child(at, id);
        if (!rows.has(task)) rows.set(task, { ...opened(seen, task, member, event.time), inside: at });
      }
      return { ...seen, rows, plans: new Map(view.plans).set(at, { at, plan, by, notes }) };
    }
    case "completed":
    case "failed":
    case "cancelled": {
      const row = view.rows.get(event.at);
      if (!row) return view;
      const { progress: _, ...rest } = row;
      return put(counted(view, event), {
        ...rest,
        status: event.kind,
        ms: row.ms + event.ms,
        usage: [...row.usage, ...event.usage],
        texts: none,
        ...("engine" in event && event.engine !== undefined ? { engine: event.engine } : {}),
        ...("error" in event ? { error: { code: event.error.code, message: event.error.message } } : {}),
      });
    }
    case "learnt": {
      const row = view.rows.get(event.at);
      // Which of its answers was heard is not told: those still written go on.
      return row ? put(view, { ...row, texts: none, usage: [...row.usage, ...event.usage] }) : view;
    }
    case "token":
    case "progress": {
      const row = view.rows.get(event.at);
      if (row?.status !== "running") return view;
      if (event.kind === "token") return event.attempt === row.attempt ? put(view, { ...row, texts: written(row.texts, event) }) : view;
      return put(view, { ...row, progress: { message: event.message, ...(event.part === undefined ? {} : { part: event.part }) } });
    }
    case "ended":
      return { ...view, ended: event.error ? "failed" : "completed" };
    default:
      return view;
  }
}

function written(texts: Row["texts"], { answer, text }: Extract<TroupeEvent, { kind: "token" }>): Row["texts"] {
  const others = [...texts].filter(([other]) => other !== answer);
  return new Map([...others, [answer, ((texts.get(answer) ?? "") + text).slice(-kept.characters)] as const].slice(-kept.texts));
}

/** Replaces a row where it stands, or adds it at the end. */
const put = (view: View, row: Row): View => ({ ...view, rows: new Map(view.rows).set(row.at, row) });

/** A rule led to a node for each of some items: it stands beside the one whose rule that was. */
function counted(view: View, event: TroupeEvent): View {
  if (event.kind !== "completed" || event.next === undefined || !("each" in event.next)) return view;
  return { ...view, counts: new Map(view.counts).set(Path.beside(event.at, event.next.each), event.next.count) };
}

function opened(view: View, at: string, specialist: string, since: number): Row {
  return {
    at,
    inside: insideOf(view, at),
    specialist,
    status: "waiting",
    attempt: 0,
    since,
    ms: 0,
    usage: [],
    texts: none,
    recalled: false,
  };
}

/** The longest path of a known occurrence or plan that a path begins with. Rounds of loops stand in paths, but are none. */
function insideOf(view: View, at: string): string {
  return Path.around(at).findLast((outer) => view.rows.has(outer) || view.plans.has(outer)) ?? Path.run;
}

/** Tokens read and written. */
export const tokensOf = (usage: readonly Usage[]): { readonly input: number; readonly output: number } => ({
  input: usage.reduce((sum, one) => sum + one.input, 0),
  output: usage.reduce((sum, one) => sum + one.output, 0),
});
