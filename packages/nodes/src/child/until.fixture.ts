/** Waits until something is there, and gives it: what throws, or gives nothing, is asked again. */
export async function until<T>(what: () => Promise<T> | T): Promise<T> {
  for (;;) {
    try {
      const found = await what();
      if (found) return found;
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
