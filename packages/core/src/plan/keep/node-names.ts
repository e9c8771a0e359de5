import { isReserved } from "../../check/names.js";
import { type Argument, isRef, type Plan } from "../../graph/plan.js";

/** A plan whose tasks have names that nodes may have: `end`, `1` or `constructor` are called `t_end`, `t_1`, `t_constructor`, in refs too. */
export function nodeNames(plan: Plan): Plan {
  const ids = new Set(plan.tasks.map(({ id }) => id));
  const free = (wish: string): string => (ids.has(wish) ? free(`${wish}_`) : wish);
  const named = new Map([...ids].flatMap((id) => (isReserved(id) || /^\d+$/.test(id) ? [[id, free(`t_${id}`)] as const] : [])));
  const renamed = (value: Argument): Argument => {
    if (Array.isArray(value)) return value.map((one) => renamed(one as Argument)) as Argument;
    if (!isRef(value)) return value;
    const [head = "", ...path] = value.ref.split(".");
    return { ref: [named.get(head) ?? head, ...path].join(".") };
  };
  const all = (values: Readonly<Record<string, Argument>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, renamed(value)]));
  if (named.size === 0) return plan;
  return {
    tasks: plan.tasks.map(({ id, member, args }) => ({ id: named.get(id) ?? id, member, args: all(args) })),
    output: all(plan.output),
  };
}
