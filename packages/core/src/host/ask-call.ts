import { callKey } from "../engine/learning.js";
import type { Use } from "../graph/signature.js";
import { refusals } from "../marks/finding.js";
import { passed } from "../marks/passed.js";
import { Path } from "../path/path.js";
import { copyOf } from "../schema/copy-of.js";
import type { Json } from "../schema/json.js";
import { acts } from "../specialist/acts.js";
import type { Specialist } from "../specialist/specialist.js";
import { type Asker, ask, occurrenceOf } from "./asker.js";
import { type Call, callOf, renamed } from "./call-of.js";
import { errorOf } from "./failure.js";
import { type Live, refuseOver } from "./live.js";
import { fingerprint } from "./replay/fingerprint.js";
import { isOnce } from "./replay/once.js";
import { got } from "./seen.js";
import { takeKey } from "./take-key.js";

/** Calls a specialist: what the journal has under the key, else what comes of it. @throws TroupeError `KEY_INVALID`, `NONDETERMINISTIC` */
export async function askCall(asker: Asker, live: Live, key: string, used: Specialist | Use, given: object): Promise<object> {
  const { guard } = asker;
  takeKey((live.keys ??= new Set()), key, { graph: asker.graph, at: live.at });
  const called = callOf(live, key, used, given, asker);
  const { specialist, takes } = called;
  guard.keepTo(live, refusals(key, guard.passage(specialist), takes));
  asker.memoOf(live).enter();
  const print = fingerprint(asker.state.key, called.input);
  const changed = isChanged(asker, live, key, called, print);
  const known = changed ? undefined : await knownCall(asker, live, key, specialist);
  const output = copyOf(
    known === undefined ? await makeCall(asker, live, key, called, print, changed) : (known as Record<string, unknown>),
  );
  got(live, output, passed(key, guard.passage(specialist), takes));
  return renamed(output, used);
}

/** What was asked before under this key was another thing; where either acts on the world, that is the end. */
function isChanged({ memoOf, nondeterministic }: Asker, live: Live, key: string, { specialist }: Call, print: string): boolean {
  const before = memoOf(live).before(callKey(key));
  if (before?.input === undefined || (before.input === print && before.specialist === specialist.name)) return false;
  if (!before.acts && !acts(specialist)) return true;
  const other = before.specialist === specialist.name ? "with other input" : `of ${before.specialist}`;
  throw nondeterministic(live, `The call ${key} of ${specialist.name}, which acts on the world, was made before ${other}`);
}

/** What the journal has under a key, in its turn. */
async function knownCall(asker: Asker, live: Live, key: string, specialist: Specialist): Promise<Json | undefined> {
  // Before it, since files are looked at.
  if (isOnce(specialist)) await asker.media.recallOnce(occurrenceOf(asker, live)?.inside?.results.get(key));
  const answer = await asker.memoOf(live).answer(callKey(key));
  if (answer?.error) throw errorOf(answer.error);
  const known = occurrenceOf(asker, live)?.inside?.results.get(key);
  if (known !== undefined && !answer) await asker.heard(live, { key: callKey(key) });
  return known;
}

function makeCall(asker: Asker, live: Live, key: string, called: Call, print: string, changed: boolean) {
  refuseOver(live);
  const { at, attempt } = live;
  const { specialist, timeout, takes, input } = called;
  const asked = asker.inTurn(live, { specialist, timeout, takes, input });
  if (changed) asker.diverge(live, false);
  asker.record(live);
  const effects = acts(specialist) ? { effects: true as const } : {};
  const told = { specialist: specialist.name, input: print, ...effects, ...(changed ? { anew: true as const } : {}) };
  return ask(asker, live, Path.child(at, key), asked, { kind: "call", at, attempt, key, record: told });
}
