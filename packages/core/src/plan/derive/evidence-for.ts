import type { Brief } from "../brief.js";
import type { Edges } from "./edges.js";
import { type Evidence, evidenceOf } from "./evidence.js";
import { memo } from "./memo.js";

/**
 * What the words of a run say, and the brief that they are read in. What a team is for asks for nothing beside what a run asks for: it only
 * says values that this leaves open. Where a run speaks of nobody in the team, it says as well what is to be done, but not what is missed.
 */
export function evidenceFor(brief: Brief, edges: Edges): { readonly brief: Brief; readonly evidence: Evidence } {
  const { request, asked = "", members, wanted } = brief;
  if (asked.trim() === "" || asked === request) return { brief, evidence: evidenceOf(brief, edges) };
  const alone = { ...brief, request: asked };
  const own = evidenceOf(alone, edges);
  const does = request.endsWith(asked) ? request.slice(0, -asked.length) : request;
  const purposeOf = memo(() => evidenceOf({ ...brief, request: does }, edges));
  const speaks = ({ asks }: Evidence): boolean => members.some((card) => asks(card) !== 0);
  if (speaks(own) || !speaks(purposeOf(brief))) {
    const literals: Evidence["literals"] = (place) => {
      const said = own.literals(place);
      return said.length > 0 ? said : purposeOf(brief).literals(place);
    };
    return { brief: alone, evidence: { ...own, literals } };
  }
  const whole = evidenceOf(brief, edges);
  return {
    brief,
    evidence: {
      ...whole,
      undone: own.undone,
      told: own.told,
      unserved: own.unserved,
      unsaid: own.unsaid,
      unexplained: own.unexplained,
      beyond: own.beyond,
      nobodys: own.nobodys,
      // Outputs that are named say what is wanted.
      ...(Object.keys(wanted).length > 0 ? { asks: own.asks, goals: own.goals } : {}),
      unanswered: (cards) => whole.unanswered(cards).filter(({ said }) => asked.includes(said)),
    },
  };
}
