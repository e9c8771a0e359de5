import { type Label, type Labels, labelOf, secretIn, type Way } from "../schema/label.js";
import { HeldParts } from "./held-parts.js";
import type { Job } from "./job.js";
import type { Live } from "./live.js";

/**
 * The way of something private that an occurrence has seen as it starts. A team sees of its input no more than its planner is told: the
 * request, and nothing that is private; its tasks take the rest.
 */
export function secretSeen({ specialist, takes }: Pick<Job, "specialist" | "takes">): Way | undefined {
  const { team } = specialist;
  if (!team) return secretIn(takes);
  return team.request === undefined ? undefined : takes[team.request]?.private;
}

/** Takes up values that an occurrence was given or got. */
export function hold(live: Live, values: Readonly<Record<string, unknown>>, labels: Labels): void {
  // Of what no schema names, the worst is taken to be so.
  const worst = labelOf(live.private, { step: live.at });
  const more = Object.keys(values).map((field) => ({
    value: values[field],
    label: (Object.hasOwn(labels, field) && labels[field]) || worst,
  }));
  if (live.held) live.held.push(...more);
  else live.held = more;
}

/**
 * What is known of values that an occurrence's code hands on. One that is a held value, or a part of one, is what that is; any other is
 * private where the occurrence has seen anything that is, and never trusted, since nobody knows what code made it from.
 */
export function labelsOf(live: Live, values: Readonly<Record<string, unknown>>): Labels {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, labelOfValue(live, value)]));
}

function labelOfValue(live: Live, value: unknown): Label {
  const { held = [], private: secret } = live;
  const trusted = (live.trusted ??= new HeldParts((label) => !label.untrusted)).labelOf(value, held);
  // Nobody asks what is public while nothing private was seen.
  const open = secret && (live.public ??= new HeldParts((label) => !label.private)).labelOf(value, held);
  return labelOf(
    open ? undefined : secret && trusted ? trusted.private : secret,
    trusted ? undefined : (open?.untrusted ?? { step: live.at }),
  );
}

/** Takes up what an occurrence got, of which something may be private. */
export function got(live: Live, values: object, labels: Labels): void {
  hold(live, values as Record<string, unknown>, labels);
  live.private ??= secretIn(labels);
}
