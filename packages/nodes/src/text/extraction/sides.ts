import { meansAny } from "./concepts/means-any.js";
import type { Kind } from "./field.js";

interface Side {
  readonly concepts: readonly string[];
  /** English words for it; those that mean the same count in any language. */
  readonly words: string;
}

/** What something was and what it is to be; the least and the most that it may be. */
const change: readonly [Side, Side] = [
  { concepts: [], words: "previous minimum lowest" },
  { concepts: [], words: "new current maximum highest" },
];

/** The start and the end of a range; what was and what is to be; who a letter goes to, and who sends it. */
const sides: Readonly<Partial<Record<Kind, readonly [Side, Side]>>> = {
  date: [
    { concepts: ["start", "arrival", "checkIn"], words: "begin open previous" },
    { concepts: ["end", "departure", "checkOut"], words: "end new" },
  ],
  time: [
    { concepts: ["start", "departure", "checkIn"], words: "begin open leave previous" },
    { concepts: ["end", "arrival", "checkOut"], words: "end close new" },
  ],
  amount: change,
  number: change,
  person: [
    {
      concepts: ["addressee", "customer", "patient", "passenger", "tenant", "employee"],
      words: "invited candidate member applicant consumer owner guest student insured parent resident",
    },
    {
      concepts: ["sender", "officer", "chair", "secretary", "treasurer"],
      words: "signed wrote manager director president secretary treasurer",
    },
  ],
  organisation: [
    { concepts: ["buyer"], words: "customer recipient" },
    { concepts: ["seller"], words: "issued" },
  ],
};

/** Which side of a range or a letter a field speaks of: 1 the first, -1 the second, 0 neither or both. */
export function sideOf(kind: Kind, known: ReadonlySet<string>, said: string): 1 | 0 | -1 {
  const pair = sides[kind];
  if (!pair) return 0;
  const [first, second] = pair.map(({ concepts, words }) => concepts.some((concept) => known.has(concept)) || meansAny(said, words));
  return first === second ? 0 : first ? 1 : -1;
}
