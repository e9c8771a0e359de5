import type { Flag } from "../engine/message.js";
import type { Elsewhere } from "../marks/elsewhere.js";
import { type Finding, refused } from "../marks/finding.js";
import { ordersIn } from "../marks/orders-in.js";
import { type Passage, passageOf } from "../marks/passage.js";
import { passed } from "../marks/passed.js";
import type { Model } from "../model/model.js";
import { isPlain } from "../schema/frozen-copy.js";
import type { Json } from "../schema/json.js";
import { type Labels, secretIn, stepsOf } from "../schema/label.js";
import type { Specialist } from "../specialist/specialist.js";
import type { Post } from "./drive.js";
import { expected } from "./expected.js";
import { type Live, overOf } from "./live.js";
import { labelsOf } from "./seen.js";

/** Holds what goes on in a run to the marks on its values. */
export class Guard {
  constructor(
    readonly graph: string,
    readonly elsewhere: Elsewhere,
    readonly post: Post,
  ) {}

  passage(specialist: Specialist): Passage {
    return passageOf(specialist, this.elsewhere);
  }

  /** Ends an occurrence that would bring a value where a mark forbids it, and says so in the journal. */
  keepTo(live: Live, [first]: readonly Finding[]): void {
    if (!first) return;
    const { at, attempt } = live;
    const over = overOf(live);
    if (over) throw over.reason;
    this.post({ kind: "flag", at, attempt, flag: { what: first.code, way: first.steps } });
    throw refused(first, { graph: this.graph, at });
  }

  /** Refuses to hand what an occurrence has seen to a model elsewhere, where something of it is private. */
  permit(live: Live, model: Model): void {
    const { private: secret } = live;
    if (!secret || model.card.local) return;
    this.keepTo(live, [{ code: "private-leak", field: "", steps: stepsOf({ step: model.id, from: secret }) }]);
  }

  /** Refuses an output of code that is private and does not say so: what code got, its callers can't know of unless its outputs are marked. */
  leaving(live: Live, output: unknown): void {
    const { specialist, takes, at } = live;
    if (!live.private || secretIn(takes) || !isPlain(output)) return;
    const { gives } = this.passage(specialist);
    const told = ([field]: readonly [string, unknown]) => gives[field]?.private || gives[field]?.public;
    const labels = Object.entries(labelsOf(live, output)).filter((one) => !told(one) && one[1].private);
    this.keepTo(
      live,
      labels.map(([field, label]) => ({
        code: "private-leak",
        field,
        steps: stepsOf({ step: `${at}.${field}`, from: expected(label.private, "way") }),
      })),
    );
  }
}

/** What is said of texts that nobody vouches for and that read like orders. `labels` are asked for only where there is text. */
export function ordersTold(at: string, values: Json, labels: () => Labels): readonly Flag[] {
  let known: Labels | undefined;
  let flags: Flag[] | undefined;
  for (const field of Object.keys(Object(values))) {
    const value = (values as Record<string, Json>)[field];
    if (value === undefined || typeof value === "number" || typeof value === "boolean") continue;
    known ??= labels();
    const orders = known[field]?.untrusted && ordersIn(value);
    if (orders) (flags ??= []).push({ what: "instructions", way: [at === "" ? field : `${at}.${field}`], said: orders });
  }
  return flags ?? none;
}
const none: readonly Flag[] = [];

/** What is said of an occurrence's output. */
export const outputOrders = ({ at, name, specialist, takes }: Live, output: Json, guard: Guard): readonly Flag[] =>
  ordersTold(at, output, () => passed(name, guard.passage(specialist), takes));
