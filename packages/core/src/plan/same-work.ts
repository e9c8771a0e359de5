import { type Argument, isRef, type Plan, type Task } from "../graph/plan.js";
import { memo } from "./derive/memo.js";

/** Whether two plans have the same tasks and give the same outputs by the same members from the same inputs, whatever their tasks are called. */
export function sameWork(a: Plan, b: Plan): boolean {
  /** One number for all tasks that do the same, so that each is followed once. */
  let count = 0;
  const numberOf = memo((_work: string) => count++);

  /** Each task and each output with its refs followed back to the inputs. Nobody need read what an act on the world gives. */
  const workOf = ({ tasks, output }: Plan): string => {
    const follow = (argument: Argument): unknown => {
      if (Array.isArray(argument)) return argument.map((one) => follow(one as Argument));
      if (!isRef(argument)) return { literal: argument };
      const [head = "", ...path] = argument.ref.split(".");
      const task = tasks.find(({ id }) => id === head);
      return task ? { does: doneBy(task), path } : argument;
    };
    const entries = (values: Readonly<Record<string, Argument>>) =>
      Object.entries(values)
        .sort(([x], [y]) => (x < y ? -1 : 1))
        .map(([name, value]) => [name, follow(value)]);
    const doneBy = memo(({ member, args }: Task): number => numberOf(JSON.stringify([member, entries(args)])));
    return JSON.stringify([tasks.map(doneBy).sort((x, y) => x - y), entries(output)]);
  };
  return workOf(a) === workOf(b);
}
