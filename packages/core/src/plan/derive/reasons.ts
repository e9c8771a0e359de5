import type { Brief, Card } from "../brief.js";
import type { Candidate } from "./candidates.js";
import type { Edges } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { notTakenSaid } from "./missed.js";
import { isWeak, type Weighed } from "./weighed.js";

/** What speaks against a plan that is not sure, and the member or the place that it is about. */
export interface Reason {
  readonly said: string;
  readonly of?: string;
}

/** Why a plan may not be what is meant, and at which places something else may stand. */
export interface Doubt {
  readonly why: readonly Reason[];
  readonly open: readonly Weighed[];
  /** The open places where plans that are about as likely have another source. */
  readonly apart: ReadonlySet<Weighed>;
}

/** From which on a request asks for a member. */
const asked = 0.5;

/** What may be wrong in the likeliest plan of several, which is less than `sure`; what is settled for good is not. `otherwise` is said where nothing else is. */
export function reasonsFor(
  { works, settled }: Candidate,
  all: readonly Candidate[],
  { sure, otherwise }: { readonly sure: number; readonly otherwise: string },
  brief: Brief,
  edges: Edges,
  evidence: Evidence,
): Doubt {
  const cards = new Set(works.map(({ card }) => card));
  const isServed = (card: Card) => [...cards].some((one) => evidence.areTwins(one, card));
  const missed = brief.members.filter((card) => !cards.has(card) && !card.effects && !isServed(card) && evidence.asks(card) >= asked);
  const left = evidence.unsaid(works);
  const leaves = ({ place }: Weighed): boolean => left.some(({ by }) => by.some(({ name }) => place.startsWith(`${name}.`)));
  const open = settled.filter(({ by }) => by !== "settled");
  const weak = open.filter((one) => isWeak(one) || one.bare);
  const sum = all.reduce((total, { chance }) => total + chance, 0);
  /** The chance that a place is filled so, of that of all plans. */
  const share = ({ place, source }: Weighed): number =>
    all.reduce(
      (total, one) => total + (one.settled.some((other) => other.place === place && other.source === source) ? one.chance : 0),
      0,
    ) / sum;
  const apart = open.filter((one) => share(one) < sure);
  const slots = new Map(
    [...brief.members.map((card) => ({ card, takes: card.takes })), { card: undefined, takes: brief.wanted }].flatMap(({ card, takes }) =>
      Object.values(takes).map((slot) => [`${card?.name ?? "output"}.${slot.name}`, { ...(card ? { card } : {}), slot }]),
    ),
  );
  /** Whether what a member gives that may be missed could stand at a place. */
  const takesMissed = ({ place }: Weighed): boolean => {
    const at = slots.get(place);
    return (
      at !== undefined && missed.some((card) => Object.values(card.gives).some((slot) => edges.edge(at, { card, slot }) !== undefined))
    );
  };
  // Where something was settled for good, the rest stands unless something speaks against it.
  const rest = open.length < settled.length ? [] : [open.filter(({ by }) => by === "type" || by === "meaning"), open.filter(isOutput)];
  const [places = []] = [
    open.filter((one) => apart.includes(one) || weak.includes(one) || takesMissed(one) || leaves(one)),
    ...rest,
  ].filter(({ length }) => length > 0);
  const why = [
    ...left.map((one) => ({ said: notTakenSaid(one) })),
    ...missed.map(({ name }) => ({ said: `the request may ask for ${name}, which is not at work`, of: name })),
    ...weak.map(({ place, source }) => ({ said: `little but its type says that ${place} comes from ${source}`, of: place })),
    ...apart.flatMap((one) =>
      one.rival === undefined || weak.includes(one)
        ? []
        : [{ said: `${one.place} may come from ${one.source} or from ${one.rival}`, of: one.place }],
    ),
  ];
  return {
    open: places,
    apart: new Set(apart),
    why: why.length > 0 ? why : [{ said: otherwise }],
  };
}

const isOutput = ({ place }: Weighed) => place.startsWith("output.");
