import type { Card } from "../brief.js";
import { lazily } from "../lazily.js";
import type { Clause } from "./clauses.js";
import { conceptOf, conceptsOf } from "./concepts.js";

/** What cancelling is, as a concept. */
export const cancel = lazily(() => conceptOf("cancel"));

/** Whether a member cancels what else its words speak of: who cancels a booking books nothing. */
export const isCanceller = ({ name, does }: Card): boolean => [name, does].some((said) => conceptsOf(said)[0] === cancel());

/** Whether a clause may tell a member to act: one that cancels only where cancelling is said. */
export const mayTell = ({ said }: Clause, card: Card): boolean => !isCanceller(card) || said.some(({ concept }) => concept === cancel());
