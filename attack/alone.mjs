/** A graph of one specialist, by the core under attack. The specialist's schemas are zod objects. */
export function alone({ compile, defineGraph, END }, specialist, options) {
  const { input, output } = specialist;
  const state = { ...input.shape, ...output.shape };
  return compile(
    defineGraph({
      name: "alone",
      state,
      input: Object.keys(input.shape),
      output: Object.keys(output.shape),
      nodes: { [specialist.name]: specialist },
      start: specialist.name,
      edges: { [specialist.name]: END },
    }),
    options,
  );
}

/** What an error of Troupe says of itself, or a finding where something else came. */
export async function refused(work, codes) {
  try {
    const value = await work();
    return `was taken: ${JSON.stringify(value)?.slice(0, 200)}`;
  } catch (error) {
    if (error?.name !== "TroupeError" && !("issues" in (error ?? {}))) return `an error that is none of Troupe's: ${error?.stack ?? error}`;
    if (codes && !codes.includes(error.code)) return `the error ${error.code} where ${codes.join(" or ")} was expected: ${error.message}`;
    return undefined;
  }
}

/** Whether work ends, with a value or an error of Troupe's. A graph that is refused was never attacked. */
export async function ends(work) {
  try {
    await work();
  } catch (error) {
    if (error?.name !== "TroupeError") return `an error that is none of Troupe's: ${error?.stack ?? error}`;
    if (error.code === "GRAPH_INVALID") return `the case attacks nothing: ${error.message}`;
  }
}
