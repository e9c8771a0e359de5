import { plainLines } from "./plain-line.js";
import { quarterLines } from "./pull-progress.js";
import type { Show } from "./show.js";
import { emptyView, follow } from "./view.js";

/** A run as plain lines, for pipes, files and dumb terminals. */
export function plainShow(stream: NodeJS.WriteStream): Show {
  let view = emptyView;
  const say = (...lines: readonly string[]) => {
    for (const line of lines) stream.write(`${line}\n`);
  };
  const quarters = quarterLines();
  return {
    event(event) {
      say(...plainLines(view, event));
      view = follow(view, event);
    },
    fetching: (progress) => say(...(progress ? quarters(progress) : [])),
    say,
    end() {},
  };
}
