/** Everything that `next` leads to from the starts; the starts themselves count unless only a way round leads back to them. */
export function flood(starts: readonly string[], next: (node: string) => readonly string[], { startsCount = true } = {}): Set<string> {
  const seen = new Set(startsCount ? starts : []);
  const todo = [...starts];
  for (let n = todo.pop(); n !== undefined; n = todo.pop())
    for (const m of next(n))
      if (!seen.has(m)) {
        seen.add(m);
        todo.push(m);
      }
  return seen;
}
