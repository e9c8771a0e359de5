import type { Plan } from "../../graph/plan.js";
import { isRef } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { MadePlan } from "../../specialist/context.js";
import type { KeptPlan, KeptPlans } from "../../specialist/specialist.js";
import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { cosine } from "../derive/cosine.js";
import type { Embed } from "../derive/likeness.js";
import { wordsOf } from "../derive/words.js";
import { literalsIn as saidIn } from "../words/literals/literals-in.js";

/** What two requests must be alike in meaning at the least, as the cosine of their vectors, for one plan to serve both. */
const alike = 0.9;
/** Words that turn a request into its opposite. */
const negations = /(?<![\p{L}\d])(?:not|no|never|without|except|don't|nicht|kein\p{L}*|ohne|sin|nunca|sans|pas)(?![\p{L}\d])/giu;

/**
 * A plan kept for the same request, else for one alike in meaning whose words differ in nothing that the team or the plan speaks of.
 * It is checked anew; undefined where none can be used.
 */
export async function recall(brief: Brief, kept: KeptPlans, embed?: Embed): Promise<MadePlan | undefined> {
  const known = (await kept.of(teamKey(brief))).filter(({ plan }) => checkPlan(plan, brief).length === 0);
  const same = known.find(({ request }) => request === brief.request);
  if (same) return { plan: same.plan, by: same.by, notes: ["Took the plan kept for this request"] };
  const close = known.filter((one) => sayTheSame(one, brief));
  if (close.length === 0 || !embed) return undefined;
  const [own, ...others] = await embed([brief.request, ...close.map(({ request }) => request)]);
  const rated = close.map((one, i) => [cosine(own!, others[i]!), one] as const).sort(([a], [b]) => b - a);
  const [near, one] = rated[0]!;
  if (near < alike) return undefined;
  return { plan: one.plan, by: one.by, notes: [`Took the plan kept for a like request (${near.toFixed(2)}): ${one.request.slice(0, 80)}`] };
}

/**
 * Keeps a plan that worked, unless it holds a guess, or says what only this run's inputs say: it would say that again where they say
 * something else.
 */
export async function keep({ plan, by, guesses = [] }: MadePlan, brief: Brief, kept: KeptPlans): Promise<void> {
  if (guesses.length) return;
  const shown = Object.values(brief.shown);
  const own = literalsIn(plan).some((text) => !brief.request.includes(text) && shown.some((said) => said.includes(text)));
  if (!own) await kept.add({ team: teamKey(brief), request: brief.request, plan, by });
}

const teamKey = ({ members, given, wanted }: Brief): string =>
  JSON.stringify([
    members.map(({ name, does, takes, gives, effects }) => [name, does, Object.values(takes), Object.values(gives), effects]),
    Object.values(given),
    Object.values(wanted),
  ]);

/**
 * Whether two requests say the same values, however they are put in words (`fifty`, `Danish` for `da`), and differ in no number, no
 * negation, and no word that a member, a field or a literal of the plan has.
 */
function sayTheSame({ request, plan }: KeptPlan, brief: Brief): boolean {
  const [a, b] = [new Set(wordsOf(request)), new Set(wordsOf(brief.request))];
  const differ = [...a, ...b].filter((word) => a.has(word) !== b.has(word));
  const cards = brief.members.map(({ name, does, takes, gives }) => [
    name,
    does,
    ...[takes, gives].flatMap((slots) => Object.values(slots).map((slot) => JSON.stringify(slot))),
  ]);
  const matters = new Set(
    wordsOf([...cards.flat(), ...literalsIn(plan), ...Object.keys(brief.given), ...Object.keys(brief.wanted)].join(" ")),
  );
  const count = (text: string) => text.match(negations)?.length ?? 0;
  return (
    differ.every((word) => !matters.has(word) && !/\d/.test(word)) &&
    count(request) === count(brief.request) &&
    literalsIn(plan).every((text) => !request.includes(text) || brief.request.includes(text)) &&
    valuesIn(request) === valuesIn(brief.request)
  );
}

const valuesIn = (request: string): string =>
  JSON.stringify(
    saidIn(request)
      .map(({ value }) => String(value))
      .sort(),
  );

function literalsIn({ tasks }: Plan): string[] {
  const of = (value: Json): string[] =>
    isRef(value)
      ? []
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap((one) => of(one as Json))
        : [String(value)];
  return tasks.flatMap(({ args }) => Object.values(args).flatMap((value) => of(value as Json)));
}
