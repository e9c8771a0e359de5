import type { GuardedChild } from "./guarded-child.js";

/** What became of a program. */
export interface HowEnded {
  /** In words that follow "it": how it ended, and what it said of that. */
  readonly how: string;
  /** The code of why it did not start. */
  readonly unstarted?: string;
}

/** Tells what became of a program, once it is gone. */
export async function howEnded({ command, gone, errors }: GuardedChild): Promise<HowEnded> {
  const ended = await gone;
  if (typeof ended === "string" && !/^SIG/.test(ended)) return { how: `does not start: ${command} (${ended})`, unstarted: ended };
  const how = typeof ended === "number" ? `ended with exit code ${ended}` : `was ended by ${ended}`;
  return { how: [how, reasonIn(errors())].filter(Boolean).join(": ") };
}

/** The last line; of an error that nobody caught in Node, which ends with a stack and Node's version, the one that says which. */
function reasonIn(errors: string): string | undefined {
  const lines = errors.split(/\r?\n/);
  const last = lines.at(-1);
  return /^Node\.js v\d/.test(last ?? "") ? (lines.findLast((line) => /^\w*Error\b/.test(line)) ?? last) : last;
}
