/**
 * What each feature of a derivation is worth: set by hand at first, then fitted by `bench/plans.mjs --weigh` to teams that have right plans
 * (28 November 2026, fourteen authors); since then `fellow` was fitted by itself, `mapped` set by counts, `origin` and `gathered` by hand, for the
 * field report. The units are those in which the least of all are told below.
 */
export const weights = {
  /** A place and its source have one name. */
  named: 0.72,
  /** A wanted output and its source have one name. */
  wanted: 1.51,
  /** The place's description names its source. */
  described: 0.41,
  /** Likeness of name and description, from 0 to 1. */
  alike: 1.97,
  /** Likeness of the place to what the source's member does. */
  does: 2.61,
  /** A type that tells fits: labels, media, objects. */
  told: -0.22,
  /** Both are the same sort of atom. */
  atom: -0.1,
  /** A wanted output that nothing but its type speaks for. */
  doubt: -1.23,
  /** The same three where the place is an argument. */
  argumentNamed: 1.76,
  argumentAlike: 2.05,
  argumentDoes: 0.18,
  /** An argument: what any place costs before anything speaks for its source, so that no chain pays for itself. */
  argument: -1.06,
  /** The description of an argument's source holds that of the argument. */
  echoed: 0.26,
  /** A source on the side of its place, of two that face one another; or on the other. */
  facing: 0.89,
  /** The words of a source's member say what the argument is called. */
  maker: 0.23,
  /** A source whose member takes what the argument is called itself. */
  fellow: -0.75,
  /** Each step that an argument's source is farther from the inputs than the nearest that fits. */
  detour: -0.51,
  /** A task. */
  task: -1.07,
  /** A task of a member that the request speaks of. */
  spoken: 0.74,
  /** Of two places with bare names, one filled by an input and the other by a task. */
  mixed: -0.71,
  /** A member at work once more. */
  again: -1.76,
  /** Sibling places filled by sibling fields of one task. */
  sibling: -0.42,
  /** Sibling places filled in the order in which their sources are declared. */
  order: 0.47,
  /** Sibling places that start at one input where there are others. */
  overlap: -0.44,
  /** Sibling places filled from the same source. */
  twice: -2.45,
  /** Two outputs of different names by one field. */
  shared: -2.23,
  /** An argument of no known sort filled by a whole text that a task made. */
  vague: -0.94,
  /** An argument that a member makes under its very name, filled by something else. */
  passed: -1.34,
  /** An element of a gathered list. */
  element: -0.17,
  /** A list gathered, not made by a member. */
  gathered: -0.6,
  /** A list gathered of what one member gives for each of several things. */
  mapped: 1.2,
  /** A list gathered of one thing, where such a list is given or a member makes it. */
  single: -1.43,
  /** A list gathered of one thing that nothing says is one of these. */
  lone: -0.7,
  /** A given input that nothing uses. */
  unused: -4.0,
  /** An input that an output's words name, and the output is made from; or not. */
  origin: 1.2,
  /** An output whose words name another one, and that is made from it; or not. */
  follows: 1.13,
  /** An input that a member's words name, at the start of one of its arguments. */
  about: 0.34,
  /** A text in another language than is taken. */
  foreign: -1.36,
  /** The request's words for an edge, or against it. */
  asked: 1.79,
  /** The same where something given has the name of the place. */
  overruled: 0.55,
  /** An output whose words name a label that its member takes. */
  labelled: 2.04,
  /** An output that the last thing which is asked for changes. */
  ends: 0.77,
  /** An output that is not what is called so, but what a task makes of that. */
  changed: -0.41,
  /** A part of the request for whose doing no task is there. */
  unasked: -1.34,
  /** A word of the request that speaks only of members which are not at work. */
  unserved: -3.03,
  /** A value that the request gives and no task takes. */
  unsaid: -1.74,
  /** An argument that the request gives. */
  literal: 2.7,
  /** A decision model's log of the odds for a source against an even choice. */
  decided: 0.3,
} as const;

/** What must speak for something at the least, by name, meaning or words; less counts as nothing. */
export const least = {
  /** For a member, that a part of the request asks for it. */
  goal: 0.5,
  /** For the source of a wanted output: with less it is in doubt. */
  output: 0.22,
  /** For a value of the request at an option, or at an argument of no known sort: by its kind and the words about it. */
  literal: 0.5,
  /** The same where an address, a code or a day is wanted: words of the place stand by it. */
  atomLiteral: 1,
  /** The same, to be sure that some task is to take it. */
  sayable: 1,
  /** For a thing that is gathered to be one of such things, and for a source beside one that has the name of its place. */
  affinity: 0.4,
  /** For a source where it or the argument is an atom, and the other is of another sort or of none. */
  atom: 0.5,
} as const;

/** What must be so for a member to act on the world. */
export const safe = {
  /** Less than this of what a request asks for is left undone. */
  undone: 0.25,
  /** The margin of an argument that it takes, of what such an argument is made from, and what name or meaning must say for it. */
  acts: 0.3,
  feeds: 0.5,
  affinity: 0.5,
} as const;

type Feature = keyof typeof weights;
export type Features = Partial<Record<Feature, number>>;

export const worth = (features: Features): number =>
  Object.entries(features).reduce((sum, [name, value = 0]) => sum + weights[name as Feature] * value, 0);
