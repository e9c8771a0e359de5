import { TroupeError } from "@troupe/core";
import type { GuardedChild } from "../child/guarded-child.js";
import { howEnded } from "../child/how-ended.js";
import { unstartedHint } from "../child/unstarted-hint.js";

interface Agent {
  readonly name: string;
  readonly child: GuardedChild;
}

/** What it is that went wrong, and the code where the agent ended. */
export interface Trouble {
  readonly code: string;
  readonly what: string;
  readonly gone: { readonly code: string };
}

/** What went wrong with an agent, as an error with a code. */
export async function agentError(cause: unknown, { name, child }: Agent, { code, what, gone }: Trouble): Promise<TroupeError> {
  // What closes the connection may have ended the agent: that says more.
  const ended = await Promise.race([howEnded(child), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 200))]);
  const why = ended
    ? `it ${ended.how}`
    : [Object(cause).message ?? String(cause), Object(Object(cause).data).details].filter(Boolean).join(": ");
  const hint = ended?.unstarted
    ? unstartedHint(ended.unstarted, "Install it, or check codingAgent({ command }).")
    : "Run its command by hand: it may want to be logged in, or told which model to take.";
  return new TroupeError(ended ? gone.code : code, `The agent ${name} ${what}: ${why}`, { hint, text: child.errors(), cause });
}
