import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/** Whether a stream shows colours and takes cursor movements: NO_COLOR (https://no-color.org), FORCE_COLOR and dumb terminals respected. */
export function colorsFor(stream: NodeJS.WriteStream): Colors {
  const { env } = process;
  const wanted = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "";
  return pc.createColors(!env.NO_COLOR && (wanted || isTerminal(stream)));
}

export const isTerminal = (stream: NodeJS.WriteStream): boolean => stream.isTTY === true && process.env.TERM !== "dumb";

/** Columns a line may take: those of a terminal, which would break a line that fills the last one; else as many as it wants. */
export const columnsOf = (stream: NodeJS.WriteStream): number =>
  isTerminal(stream) ? Math.max(8, (stream.columns || 80) - 1) : Number.POSITIVE_INFINITY;
