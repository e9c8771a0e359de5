import type { Candidate } from "./candidate.js";
import { akin, broad } from "./concepts/akin.js";
import type { Kind } from "./field.js";
import { asksFormer, isFormer } from "./former.js";
import { type Form, formOf } from "./forms.js";
import { fullerNames } from "./fuller-names.js";
import { asWhole } from "./label-match.js";
import { qualifiersOf } from "./qualifiers.js";
import { shares } from "./shares.js";
import type { Sought } from "./sought.js";
import type { Survey } from "./survey.js";
import { taxEvidence } from "./tax-evidence.js";
import { totalEvidence } from "./total-evidence.js";
import { type Choice, heard, joined, ofKind, type Sign, type Signs, scoreOf, weights } from "./weights.js";

export interface Ranked {
  readonly candidate: Candidate;
  readonly signs: Signs;
  /** How much speaks for it; below `enough` nothing does. */
  readonly score: number;
  /** How likely it is this value, of all that a field's candidates have and of none. */
  readonly share: number;
  /** Whether the text leaves it open: it is one of two, and the field does not say which. */
  readonly open?: boolean;
}

/** What others say of a field's candidates. */
export interface Evidence {
  /** Similarity of each candidate's surroundings to the field, from embeddings. */
  readonly similarity?: ReadonlyMap<Candidate, number>;
  /** Which candidate's value a chat model named, or that there is none. */
  readonly named?: Candidate | "none";
  /** What a decision model finds of those candidates that it was shown. */
  readonly choice?: Choice<Candidate>;
}

/** The candidates of a field's kind, best first, by what stands beside them, what they are, and how they fit one another. */
export function rank(survey: Survey, sought: Sought, { similarity, named, choice }: Evidence = {}): Ranked[] {
  const own = ownSigns(survey, sought);
  // What is known by signs of its own needs no words: a receipt says "paid" of the cash.
  const ways: readonly [Sign, Sign] | undefined = ["seller", "total", "tax"].some((concept) => sought.concepts.has(concept))
    ? undefined
    : [...sought.concepts].some((concept) => !broad[sought.kind].includes(concept))
      ? ["toldToo", "toldElseToo"]
      : ["told", "toldElse"];
  const spoken = (much: number, elsewhere: number): Signs => (ways ? { [ways[0]]: much, [ways[1]]: Math.max(0, elsewhere - much) } : {});
  const isMeant = ({ value }: Candidate) => named !== undefined && named !== "none" && named.value === value;
  const isWords = sought.kind === "text" && formOf(sought) === "words";
  const labels = new Map(survey.candidates.map((candidate) => [candidate, labelSigns(survey, sought, candidate)]));
  // Where one label is the whole of what the field is called, `Site`, one that says more, `Site contact`, is something else's.
  if ([...labels.values()].some(({ label = 0 }) => label >= asWhole))
    for (const [candidate, signs] of labels)
      if (signs.label && signs.label < asWhole) labels.set(candidate, { ...signs, label: signs.label * partly });
  const labelsOf = (candidate: Candidate): Signs => labels.get(candidate) ?? {};
  // What is said of `Brandt` is said of `Nele Brandt`.
  const fuller = sought.kind === "person" ? fullerNames(survey.candidates) : new Map<Candidate, readonly Candidate[]>();
  for (const [part, names] of fuller)
    for (const name of names) if (labelled(labelsOf(part)) > labelled(labelsOf(name))) labels.set(name, labelsOf(part));
  const told = new Map(ways ? survey.told(sought.query) : survey.candidates.map((candidate) => [candidate, 0] as const));
  const toldOf = (candidate: Candidate) => told.get(candidate) ?? 0;
  for (const [part, names] of fuller) for (const name of names) told.set(name, Math.max(toldOf(name), toldOf(part)));
  const firsts = firstTwo(
    survey.candidates.filter(({ signs }) => !signs.faint),
    toldOf,
  );
  const scored = survey.candidates.map((candidate) => {
    const beside = labelsOf(candidate);
    const odds = choice?.odds.get(candidate);
    const signs: Signs = {
      ...candidate.signs,
      ...own(candidate, beside),
      ...beside,
      ...(fuller.has(candidate) && { partial: 1 }),
      ...spoken(toldOf(candidate), firsts.find(({ value }) => value !== candidate.value)?.much ?? 0),
      similar: Math.max(0, (similarity?.get(candidate) ?? 0) - 0.2),
      // What nothing says to be a code may be one all the same.
      ...(isWords && isMeant(candidate) && { misformed: 0 }),
      ...(odds !== undefined && { chosen: odds }),
    };
    const word: Signs = named === "none" ? { declined: 1 } : isMeant(candidate) ? { named: asNamed[sought.kind] ?? 1 } : {};
    const unasked = scoreOf(signs) + ofKind[sought.kind];
    const isHeard = named !== undefined;
    const soFar = isHeard ? heard(unasked, word) : unasked;
    const score = choice ? joined(soFar, candidate, choice, isHeard) : soFar;
    const two = survey.oneOfTwo(candidate);
    const open = two === "alternative" || (two === "end" && sought.side === 0);
    return { candidate, signs: { ...signs, ...word }, score, ...(open && { open }) };
  });
  return shares(scored.sort((a, b) => b.score - a.score || a.candidate.start - b.candidate.start));
}

/** How much it counts that a chat model names a value of a kind, where it is not one: free text is of so many kinds that little else speaks for it. */
const asNamed: { readonly [K in Kind]?: number } = { text: 1.41 };

/** What a label counts that says more than what a field is called, beside one that is the whole of it. */
const partly = 0.6;

/** How much labels speak for a candidate. */
const labelled = ({ label = 0, akin = 0, rival = 0 }: Signs) => Math.max(label, akin) - rival;

/** The two values that most is told of. */
function firstTwo(candidates: readonly Candidate[], toldOf: (candidate: Candidate) => number) {
  const most = new Map<Candidate["value"], number>();
  for (const candidate of candidates) most.set(candidate.value, Math.max(most.get(candidate.value) ?? 0, toldOf(candidate)));
  return [...most]
    .map(([value, much]) => ({ value, much }))
    .sort((a, b) => b.much - a.much)
    .slice(0, 2);
}

/** What a candidate is to a field of its kind, by itself and among the others. */
function ownSigns(survey: Survey, sought: Sought): (candidate: Candidate, beside: Signs) => Signs {
  const { kind, candidates, text, headEnds } = survey;
  const { concepts } = sought;
  const total = concepts.has("total") ? totalEvidence(survey) : () => ({});
  const tax = concepts.has("tax") ? taxEvidence(candidates, text) : () => 0;
  const form = formOf(sought);
  const sole = soleOf(survey, form);
  const qualifiers = qualifiersOf(sought.query);
  const heads = new Set(candidates.flatMap(({ signs, value }) => (signs.head ? [value] : [])));
  const wantsFormer = asksFormer(sought.query);
  const signed = (candidate: Candidate) => survey.placeOf(candidate) === "sender" && personal.test(candidate.text);
  const placed = (candidate: Candidate) => ({ addressee: 1, sender: -1, nowhere: 0 })[survey.placeOf(candidate) ?? "nowhere"] * sought.side;
  return (candidate, beside): Signs => {
    const { signs } = candidate;
    const only = sole(candidate) && !beside.rival;
    switch (kind) {
      case "text": {
        const fits = formOfSigns(signs) === form || (form === "address" && signs.labelled === 1);
        return { ...(fits ? { formed: 1 } : { misformed: 1 }), ...(only && (form === "phone" || form === "address") && { sole: 1 }) };
      }
      case "organisation":
        // The head of a document is whoever sent it, which may be none of those who are called something else.
        return {
          head: (signs.head ?? 0) * (concepts.has("seller") ? 1 : 0.2),
          within: sought.within(candidate.text),
          // Shops head their receipts with their address, too.
          placed: sought.side === 1 ? Math.max(0, placed(candidate)) : 0,
          personal: signed(candidate) && !signs.legal && !signs.trade ? 1 : 0,
          // So does what shows of it that it is the sender's.
          ...(!concepts.has("seller") && signs.online && { online: signs.online * 0.2 }),
          ...(only && !heads.has(candidate.value) && { soleTrade: 1 }),
        };
      case "person":
        return {
          ...(only && { [sought.general ? "sole" : "soleName"]: 1 }),
          placed: placed(candidate),
        };
      default:
        return {
          ...total(candidate),
          taxed: tax(candidate),
          each: kind === "amount" && each.test(text.slice(Math.max(0, candidate.start - eachReach), candidate.start)) ? 1 : 0,
          // Any date of a document may be its date.
          dated: concepts.has("date") ? 1 : 0,
          former: !wantsFormer && isFormer(text, candidate.start, candidate.end) ? 1 : 0,
          unqualified: qualifiers.some((wanted) => !survey.says(candidate, wanted)) && !survey.rangeEnd(candidate) ? 1 : 0,
          ranged: (survey.rangeEnd(candidate) ?? 0) * sought.side,
          // When a mail was sent is no more than that.
          header: candidate.start < headEnds && !["date", "time", "sent"].some((concept) => concepts.has(concept)) ? 1 : 0,
          ...(only && { [sought.general ? "sole" : "soleToo"]: 1 }),
        };
    }
  };
}

/** Written as a person's name is. */
const personal = /^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,2}$/u;

/** What stands before the price of one of several: `2 @ $40`, `4 x 12,80`, `à 0,95`. */
const each = /(?:@|(?<!\p{L})[xàá]|×|\*)\s?(?:\p{Sc}|\p{L}{1,3}\.?)?\s*$/u;
const eachReach = 8;

/** Whether a candidate is the only one that may well be what its kind is. */
function soleOf({ kind, candidates }: Survey, form: Form): (candidate: Candidate) => boolean {
  const may = ({ signs }: Candidate) => {
    switch (kind) {
      case "text":
        return formOfSigns(signs) === form;
      case "organisation":
        return (signs.legal ?? signs.trade ?? 0) > 0 && !signs.address && !signs.called;
      case "person":
        return (signs.fullName ?? signs.titled ?? 0) > 0 && !signs.company && !signs.street && !signs.called;
      default:
        return true;
    }
  };
  const values = new Set(candidates.filter(may).map(({ value }) => value));
  return (candidate) => values.size === 1 && may(candidate);
}

const formOfSigns = (signs: Signs): Form | undefined => (signs.code ? "code" : signs.phone ? "phone" : signs.postal ? "address" : "words");

/** Concepts whose words stand beside any value of their kind. */
const neutral: ReadonlySet<string> = new Set(["time time", "person name", "number items"]);

/** What a word counts that says no more than the kind of a value, where there are others: the date of a letter is no visit's. */
const ofKindOnly = 0.25;

const akinTo = weights.akin / weights.label;

/** What stands beside a candidate and says what it is, or that it is something else. */
function labelSigns(survey: Survey, { kind, concepts, mentioned, own, others, query, side }: Sought, candidate: Candidate): Signs {
  const form = formOf({ concepts, query });
  const several = survey.candidates.some(({ value }) => value !== candidate.value);
  let [ours, near, theirs] = [0, 0, 0];
  for (const { text, weight, behind } of survey.beside(candidate)) {
    ours = Math.max(ours, weight * own(text, behind));
    theirs = Math.max(theirs, weight * others(text, behind));
  }
  const kin = new Set([...concepts].flatMap((concept) => akin[concept] ?? []));
  for (const [concept, much] of survey.meant(candidate)) {
    if (concepts.has(concept)) ours = Math.max(ours, much);
    else if (kin.has(concept)) near = Math.max(near, broad[kind].includes(concept) && several ? much * ofKindOnly : much);
    else if (
      !mentioned.has(concept) &&
      (kind !== "text" || formOf({ concepts: new Set([concept]), query: "" }) === form) &&
      !neutral.has(`${kind} ${concept}`) &&
      // Whose place in a letter it is says that already.
      !(side !== 0 && (concept === "addressee" || concept === "sender"))
    )
      theirs = Math.max(theirs, much);
  }
  const label = near * akinTo > ours ? { akin: near } : { label: ours };
  return { ...label, [theirs > Math.max(ours, near) ? "rival" : "rivalToo"]: theirs };
}
