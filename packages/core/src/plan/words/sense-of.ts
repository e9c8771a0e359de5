import { checkText } from "../check-text.js";

/** How far around words what denies them stands, within their sentence. */
const reach = 60;
const behind = 40;
/** So many words on a word denies no more. */
const far = 6;
/** What stands before the sentence that a text ends in. */
const earlier = /^.*[.;!?:()\n]/s;
/** Words that deny what follows: `no` and its kin, and verbs that take something away. */
const denies =
  /^(?:no|non|not|never|nor|neither|without|excep\p{L}*|exclud\p{L}*|skip\p{L}*|omit\p{L}*|disabl\p{L}*|remov\p{L}*|deactivat\p{L}*|\p{L}+n['’]t|(?:do|does|is|are|wo|ca|should|need|must)nt|nicht|ohne|kein\p{L}*|sin)$/u;
/** Verbs of two words: `turn off …`, `leave out …`. */
const away = /(?<!\p{L})(?:turn|switch|shut|leav|opt|cut)\p{L}*\s(?:off|out)(?:\sof)?(?:\s(?:the|my|all|any))?$/u;
/** Behind these something else begins. */
const turns =
  /^(?:but|with|so|then|also|include|including|plus|add|only|just|instead|rather|because|although|though|if|unless|sondern|aber|mit|pero|con)$/;
/** What is not to be left undone. */
const undone = /^(?:forget\p{L}*|fail\p{L}*|miss\p{L}*|hesitat\p{L}*|neglect\p{L}*|vergiss|vergessen|olvid\p{L}*)$/u;
/** Whoever asks whether does not say so. */
const asks = /^(?:whether|unsure|ob)$/;
/** The last of a list, and what stands behind one within it. */
const lastOne = /^\s*(?:[\p{L}'’-]+\s){0,2}(?:and|or|nor|und|oder|y|o)\s(?:the\s)?$/u;
const midway = /^\s(?:and|or|nor|und|oder|y|o)\s/;
const denied =
  /^\s?(?:[:=?]\s?)?(?:(?:is|are|be|being|was|were|should|must|set|to|turned|switched|left|ist|sind)\s){0,3}(?:(?:false|disabled|excluded|unnecessary|unneeded|deaktiviert|(?:isn|aren)['’]t (?:needed|necessary|required|wanted))(?!\p{L})|(?:no|not|nicht|off|out|aus|weg)(?=\s?$|[.,;!)]|\s(?:needed|necessary|required|wanted|included|allowed|please|thanks|for|until|during|today|tonight|now|and|but|notig|mit\p{L}*|bitte)(?!\p{L})))/u;

/**
 * What a request says of words that stand from `start` to `end` in it: yes, or no; undefined where it leaves that open.
 *
 * @example
 * senseOf("A room without a balcony", 15, 24); // false
 */
export function senseOf(text: string, start: number, end: number): boolean | undefined {
  checkText("senseOf", text);
  const back = folded(text.slice(end, end + behind)).replace(/\s+/g, " ");
  const front = frontOf(text.slice(Math.max(0, start - reach), start).toLowerCase(), back);
  const words = front.match(/[\p{L}'’]+/gu) ?? [];
  if (words.some((word) => asks.test(word))) return undefined;
  const at = words.findLastIndex((word) => denies.test(word));
  const isAway = away.test(front.trim());
  const isDenied = isAway || (at >= 0 && !isTurned(words.slice(at + 1)));
  const isOff = denied.test(back);
  if (!isDenied) return !isOff;
  // What denies from afar may deny something else, and `not … without` may mean either.
  const before = words.slice(0, Math.max(0, at));
  const twice = before.findLastIndex((word) => denies.test(word));
  const isAfar = !isAway && words.length - at > far;
  return isOff || isAfar || (twice >= 0 && !isTurned(before.slice(twice + 1))) ? undefined : false;
}

const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether something else begins within words, or they say that it is not to be left undone. */
const isTurned = (words: readonly string[]): boolean =>
  words.some((word) => turns.test(word) || undone.test(word)) || words.slice(0, -2).some((word) => /^(?:and|und|y)$/.test(word));

/** What stands before words in their clause: up to a comma, unless that parts the items of a list. */
function frontOf(front: string, back: string): string {
  const whole = front.replace(earlier, "");
  const last = whole.slice(whole.lastIndexOf(",") + 1);
  return lastOne.test(last) || (last.trim() === "" && midway.test(back)) ? whole : last;
}
