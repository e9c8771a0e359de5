import { literalsOf, type Plan } from "../../graph/plan.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief } from "../brief.js";
import { conceptsOf } from "../derive/concepts.js";

/** What those at work say of themselves and hold, word by word: who posts to Slack needs not be told of Slack. */
export const ownWords = (plan: Plan, members: Brief["members"]): ReadonlySet<string> =>
  new Set([
    ...literalsOf(plan).flatMap(conceptsOf),
    ...members
      .filter(({ name }) => plan.tasks.some(({ member }) => member === name))
      .flatMap(({ name, does, takes }) => [
        ...conceptsOf(`${name} ${does}`),
        ...Object.values(takes).flatMap((slot) => [
          ...conceptsOf(`${slot.name} ${slot.description}`),
          ...(valuesOf(slot.schema) ?? []).flatMap((value) => conceptsOf(String(value))),
        ]),
      ]),
  ]);
