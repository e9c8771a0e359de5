import type { PullProgress } from "@troupe/nodes";
import { size } from "./amounts.js";
import { isTerminal } from "./colors.js";
import { fit } from "./printable.js";

/** How far a model's files have come: a bar on a terminal, else a line for each quarter. */
export async function pullProgress(stream: NodeJS.WriteStream): Promise<{ show(progress: PullProgress): void; end(): void }> {
  if (!isTerminal(stream)) {
    const quarters = quarterLines();
    const show = (progress: PullProgress) => {
      for (const line of quarters(progress)) stream.write(`${line}\n`);
    };
    return { show, end() {} };
  }
  const { createLogUpdate } = await import("log-update");
  const update = createLogUpdate(stream, { showCursor: true });
  let last = 0;
  return {
    show(progress) {
      // A disk is quicker than a terminal.
      if (Date.now() - last < 80 && progress.done < progress.total) return;
      last = Date.now();
      update(barLine(progress, (stream.columns || 80) - 1));
    },
    end: () => update.clear(),
  };
}

/** A line when a further quarter of a source's files has come, and none between. */
export function quarterLines(): (progress: PullProgress) => readonly string[] {
  const told = new Set<string>();
  return ({ name, source, done, total }) => {
    const quarter = total ? Math.floor((done / total) * 4) * 25 : 0;
    const key = `${name} ${source} ${quarter}`;
    if (told.has(key)) return [];
    told.add(key);
    return [`${name} from ${source}: ${total ? `${quarter} % of ${size(total)}` : "fetching"}`];
  };
}

/** `minilm from hub  ██████░░░░  62 %  15.1 of 25 MB`, cut to a width. */
export function barLine({ name, source, done, total }: PullProgress, width: number): string {
  const head = `${name} from ${source}`;
  if (!total) return fit(`${head}  ${size(done)}`, width);
  const part = Math.min(1, done / total);
  const tail = `${Math.floor(part * 100)} %  ${size(done)} of ${size(total)}`;
  const room = Math.min(30, width - head.length - tail.length - 4);
  if (room < 5) return fit(`${head}  ${tail}`, width);
  const full = Math.round(part * room);
  return `${head}  ${"█".repeat(full)}${"░".repeat(room - full)}  ${tail}`;
}
