import { type CostElsewhere, costOn, type Ledger, type Model } from "@troupe/core";
import { dollars, duration, joules } from "./amounts.js";
import { printable } from "./printable.js";

/** A run's energy in words, with how it is known; and what its work would have cost on a giant, where one is named. */
export function totalLines(ledger: Ledger, giant?: Pick<Model, "id" | "card">): string[] {
  return [...energyLines(ledger), ...(giant ? [costLine(giant, costOn(ledger, giant))] : [])].map(printable);
}

function energyLines({ energy }: Ledger): string[] {
  const { measuredJoules, estimatedJoules, cpuMs, wattsPerCore, unknown } = energy;
  const how = [
    ...(measuredJoules ? [`${joules({ measuredJoules, estimatedJoules: 0 })} by what the machine told`] : []),
    ...(estimatedJoules ? [`${joules({ measuredJoules: 0, estimatedJoules })} estimated at ${wattsPerCore} W for a core at work`] : []),
  ];
  const elsewhere = unknown.length
    ? [`What ${unknown.join(", ")} took where ${unknown.length > 1 ? "they run" : "it runs"} is not known.`]
    : [];
  return [...(how.length ? [`Energy for ${duration(cpuMs)} of CPU time here: ${how.join(", ")}.`] : []), ...elsewhere];
}

function costLine({ id }: Pick<Model, "id">, there: CostElsewhere | undefined): string {
  if (!there) return `What this would have cost on ${id} cannot be told: no price of it is known.`;
  const { input, output, cost, price, uncounted } = there;
  const at = `$${price.input} and $${price.output} a million tokens, ${price.source.replace(/^https?:\/\//, "")}, ${price.asOf}`;
  const but = uncounted.length ? `; not counted, since it took no tokens: ${uncounted.join(", ")}` : "";
  return `On ${id}, ${input} tokens in and ${output} out would have cost ${dollars(cost) || "$0"} (${at})${but}.`;
}
