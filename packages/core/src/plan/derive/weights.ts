/**
 * What each feature of a derivation is worth. Fitted by `bench/plans/fit.mjs`; the units are those of the first, a place and a source
 * of one name.
 */
export const weights = {
  /** A place and its source have one name. */
  named: 1,
  /** A wanted output and its source have one name. */
  wanted: 2,
  /** The place's description names its source. */
  described: 0.8,
  /** Likeness of name and description, from 0 to 1. */
  alike: 1.6,
  /** Likeness of the place to what the source's member does. */
  does: 1,
  /** A type that tells fits: labels, media, objects. */
  told: 0.3,
  /** Both are the same sort of atom. */
  atom: 0.4,
  /** A wanted output that nothing but its type speaks for. */
  doubt: -1.5,
  /** The same three where the place is an argument. */
  argumentNamed: 0.7,
  argumentAlike: 0.5,
  argumentDoes: 0.3,
  /** An argument: what any place costs before anything speaks for its source, so that no chain pays for itself. */
  argument: -1.2,
  /** Each step that an argument's source is farther from the inputs than the nearest that fits. */
  detour: -0.7,
  /** A task. */
  task: -0.35,
  /** A task of a member that the request speaks of. */
  spoken: 0.5,
  /** Of two places with bare names, one filled by an input and the other by a task. */
  mixed: -0.9,
  /** A member at work once more. */
  again: -0.8,
  /** Sibling places filled by sibling fields of one task. */
  sibling: 0.3,
  /** Sibling places filled in the order in which their sources are declared. */
  order: 0.1,
  /** Sibling places filled from the same source, or two outputs by one field. */
  twice: -0.9,
  /** An element of a gathered list. */
  element: 0.1,
  /** A list gathered, not made by a member. */
  gathered: -0.2,
  /** A given input that nothing uses. */
  unused: -4,
  /** An input that an output's words name, and the output is made from; or not. */
  origin: 0.6,
  /** An input that a member's words name, at the start of one of its arguments. */
  about: 0.5,
  /** A field that an output's own words name, on the way to it. */
  said: 0.8,
  /** The request's words for an edge, or against it. */
  asked: 2,
  /** An output whose words name a label that its member takes. */
  labelled: 1,
  /** A part of the request for whose doing no task is there. */
  unasked: -1,
  /** An argument that the request gives. */
  literal: 1.4,
  /** A decision model's log of the odds for a source against an even choice. */
  decided: 0.3,
} as const;

/** What a source must reach by name and meaning to stand at a place at all; less is none. */
export const least = {
  /** A wanted output. */
  output: 0.3,
  /** An argument that is no whole text: options and atoms come from the request or by name. */
  atom: 0.3,
} as const;

export type Feature = keyof typeof weights;
export type Features = Partial<Record<Feature, number>>;

export const worth = (features: Features): number =>
  Object.entries(features).reduce((sum, [name, value]) => sum + weights[name as Feature] * value!, 0);
