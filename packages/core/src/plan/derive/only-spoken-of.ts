import type { Card } from "../brief.js";
import { type Clause, polite } from "./clauses.js";
import { conceptOf, conceptsOf } from "./concepts.js";

/**
 * Whether clauses only speak of what a member does, and none asks for it: `explain how to book a room`, `remind me to book it`, `Anna booked
 * it`. Where none says its verb, none only speaks of it.
 */
export function isOnlySpokenOf({ name, does }: Card, clauses: readonly Clause[]): boolean {
  const verbs = new Set([name, does].flatMap((said) => conceptsOf(said).slice(0, 1)));
  const found = clauses
    .filter(({ part, wonders }) => !part.negated && !wonders)
    .flatMap(({ part, states }, i, all) => {
      const text = part.text.replace(polite(), "");
      // `Vergiss nicht, den Raum zu buchen`
      const lead = (part.by === "comma" && all[i - 1]?.part.text) || "";
      return [...text.matchAll(/\p{L}+/gu)]
        .filter(([word]) => verbs.has(conceptOf(word)))
        .map(({ 0: word, index }) => {
          const before = text.slice(0, index).trim();
          return states || isTold(before, word, lead) || (doer.test(before) && doing.test(text.slice(index)));
        });
    });
  return found.length > 0 && found.every(Boolean);
}

/** Whether a verb is only spoken of behind the words before it, and behind the clause that leads these in. */
const isTold = (before: string, verb: string, lead: string): boolean =>
  before !== "" &&
  (about.test(before) ||
    hedged.test(before) ||
    quoting.test(before) ||
    untilThen.test(before) ||
    others.test(before) ||
    (/(?<!\p{L})(?:to|zu)$/iu.test(before) && !wished.test(`${lead} ${before}`)) ||
    (/ing$/iu.test(verb) && (prepositions.test(before) || (/^\p{L}+$/u.test(before) && !begun.test(before)))) ||
    (past.test(verb) && (which.test(before) || did.test(before) || (is.test(before) && !seenTo.test(before)))));

/** How something is done, or whether it is. */
const about =
  /(?<!\p{L})(?:how|whether|why|who(?: has| have| had)?|cómo|quién|wer|(?:wie|ob|warum) (?:man|ich|wir|du|er|sie|es|der|die|das))(?!\p{L})|(?<!\p{L})(?:what|when|where) to$/iu;
const hedged = /(?<!\p{L})(?:maybe|perhaps|possibly|vielleicht|eventuell|quizás?|tal vez)(?!\p{L})|(?<!\p{L})(?:might|may|could|would)$/iu;
/** What is to be done first, or what somebody will do: `tell me before you book it`. */
const untilThen =
  /(?<!\p{L})(?:before|until|unless|when|while|bevor|ehe|antes de que) (?:you|I|we|they|du|Sie|ich|wir)(?: (?:will|can))?$/iu;
const quoting = /(?<!\p{L})(?:say|says|said|saying|read|reads|reading)$/iu;
/** Somebody else is to do it, or nobody is. */
const others =
  /^(?:let|have|make|watch|lass|deja que) \p{Lu}\p{L}+$|(?<!\p{L})(?:finge|fingir|evita|recuérda(?:me|nos)|olvida|deja de|explica(?:me)?|simula|imagina|considera|piensa en)$/iu;
/** Of what stands before `to`, these ask for what follows; whatever else may only tell of it. */
const wished =
  /(?<!\p{L})(?:wants?|wanted|like|love|needs?|wish|have|has|had|got|going|is|are|am|be|ought|try|help|sure|remember|ready|glad|happy|free|proceed|start|begin|continue|you|möchten?|bitte|ist|sind|haben|hast|brauch\p{L}*|versuch\p{L}*|denk\p{L}*|vergiss nicht|(?:do(?:n['’]t| not)|never) (?:forget|fail|hesitate|neglect|omit))(?: (?:you|also|then|now|daran|dran))* (?:to|(?:.* )?zu)$|^ ?use(?!\p{L}).* to$/iu;
const prepositions = /(?<!\p{L})(?:about|(?<!care )of|from|against|before|after|without|like)$/iu;
const begun = /^(?:start|begin|continue|try|do|mind|keep)$/iu;
const past = /(?:ed|aid|old|ought|sent|made|gave|wrote)$|^ge\p{L}{3,}(?:t|en)$/iu;
/** Who did it: `Anna has`, `ich habe den Raum`. */
const did =
  /^(?:I|we|he|she|they|\p{Lu}\p{L}+)(?: (?:has|have|had|already|just))*$|^(?:ich|wir|er|sie|\p{Lu}\p{L}+) (?:habe|haben|hat|hatten?)(?!\p{L})/u;
/** Which one is meant: `restore the deleted recording`. */
const which =
  /(?<!\p{L})(?:the|an?|my|our|your|his|her|their|this|that|these|those|any|all|every|each|der|die|das|den|dem|ein|eine[nmr]?)$/iu;
/** Who does it, `Anna pays the bill`; not what is to be done, `Place orders for milk`. */
const doer =
  /^(?:[Ss]he|[Hh]e|[Ss]ie|[Ee]r|[Ee]lla|[ÉéEe]l|(?!(?:Make|Place|Create|Issue|Send|Do|File|Submit|Add|Process|Take|Get|Give|Put|Run|Start)$)\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?|(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Mm]eine?|[Uu]nsere?|[Dd]er|[Dd]ie) \p{L}+)$/u;
const doing =
  /^\p{L}+(?:(?<!s|ing)s|(?<=\p{Ll}{3})t) (?!(?:for|to|of|from|in|on|at|by|with|and|or|that|which|für|an|von|zu|und|oder)(?!\p{L}))/u;
/** What has been done: `room 12 is booked already`; not what somebody is to see to: `make sure that it is booked`. */
const is =
  /(?<!\p{L})(?:is|are|was|were|(?:has|have|had) been|ist|sind|war|waren|wurden?|est[áa]n?|fue|fueron)(?: (?:already|now|currently|not|still|just|schon|bereits|noch|nicht|ya))*(?!\p{L})(?! to be)[^.;]{0,40}$/iu;
const seenTo = /(?<!\p{L})(?:sure|ensure|see|want|need|until|unless|sorg\p{L}*|damit|dass|asegúra\p{L}*|que)(?!\p{L})/iu;
