/** A number from 0 to 99 that tells whether two things differ, good enough to route by. */
export function digest(value: unknown): number {
  let hash = 2166136261;
  const text = JSON.stringify(value);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return ((hash ^ (hash >>> 15)) >>> 0) % 100;
}
