import { joined, type Label, type Labels, labelOf, onward } from "../schema/label.js";
import type { Passage } from "./passage.js";

/** The labels of what comes to a specialist that is called `name` there: what it marks as private is so from there on. */
export function arrived(name: string, { takes }: Passage, given: Labels): Labels {
  const own = Object.entries(given).map(([field, label]): [string, Label] => [
    field,
    takes[field]?.private && !label.private ? { ...label, private: { step: `${name}.${field}` } } : label,
  ]);
  return Object.fromEntries(own);
}

/** The labels of what a specialist gives, from those of what came to it. */
export function passed(name: string, { gives }: Passage, given: Labels): Labels {
  const seen = joined(Object.values(given));
  const all = Object.entries(gives).map(([field, mark]): [string, Label] => {
    const step = `${name}.${field}`;
    const secret = mark.private || (seen.private && !mark.public) ? (onward(seen.private, step) ?? { step }) : undefined;
    return [field, labelOf(secret, mark.trusted ? undefined : (onward(seen.untrusted, step) ?? { step }))];
  });
  return Object.fromEntries(all);
}

/** Labels of what is given from outside: whoever gives it vouches for what is marked as trusted. */
export function entryLabels({ takes }: Passage): Labels {
  const all = Object.entries(takes).map(([field, mark]): [string, Label] => {
    const way = { step: field };
    return [field, labelOf(mark.private ? way : undefined, mark.trusted ? undefined : way)];
  });
  return Object.fromEntries(all);
}
