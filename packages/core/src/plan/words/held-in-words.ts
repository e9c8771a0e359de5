import { cancel, mayTell } from "../derive/canceller.js";
import { type Clause, clausesIn, isTheirs } from "../derive/clauses.js";
import { conceptOf, conceptsOf } from "../derive/concepts.js";
import type { Hold } from "../derive/held.js";
import { isOnlySpokenOf } from "../derive/only-spoken-of.js";
import type { Asked } from "./choose.js";
import { isOtherAct } from "./other-act.js";

/**
 * Who acts on the world does so where a request in words tells it to: not where it only asks or speaks of it, not where it tells to do
 * something else (`print invoice 17`, of who pays it), not on a condition, not where somebody else does it, and not where it is to be undone
 * (`cancel room 12`, `unbook it`); and who cancels does so where that is said. With `isWanted`, for who gives a wanted output, another verb
 * holds nobody back.
 */
export function heldInWords(asked: readonly Asked[], request: string, isWanted = false): readonly Hold[] {
  const clauses = clausesIn(request);
  return asked.flatMap(({ member, parts }): Hold[] => {
    const { name, does, effects } = member;
    if (!effects) return [];
    const own = new Set(conceptsOf(`${name} ${does}`));
    const of = clauses.filter(({ part }) => parts.some(({ start }) => start >= part.start && start < part.end));
    const at = ({ said }: Clause) => said.findIndex(({ concept }) => own.has(concept));
    const undone = ({ said }: Clause) =>
      said.some(
        ({ concept, word }) => (concept === cancel() && !own.has(cancel())) || (/^un/.test(word) && own.has(conceptOf(word.slice(2)))),
      );
    const isAsked = !isOnlySpokenOf(member, of);
    const isOther = !isWanted && of[0] !== undefined && isOtherAct(of[0], member);
    // What is added to another act is no act of its own.
    const tells = (one: Clause) => !isOther || (at(one) >= 0 && !isOtherAct(one, member));
    if (
      isAsked &&
      of.some((one) => !one.wonders && mayTell(one, member) && !undone(one) && tells(one) && !isTheirs(one, Math.max(0, at(one))))
    )
      return [];
    return [{ why: `no clause tells ${name} to act`, remedy: `Begin a clause with what ${name} is to do`, members: [name] }];
  });
}
