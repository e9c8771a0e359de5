import type { Message } from "../engine/message.js";
import type { Occurrence, RunState } from "../engine/state.js";
import type { Limits } from "../limits/limits.js";
import type { Path } from "../path/path.js";
import type { Post } from "./drive.js";
import type { Guard } from "./guard.js";
import type { Asked, Live } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import { type Learner, learns } from "./replay/learns.js";

/** What occurrences ask the machine through. */
export interface Asker extends Learner, ReturnType<typeof learns> {
  readonly state: RunState;
  readonly post: Post;
  readonly guard: Guard;
  readonly limits: Limits;
  readonly media: MediaOfRun;
}

export const askerOf = (made: Learner & Pick<Asker, "state" | "guard" | "limits" | "media">): Asker => ({ ...made, ...learns(made) });

export const occurrenceOf = ({ state }: Asker, { at }: Live): Occurrence | undefined => state.occurrences.get(at);

/** Puts a question to the machine; the answer comes in its turn. */
export function ask({ post }: Asker, live: Live, at: Path, asked: Asked, message: Message): Promise<Record<string, unknown>> {
  live.asked ??= new Map();
  live.asked.set(at, asked);
  post(message);
  return asked.promise;
}
