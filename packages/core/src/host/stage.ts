import type { Use } from "../graph/signature.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import type { Model } from "../model/model.js";
import type { Context, MadePlan } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import type { BoundModels } from "./bound-models.js";
import type { TroupeEvent } from "./event.js";
import type { Host } from "./host.js";
import type { Live } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import type { Kept } from "./replay/learns.js";
import type { Memo } from "./replay/memo.js";

/** What a running occurrence needs of its host. */
export interface Stage {
  /** `thread/run`, and what tells it from others of these names. */
  readonly run: string;
  readonly models: BoundModels;
  readonly services: unknown;
  readonly limits: Limits;
  readonly trust: Trust;
  readonly host: Host;
  readonly media: MediaOfRun;
  /** Undefined where nobody listens. */
  readonly listen: ((event: TroupeEvent) => void) | undefined;
  asks(): Asks;
  memoOf(live: Live): Memo;
  /** Refuses to hand what an occurrence has seen to a model elsewhere, where something of it is private. */
  permit(live: Live, model: Model): void;
}

/** What an occurrence asks of the machine. */
export interface Asks {
  call(live: Live, key: string, specialist: Specialist | Use, input: object): Promise<object>;
  plan(live: Live, make: (key: string) => Promise<MadePlan>, ...plan: Rest<Parameters<Context["plan"]>>): ReturnType<Context["plan"]>;
  /** Something an occurrence learns under a key: what the journal has, else what `work` gives. */
  learn<T>(live: Live, key: string, work: () => Promise<T>, kept: Kept<T>): Promise<T>;
}

type Rest<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Others] ? Others : never;
