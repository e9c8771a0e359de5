/** A test for lying outside of these spans; to be asked in the order of the text. */
export function outside(spans: readonly { readonly start: number; readonly end: number }[]) {
  const inOrder = [...spans].sort((a, b) => a.start - b.start);
  let at = 0;
  return ({ start, end }: { start: number; end: number }) => {
    while (at < inOrder.length && inOrder[at]!.end <= start) at++;
    return !(at < inOrder.length && inOrder[at]!.start < end);
  };
}
