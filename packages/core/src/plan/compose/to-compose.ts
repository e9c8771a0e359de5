import type { Context, MadePlan } from "../../specialist/context.js";
import type { Team } from "../../specialist/specialist.js";
import type { Brief } from "../brief.js";
import { refuseLeak } from "./refuse-leak.js";

/**
 * A plan from which something is composed: its outputs are those that are named beside, and its notes say who composes.
 * @throws TroupeError `PRIVATE_DATA` where who does is elsewhere, and would be told something private
 */
export function toCompose(
  made: MadePlan,
  brief: Brief,
  { outputs, by }: NonNullable<Team["compose"]>,
  ctx: Pick<Context, "model">,
): MadePlan {
  const named = Object.entries(made.plan.output).filter(([name]) => Object.hasOwn(brief.wanted, name));
  const plan = { tasks: made.plan.tasks, output: Object.fromEntries(named) };
  refuseLeak(plan, brief);
  const who = typeof by === "string" ? (ctx.model(by)?.id ?? `the role ${by}, which no model plays,`) : by.id;
  return { ...made, plan, notes: [...made.notes, ...outputs.map((one) => `${one}: composed by ${who} from what the tasks give`)] };
}
