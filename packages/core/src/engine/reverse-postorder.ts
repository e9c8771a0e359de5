/** All that the starts lead to, each but for ways back before what it leads to. */
export function reversePostorder<T>(starts: readonly T[], next: (one: T) => readonly T[]): T[] {
  const seen = new Set<T>();
  const order: T[] = [];
  const open: { readonly one: T; readonly to: Iterator<T> }[] = [];
  const visit = (one: T) => {
    if (seen.has(one)) return;
    seen.add(one);
    open.push({ one, to: next(one).values() });
  };
  for (const start of starts) {
    visit(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const step = top.to.next();
      if (!step.done) visit(step.value);
      else {
        open.pop();
        order.push(top.one);
      }
    }
  }
  return order.reverse();
}
