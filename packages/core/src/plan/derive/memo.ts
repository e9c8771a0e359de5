/** A function that works each answer out once. */
export function memo<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, { readonly answer: V }>();
  return (key) => {
    let found = known.get(key);
    if (!found) known.set(key, (found = { answer: of(key) }));
    return found.answer;
  };
}
