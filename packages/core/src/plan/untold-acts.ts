import type { Issue } from "../error/issue.js";
import { type Plan, refsOf } from "../graph/plan.js";
import type { Brief, Card } from "./brief.js";
import { conceptsOf } from "./derive/concepts.js";
import { edgesOf, textsOf } from "./derive/edges.js";
import { evidenceFor } from "./derive/evidence-for.js";
import { likenessOf } from "./derive/likeness.js";
import { heldInWords } from "./words/held-in-words.js";
import { partsOf } from "./words/parts.js";

/**
 * Tasks of a written plan that act on the world though the request does not tell them to: by the same rules as in a derived plan, where who
 * acts enters by a wanted output or by a clause that begins with it, and never by a question, a condition or what only speaks of it.
 */
export async function untoldActs(plan: Plan, brief: Brief): Promise<readonly Issue[]> {
  const acting = brief.members.filter(({ name, effects }) => effects && plan.tasks.some(({ member }) => member === name));
  if (acting.length === 0) return [];
  const { evidence } = evidenceFor(brief, edgesOf(brief, await likenessOf(textsOf(brief)), false));
  const asked = new Set(evidence.goals(Object.keys(brief.wanted).length === 0));
  const request = brief.asked ?? brief.request;
  const parts = partsOf(request);
  const isHeld = (member: Card): boolean => {
    const own = new Set(conceptsOf(`${member.name} ${member.does}`));
    const of = parts.filter(({ text }) => conceptsOf(text).some((one) => own.has(one)));
    const [first, ...others] = of.length > 0 ? of : parts;
    return first !== undefined && heldInWords([{ member, parts: [first, ...others], margin: 0 }], request, isWanted(member)).length > 0;
  };
  const isTold = (card: Card): boolean =>
    parts.length === 0 ? isWanted(card) : (isWanted(card) || asked.has(card)) && evidence.told(card) && !isHeld(card);
  const untold = new Set(acting.filter((card) => !isTold(card)).map(({ name }) => name));
  return plan.tasks.flatMap(({ id, member }, i): Issue[] =>
    untold.has(member)
      ? [
          {
            code: "untold-act",
            path: ["tasks", i],
            names: { task: [id], member: [member] },
            message: `${member} acts on the world, and the request does not tell it to`,
            hint: "Leave the task out.",
          },
        ]
      : [],
  );

  function isWanted({ name }: Card): boolean {
    return Object.keys(brief.wanted).some((field) =>
      refsOf(plan.output[field] ?? "").some((ref) => plan.tasks.some(({ id, member }) => member === name && id === ref.split(".")[0])),
    );
  }
}
