import type { createLogUpdate } from "log-update";
import { type Colors, columnsOf } from "./colors.js";
import { planLines } from "./plan-lines.js";
import { barLine } from "./pull-progress.js";
import type { Show } from "./show.js";
import { treeLines } from "./tree-lines.js";
import { emptyView, follow } from "./view.js";

/** A run as a tree that is drawn anew as it goes, with what stays above it. */
export async function liveShow(stream: NodeJS.WriteStream, colors: Colors): Promise<Show> {
  const { createLogUpdate: create } = (await import("log-update")) as { createLogUpdate: typeof createLogUpdate };
  // The cursor stays, for a process that is killed could not bring it back.
  const update = create(stream, { showCursor: true });
  let view = emptyView;
  let fetched: string | undefined;
  let stale = false;
  const width = () => columnsOf(stream);
  const height = () => Math.max(1, (stream.rows || 24) - 1);
  const draw = () => {
    stale = false;
    const below = fetched === undefined ? [] : [fetched];
    const lines = [...treeLines(view, { width: width(), height: height() - below.length, now: Date.now(), colors }), ...below];
    if (lines.length) update(lines.join("\n"));
  };
  // Ticks turn the wheels and tell the time; a busy run is drawn no more often than that.
  const timer = setInterval(() => {
    if (stale || [...view.rows.values()].some(({ status }) => status === "running")) draw();
  }, 80);
  const say = (...lines: readonly string[]) => {
    update.clear();
    for (const line of lines) stream.write(`${line}\n`);
    draw();
  };
  return {
    event(event) {
      view = follow(view, event);
      stale = true;
      if (event.kind === "planned") say(...planLines(event, width()));
    },
    fetching(progress) {
      fetched = progress && barLine(progress, width());
      stale = true;
    },
    say,
    end() {
      clearInterval(timer);
      update.clear();
      for (const line of treeLines(view, { width: width(), now: Date.now(), colors })) stream.write(`${line}\n`);
      view = emptyView;
    },
  };
}
