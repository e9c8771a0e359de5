import { TroupeError } from "../error/error.js";
import { type Label, type Labels, onward, stepsOf } from "../schema/label.js";
import type { Passage } from "./passage.js";

/** A value that would come where a mark forbids it, and the way that it would take. */
export interface Finding {
  readonly code: "private-leak" | "untrusted-source";
  /** The input or argument, or the state field or output that is written. */
  readonly field: string;
  readonly steps: readonly string[];
}

/** What labels that come to a specialist are refused for, where `name` is what it is called there. */
export function refusals(name: string, passage: Passage, given: Labels): readonly Finding[] {
  return Object.entries(given).flatMap(([field, label]): Finding[] => {
    const taken = passage.takes[field];
    if (!taken) return [];
    const to = (way: typeof label.private, ...inside: readonly string[]) => [...stepsOf(onward(way, `${name}.${field}`)!), ...inside];
    const found: Finding[] = [];
    if (taken.trusted && !taken.fixed && label.untrusted) found.push({ code: "untrusted-source", field, steps: to(label.untrusted) });
    if (label.private && (taken.public || taken.reaches))
      found.push({ code: "private-leak", field, steps: to(label.private, ...(taken.reaches ?? [])) });
    return found;
  });
}

/** The marks on what something is written to. */
type KeptTo = Partial<Pick<Passage["gives"][string], "public" | "trusted">>;

/** What a label is refused for by the marks on what it is written to, which is `step` on its way. */
export function unkept(marks: KeptTo | undefined, field: string, step: string, label: Label): readonly Finding[] {
  const to = (way: Label["private"]) => stepsOf(onward(way, step)!);
  return [
    ...(marks?.trusted && label.untrusted ? [{ code: "untrusted-source" as const, field, steps: to(label.untrusted) }] : []),
    ...(marks?.public && label.private ? [{ code: "private-leak" as const, field, steps: to(label.private) }] : []),
  ];
}

/** What labels of a plan's answers are refused for by the marks on a team's outputs. */
export const unkeptOutputs = (gives: Readonly<Record<string, KeptTo>>, given: Labels): readonly Finding[] =>
  Object.entries(given).flatMap(([field, label]) => unkept(gives[field], field, `output.${field}`, label));

/** The way of a finding in one line. */
const wayOf = ({ steps }: Finding): string => steps.join(" → ");

const told = {
  "private-leak": {
    code: "PRIVATE_DATA",
    message: "What is private would leave this machine, or its marks",
    hint: "Let redact stand between, or a model that runs here; or take what is not private.",
  },
  "untrusted-source": {
    code: "UNTRUSTED_VALUE",
    message: "What is untrusted would stand where only what is trusted may",
    hint: "Take it from an input marked mark.trusted, or bind it with set.",
  },
} as const;

/** What a finding says, and what is to be done. */
export const findingTold = (one: Finding): { readonly message: string; readonly hint: string } => ({
  message: `${told[one.code].message}: ${wayOf(one)}`,
  hint: told[one.code].hint,
});

/** A finding in a run, as an error: `PRIVATE_DATA` or `UNTRUSTED_VALUE`. */
export function refused(one: Finding, place: { graph?: string; at?: string } = {}): TroupeError {
  const { message, hint } = findingTold(one);
  return new TroupeError(told[one.code].code, message, { ...place, hint });
}
