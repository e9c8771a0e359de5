import type { Brief } from "../brief.js";
import { checkBrief } from "../check-brief.js";
import type { Embed } from "../derive/likeness.js";
import { type Asked, choose } from "./choose.js";
import { evidenceFor } from "./evidence.js";
import { leftOut } from "./left-out.js";
import { partsOf } from "./parts.js";
import { tongueOf } from "./tongue.js";
import { weights } from "./weights.js";
import { type Wired, wire } from "./wire.js";

export interface FromWords extends Wired {
  /** The members that the request asks for, by which of its parts; none where it asks for nothing that a member does. */
  readonly asked: readonly Asked[];
  readonly notes: readonly string[];
}

/**
 * A plan from a request alone, where nothing else says what is wanted: it is parted into what it asks for, each part is given the member
 * that does it or none, and these are wired. Without `embed` words alone decide.
 *
 * @example
 * const { plan, asked, open } = await fromWords(brief, embed); // asked: [] declines
 */
export async function fromWords(brief: Brief, embed?: Embed): Promise<FromWords> {
  checkBrief("fromWords", brief, ["request", "members", "given", "wanted"]);
  const parts = partsOf(brief.request);
  const judged = await evidenceFor(brief.request, parts, brief.members, embed);
  const none = embed && tongueOf(brief.request) === "en" ? weights.none : weights.noneByWords;
  const { asked, idle } = choose(judged, brief.members, none);
  const wired = wire(asked, brief);
  const notes = [
    ...asked.map(({ member, parts: by, margin }) => `${member.name}: asked for by "${by[0].text}" (words, margin ${margin.toFixed(1)})`),
    ...wired.plan.tasks
      .filter(({ member }) => !asked.some((one) => one.member.name === member))
      .map(({ member }) => `${member}: added, since it gives an id that another needs`),
    ...leftOut(idle, wired.plan).map(({ text }) => `"${text}": no member does this, and no argument takes it`),
    ...wired.open.map(({ member, argument, guess }) => `${member}.${argument}: ${guess ? "a guess" : "nothing is to be had for it"}`),
  ];
  return { ...wired, asked, notes };
}
