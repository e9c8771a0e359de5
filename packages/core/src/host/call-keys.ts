import { sha256 } from "#platform/sha256";
import { toolName } from "./tool-name.js";

/**
 * Gives the calls of a model the keys of their occurrences, by the tool and what it is given: the same call has the same key when the run is
 * resumed, whatever else the model then does.
 */
export function callKeys(): (tool: string, args: unknown) => string {
  const counts = new Map<string, number>();
  return (tool, args) => {
    const base = `${toolName(tool)}-${sha256(JSON.stringify(args)).slice(0, 8)}`;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return count === 1 ? base : `${base}-${count}`;
  };
}
