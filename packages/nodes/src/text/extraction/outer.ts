/** Of very many things in a text, those nearest to its head and to its foot, where what a document is about stands. */
export const outer = <T>(inOrder: readonly T[], most = 600): readonly T[] =>
  inOrder.length <= most ? inOrder : [...inOrder.slice(0, most / 2), ...inOrder.slice(-most / 2)];
