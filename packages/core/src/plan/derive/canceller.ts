import type { Card } from "../brief.js";
import { lazily } from "../lazily.js";
import type { Clause } from "./clauses.js";
import { conceptOf, conceptsOf } from "./concepts.js";
import { spoken } from "./words.js";

/** What cancelling is, as a concept. */
export const cancel = lazily(() => conceptOf("cancel"));

/** Whether a member cancels what else its words speak of: who cancels a booking books nothing. */
export const isCanceller = ({ name, does }: Card): boolean => [name, does].some((said) => conceptsOf(said)[0] === cancel());

/** Money that comes back is none that is paid, though both are said by one concept. */
const refunds = /^(?:refund|reimburs|r[uü]ckerstatt|erstatt|reembols)/u;
const pay = lazily(() => conceptOf("pay"));
const backs = (words: readonly string[]): boolean => words.some((word) => refunds.test(word));

/** Whether a clause may tell a member to act: one that cancels only where cancelling is said, and one that pays or pays back where that is. */
export function mayTell({ said }: Clause, card: Card): boolean {
  if (isCanceller(card) && !said.some(({ concept }) => concept === cancel())) return false;
  const own = `${card.name} ${card.does}`;
  const money = said.filter(({ concept }) => concept === pay());
  if (money.length === 0 || !conceptsOf(own).includes(pay())) return true;
  return backs(money.map(({ word }) => word)) === backs(spoken(own).match(/\p{L}+/gu) ?? []);
}
