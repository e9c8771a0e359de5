import { wordsOf } from "../derive/words.js";
import type { Slot } from "../slot.js";

const id = /(?:^|[_\s-])(?:id|ids|cik|isbn|iban|sku|uuid)$|[a-z](?:Id|ID|Ids|IDs)$|^(?:cik|accession)/;

/** Whether an argument is a sign that stands for one thing, which only who knows the thing can give: `product_id`. */
export const isId = ({ name }: Slot): boolean => name.split(/_or_/i).some((one) => id.test(one));

/** Whether an argument says which one is meant: an id, or a name such as `hotel_name`. */
export const identifies = (slot: Slot): boolean => isId(slot) || (wordsOf(slot.name).length > 1 && /name$/i.test(slot.name));
