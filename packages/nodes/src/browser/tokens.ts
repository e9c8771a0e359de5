import type { Prompt, Session } from "./language-model.js";

/** Tokens that a session holds; 0 where the browser does not tell. */
export const held = (session: Session): number => session.contextUsage ?? session.inputUsage ?? 0;

/** Tokens that a session can hold; undefined where the browser does not tell, or sets no bound. */
export function windowOf(session: Session): number | undefined {
  const tokens = session.contextWindow ?? session.inputQuota;
  return tokens !== undefined && Number.isFinite(tokens) ? tokens : undefined;
}

/** Tokens that prompts would take, as the browser measures it; 0 where it does not. What cannot be asked, it tells when it is asked. */
export async function measured(session: Session, prompts: readonly Prompt[]): Promise<number> {
  try {
    return (await (session.measureContextUsage?.(prompts) ?? session.measureInputUsage?.(prompts))) ?? 0;
  } catch {
    return 0;
  }
}
