import type { Issue } from "../../graph/issue.js";
import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { repair } from "../repair/repair.js";
import { type Embed, likenessOf } from "./likeness.js";
import { type Made, planOf } from "./made.js";
import { optionsFor, taskCost } from "./options.js";
import { reachOf } from "./reach.js";
import { textOf, textsOf } from "./texts.js";
import { alike } from "./words.js";

/** A set of outputs found so far, and what it is worth. */
interface Draft {
  readonly outputs: Readonly<Record<string, Made>>;
  readonly works: ReadonlySet<string>;
  readonly inputs: ReadonlySet<string>;
  readonly score: number;
}

export interface TypedPlan {
  readonly plan: Plan;
  /** What is wrong with it; empty where it can be carried out. */
  readonly issues: readonly Issue[];
  readonly notes: readonly string[];
}

const width = 16;

/**
 * A plan without a planner model: each wanted field is traced back through members' outputs of a fitting type to the inputs, the
 * likeliest by names and descriptions (and embeddings where `embed` is given), and the set of ways is taken that uses all inputs
 * with the fewest tasks. Bounded, whatever the catalogue.
 *
 * @example
 * const { plan, issues } = await typedPlan(brief, (texts) => ctx.embed(texts));
 */
export async function typedPlan(brief: Brief, embed?: Embed): Promise<TypedPlan> {
  const like = await likenessOf(textsOf(brief), embed);
  const options = optionsFor(brief, reachOf(brief), like);
  let beam: readonly Draft[] = [{ outputs: {}, works: new Set(), inputs: new Set(), score: 0 }];
  for (const slot of Object.values(brief.wanted).sort((a, b) => Number(b.required) - Number(a.required))) {
    const focus = slot.description;
    const ways = options({ slot, about: [textOf(slot), ...(focus ? [focus] : [])], focus, path: [] });
    const wanted = slot.required ? ways : ways.filter((way) => "work" in way.from && alike(way.from.field, slot.name) === 1);
    if (wanted.length === 0) continue;
    beam = beam
      .flatMap((draft) => wanted.map((way) => withOutput(draft, slot.name, way)))
      .sort((a, b) => worth(b, brief) - worth(a, brief))
      .slice(0, width);
  }
  const plans = beam.slice(0, 4).map(({ outputs }) => repair(planOf(outputs), brief));
  const good = plans.find(({ issues }) => issues.length === 0) ?? plans.sort((a, b) => a.issues.length - b.issues.length)[0]!;
  return { plan: good.plan, issues: checkPlan(good.plan, brief), notes: good.notes };
}

function withOutput({ outputs, works, inputs, score }: Draft, name: string, way: Made): Draft {
  const more = [...way.works.keys()].filter((key) => !works.has(key)).length;
  return {
    outputs: { ...outputs, [name]: way },
    works: new Set([...works, ...way.works.keys()]),
    inputs: new Set([...inputs, ...way.inputs]),
    score: score + way.score - 2 * taskCost * more,
  };
}

/** Inputs that must be used come before all else. */
function worth(draft: Draft, brief: Brief): number {
  const used = Object.keys(brief.given).filter((name) => draft.inputs.has(name) && !brief.spare.includes(name)).length;
  return 0.6 * used + draft.score;
}
