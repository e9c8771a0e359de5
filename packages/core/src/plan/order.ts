import { needsOf, type Task } from "../graph/plan.js";

/** Tasks so that each follows those it waits for, as near to their own order as that allows; `cyclic` are those in or after a cycle. */
export function orderOf(tasks: readonly Task[]): { readonly ordered: readonly Task[]; readonly cyclic: readonly Task[] } {
  const ids = new Set(tasks.map(({ id }) => id));
  const ordered: Task[] = [];
  const done = new Set<string>();
  let left = tasks.map((task) => ({ task, needs: needsOf(task).filter((id) => ids.has(id)) }));
  while (left.length) {
    const ready = left.find(({ needs }) => needs.every((id) => done.has(id)));
    if (!ready) break;
    ordered.push(ready.task);
    done.add(ready.task.id);
    left = left.filter((one) => one !== ready);
  }
  return { ordered, cyclic: left.map(({ task }) => task) };
}

/** The ids of the tasks that `roots` name, and of those that these wait for. */
export function usedTasks(tasks: readonly Task[], roots: readonly string[]): ReadonlySet<string> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const used = new Set<string>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const task = byId.get(id);
    if (!task || used.has(id)) continue;
    used.add(id);
    open.push(...needsOf(task));
  }
  return used;
}
