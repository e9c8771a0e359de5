import type { Issue } from "../error/issue.js";
import type { Hold } from "./derive/held.js";

/** What holds back who acts on the world, as a finding. */
export const heldIssue = ({ why, remedy = "Settle the place, if it is meant so", members }: Hold): Issue => ({
  code: "act-held",
  path: [],
  names: { member: members },
  message: `${members.join(" and ")} would act on the world, but ${why}.`,
  hint: `${remedy}.`,
});
