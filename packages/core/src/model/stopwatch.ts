/** Begins to count: gives whole ms since then, whatever becomes of the clock on the wall meanwhile. */
export function stopwatch(): () => number {
  const started = performance.now();
  return () => Math.round(performance.now() - started);
}
