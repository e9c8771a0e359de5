import { toolName } from "./tool-name.js";

/** Names of tools that every server takes, none of them twice and none that is `taken`: of two that come to the same, the later one gets a number. */
export function toolNames(names: readonly string[], taken: readonly string[] = []): readonly string[] {
  const given = new Set(taken);
  return names.map((name) => {
    let free = toolName(name);
    for (let i = 2; given.has(free); i++) free = `${toolName(name).slice(0, 60)}_${i}`;
    given.add(free);
    return free;
  });
}
