/** A browser tells no page how much memory there is. */
export const machineMemory = (): number | undefined => undefined;
