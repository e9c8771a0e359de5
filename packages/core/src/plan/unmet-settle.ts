import type { Issue } from "../error/issue.js";
import type { Brief } from "./brief.js";
import type { Tools } from "./derive/derive.js";
import { unsettled } from "./unsettled.js";
import { withoutModel } from "./without-model.js";

/** What a team settles that stands in the way: without it the typed planner has a plan, which takes something else at these places. */
export async function unmetSettle(brief: Brief, { embed }: Tools): Promise<readonly Issue[]> {
  const { settle, ...free } = brief;
  if (!settle || Object.keys(settle).length === 0) return [];
  const { plan, issues, declined } = await withoutModel(free, embed ? { embed } : {});
  if (issues.length > 0 || declined !== undefined) return [];
  return unsettled(plan, brief).map((one) => ({ ...one, hint: "Only a plan that does so is found: leave the place out of settle." }));
}
