const outputs = new WeakSet<object>();

/** Says of an output that it comes from a run's records: it was held to its schema before it was kept there. */
export function recorded<T extends object>(output: T): T {
  outputs.add(output);
  return output;
}

export const isRecorded = (output: unknown): boolean => outputs.has(output as object);
