/** A test for lying outside of these spans; to be asked in the order of the text. */
export function outside(spans: readonly { readonly start: number; readonly end: number }[]) {
  const inOrder = [...spans].sort((a, b) => a.start - b.start);
  let at = 0;
  return ({ start, end }: { start: number; end: number }) => {
    while ((inOrder[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    return (inOrder[at]?.start ?? Number.POSITIVE_INFINITY) >= end;
  };
}
