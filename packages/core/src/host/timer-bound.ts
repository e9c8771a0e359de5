/** Milliseconds as a timer takes them; undefined, no bound, where they are more than it can count (24 days). */
export function timerBound(ms: number | undefined): number | undefined {
  return ms === undefined || ms >= 2 ** 31 ? undefined : Math.ceil(ms);
}
