import type { Labels } from "../schema/label.js";
import type { Specialist } from "../specialist/specialist.js";

/** The words of a team whose literals are trusted: what it is for, which its author wrote, and the request where that is trusted. */
export function vouchedWords({ does, team }: Specialist, values: Readonly<Record<string, unknown>> | undefined, labels: Labels): string {
  const request = team?.request;
  const said = request === undefined || labels[request]?.untrusted ? undefined : values?.[request];
  return typeof said === "string" ? `${does}\n${said}` : does;
}
