import { TroupeError } from "@troupe/core";
import type { Flags } from "../parse-flags.js";
import { dollars } from "../show/amounts.js";
import { type Compared, summaryOf } from "./summary.js";

/** @throws TroupeError `FLAG_VALUE` */
export function maxCostOf(flags: Flags): number | undefined {
  const said = flags.value("max-cost");
  if (said === undefined) return undefined;
  const cost = Number(said);
  if (cost > 0 && Number.isFinite(cost)) return cost;
  throw new TroupeError("FLAG_VALUE", "--max-cost is no number of US dollars", { hint: "Write --max-cost 0.50, say." });
}

/** @throws TroupeError `COST_EXCEEDED` before anything is asked */
export function refuseCost(giant: string, total: number | undefined, maxCost: number | undefined, cases: number): void {
  if (maxCost === undefined || (total !== undefined && total <= maxCost)) return;
  throw new TroupeError(
    "COST_EXCEEDED",
    total === undefined
      ? `What ${giant} costs is not known, so that --max-cost cannot be kept`
      : `${counted(cases)} on ${giant} could cost ${dollars(total)}, more than --max-cost ${maxCost}`,
    {
      hint:
        total === undefined
          ? "Bind it to a role of the configuration with a price on its card, and name the role: --giant ROLE."
          : "Raise it, or take fewer cases or another model.",
    },
  );
}

const counted = (cases: number): string => (cases === 1 ? "1 case" : `${cases} cases`);

/** What is told of costs before anything is asked. */
export function costLine(giant: string, total: number | undefined, cases: number): string {
  if (total === undefined) return `What ${giant} costs is not known.`;
  if (total === 0) return `${counted(cases)}; ${giant} costs nothing.`;
  return `${counted(cases)} on ${giant} cost${cases === 1 ? "s" : ""} ${dollars(total)} at the most, by its card's price, where each is asked once.`;
}

/** @throws TroupeError `COST_EXCEEDED` where the next case could cross the bound, or what was spent is not known */
export function keepTo(maxCost: number | undefined, compared: readonly Compared[], next = 0): void {
  if (maxCost === undefined) return;
  const { team, giant } = summaryOf(compared);
  const spent = team.cost + giant.cost;
  if (spent + next <= maxCost && team.unpriced + giant.unpriced === 0) return;
  const why = team.unpriced + giant.unpriced ? "what some calls cost is not known" : "the next case could cross it";
  throw new TroupeError("COST_EXCEEDED", `${dollars(spent) || "$0"} of --max-cost ${maxCost} is spent, and ${why}`, {
    hint: "What was done is kept: go on with a higher --max-cost, or without one.",
  });
}
