import { nodeOnly } from "../platform/browser/node-only.js";
import { mediaIn } from "./media-in.js";
import type { MediaOfRun } from "./media-of-run.js";

/** So far a browser opens no media: a run that is given one is refused. @throws TroupeError `NODE_ONLY` */
export function mediaOfRun(): MediaOfRun {
  const none: MediaOfRun["recalled"] = (schema, value) =>
    mediaIn(schema, value, async () => {
      throw nodeOnly("Media are opened");
    });
  // Nobody opens any there, so that what only has the form of one is data.
  const once = { once: (value: unknown) => value, recallOnce: async () => {}, heardOnce: (value: unknown) => value };
  return { ...once, brought: none, given: none, made: none, recalled: none, handedOut: none };
}
