/** All that the starts lead to, each but for ways back before what it leads to. */
export function reversePostorder<T>(starts: readonly T[], next: (one: T) => readonly T[]): T[] {
  const seen = new Set<T>();
  const order: T[] = [];
  const open: { one: T; to: readonly T[]; at: number }[] = [];
  const visit = (one: T) => {
    if (seen.has(one)) return;
    seen.add(one);
    open.push({ one, to: next(one), at: 0 });
  };
  for (const start of starts) {
    visit(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.at < top.to.length) visit(top.to[top.at++]!);
      else order.push(open.pop()!.one);
    }
  }
  return order.reverse();
}
