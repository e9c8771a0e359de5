import { parted } from "../graph/plan.js";
import type { JsonSchema } from "../schema/json.js";
import { type Labels, labelOf } from "../schema/label.js";
import { holdsMark, isMarked } from "../schema/mark.js";
import { objectFields } from "../schema/object-fields.js";
import { valuesOf } from "../schema/resolve.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Specialist } from "../specialist/specialist.js";
import type { Elsewhere } from "./elsewhere.js";
import { graphFlow } from "./graph-flow.js";

/** A value that a specialist takes, as far as marks go. */
interface Taken {
  /** It must be trusted. */
  readonly trusted: boolean;
  /** It must not be private. */
  readonly public: boolean;
  /** It is private from here on. */
  readonly private: boolean;
  /** The model elsewhere that it would reach, and the steps inside. */
  readonly reaches?: readonly string[];
  /** The only value that may stand here: its author's own. */
  readonly fixed: boolean;
}

/** A value that a specialist gives. */
interface Given {
  /** It is private whatever is taken. */
  readonly private: boolean;
  /** It is public whatever is taken. */
  readonly public: boolean;
  readonly trusted: boolean;
}

/** How labels pass a specialist: plain data, by field. */
export interface Passage {
  readonly takes: Readonly<Record<string, Taken>>;
  readonly gives: Readonly<Record<string, Given>>;
}

const known = new WeakMap<Specialist, WeakMap<Elsewhere, Passage>>();

/** How labels pass a specialist, found once. */
export function passageOf(specialist: Specialist, elsewhere: Elsewhere): Passage {
  const of = known.get(specialist) ?? new WeakMap<Elsewhere, Passage>();
  known.set(specialist, of);
  let passage = of.get(elsewhere);
  if (!passage) of.set(elsewhere, (passage = specialist.graph ? ofGraph(specialist, elsewhere) : ofWork(specialist, elsewhere)));
  return passage;
}

function fieldsOf(specialist: Specialist, side: "input" | "output") {
  const whole = readable(specialist, side);
  const fields = Object.entries(objectFields(whole)?.properties ?? {});
  return fields.map(([name, schema]) => ({
    name,
    schema,
    private: whole["x-private"] === true || holdsMark(schema, "private"),
    public: whole["x-public"] === true || isMarked(schema, "public"),
    trusted: whole["x-trusted"] === true || isMarked(schema, "trusted"),
    wantsTrusted: whole["x-trusted"] === true || holdsMark(schema, "trusted"),
    wantsPublic: whole["x-public"] === true || holdsMark(schema, "public"),
  }));
}

/** What can't be said as JSON Schema has no marks; of graphs and teams that is an issue of its own. */
function readable(specialist: Specialist, side: "input" | "output"): JsonSchema {
  try {
    return jsonSchemaOf(specialist[side], side);
  } catch {
    return {};
  }
}

function ofWork(specialist: Specialist, elsewhere: Elsewhere): Passage {
  const { prompt, model, team } = specialist;
  const asked = prompt ? elsewhere(model ?? "default") : model && elsewhere(model);
  const planners = team ? [team.planner, team.stronger].flatMap((one) => (one && one !== "typed" ? (elsewhere(one) ?? []) : [])) : [];
  const composer = team?.compose && elsewhere(team.compose.by);
  const settled = team ? settledTrusted(specialist) : new Set<string>();
  const inner = team?.members.flatMap((member) => fieldsOf(member, "output")) ?? [];
  // What a task makes of something private is private, and whoever composes is told it, unless a member says otherwise of what it gives.
  const kept = inner.some((field) => field.private || field.public);
  const takes = fieldsOf(specialist, "input").map((field): [string, Taken] => {
    const there = asked ?? (field.name === team?.request ? (planners[0] ?? composer) : kept ? undefined : composer);
    return [
      field.name,
      {
        trusted: field.wantsTrusted || settled.has(field.name),
        public: field.wantsPublic,
        private: field.private,
        fixed: valuesOf(field.schema)?.length === 1,
        ...(there === undefined ? {} : { reaches: [there] }),
      },
    ];
  });
  const inside = inner.some((field) => field.private);
  const gives = fieldsOf(specialist, "output").map((field): [string, Given] => [
    field.name,
    {
      private: field.private || (inside && !field.public),
      public: field.public && vouches(specialist, "public", field.name),
      trusted: field.trusted && vouches(specialist, "trusted", field.name),
    },
  ]);
  return { takes: Object.fromEntries(takes), gives: Object.fromEntries(gives) };
}

/** Whether somebody stands for a mark on an output: the author of code, or who holds plans to it; nobody does for what a model writes. */
export function vouches({ prompt, run, team, input }: Specialist, what: "public" | "trusted", output: string): boolean {
  if (team) return !team.compose?.outputs.includes(output);
  if (!run || prompt) return false;
  return what === "public" || !JSON.stringify(readable({ input } as Specialist, "input")).includes('"x-media"');
}

/** Inputs of a team that it settles as the source of places that take what is trusted only. */
function settledTrusted({ team }: Specialist): ReadonlySet<string> {
  return new Set(
    Object.entries(team!.settle ?? {}).flatMap(([place, source]) => {
      const [whose, argument] = parted(place);
      const [from, field] = parted(source);
      const member = team!.members.find(({ name }) => name === whose);
      if (!member || from !== "input") return [];
      const to = fieldsOf(member, "input").find(({ name }) => name === argument);
      return to?.wantsTrusted ? [field] : [];
    }),
  );
}

/** A graph passes what its edges do, whichever of its inputs is private. */
function ofGraph(specialist: Specialist, elsewhere: Elsewhere): Passage {
  const graph = specialist.graph!;
  const inputs = fieldsOf(specialist, "input");
  const passage = (inner: Specialist) => passageOf(inner, elsewhere);
  const untrusted = { step: "" };
  const labels = (secret: (field: string) => boolean): Labels =>
    Object.fromEntries(
      inputs.map(({ name, wantsTrusted }) => [
        name,
        labelOf(secret(name) ? { step: name } : undefined, wantsTrusted ? undefined : untrusted),
      ]),
    );
  const none = graphFlow(
    graph,
    passage,
    labels(() => false),
  );
  const all = graphFlow(
    graph,
    passage,
    labels(() => true),
  );
  const leaks = (flow: typeof all) => flow.found.find(({ code }) => code === "private-leak");
  const takes = inputs.map(({ name, wantsTrusted, wantsPublic, private: own }): [string, Taken] => {
    const leak =
      leaks(all) && !leaks(none)
        ? leaks(
            graphFlow(
              graph,
              passage,
              labels((field) => field === name),
            ),
          )
        : undefined;
    return [
      name,
      { trusted: wantsTrusted, public: wantsPublic, private: own, fixed: false, ...(leak ? { reaches: leak.steps.slice(1) } : {}) },
    ];
  });
  const gives = graph.output.map((field): [string, Given] => {
    const [least, most] = [none.fields.get(field) ?? {}, all.fields.get(field) ?? {}];
    return [field, { private: least.private !== undefined, public: most.private === undefined, trusted: most.untrusted === undefined }];
  });
  return { takes: Object.fromEntries(takes), gives: Object.fromEntries(gives) };
}
