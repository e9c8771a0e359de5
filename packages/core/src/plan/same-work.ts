import { type Argument, isRef, type Plan } from "../graph/plan.js";

/** Whether two plans have the same tasks and give the same outputs by the same members from the same inputs, whatever their tasks are called. */
export function sameWork(a: Plan, b: Plan): boolean {
  return JSON.stringify(workOf(a)) === JSON.stringify(workOf(b));
}

/** Each task and each output with its refs followed back to the inputs. Nobody need read what an act on the world gives. */
function workOf({ tasks, output }: Plan): unknown {
  const follow = (argument: Argument): unknown => {
    if (Array.isArray(argument)) return argument.map((one) => follow(one as Argument));
    if (!isRef(argument)) return { literal: argument };
    const [head, ...path] = argument.ref.split(".");
    const task = tasks.find(({ id }) => id === head);
    return task ? { member: task.member, args: entries(task.args), path } : argument;
  };
  const entries = (values: Readonly<Record<string, Argument>>) =>
    Object.entries(values)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([name, value]) => [name, follow(value)]);
  return [tasks.map(({ member, args }) => JSON.stringify([member, entries(args)])).sort(), entries(output)];
}
