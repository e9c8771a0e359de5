// Ways in which planners damage a right plan: each takes a copy of it, its brief and a source of chance (0 to 1), and gives the damaged
// plan, or undefined where it does not apply. `--damages FILE` takes another module of this form in place of these.
import { isRef } from "./plain.mjs";

const pick = (list, chance) => list[Math.floor(chance() * list.length)];
const argsOf = (plan, test) =>
  plan.tasks.flatMap((task) =>
    Object.entries(task.args)
      .filter(([, value]) => test(value))
      .map(([name, value]) => ({ task, name, value })),
  );
const misspell = (text, chance) => {
  const i = 1 + Math.floor(chance() * Math.max(1, text.length - 2));
  return text.length > 4 ? text.slice(0, i) + text.slice(i + 1) : `${text}x`;
};
/** Something done to one ref that stands for an argument. */
const onRef = (change) => (plan, _brief, chance) => {
  const one = pick(argsOf(plan, isRef), chance);
  if (!one) return undefined;
  const [head, ...path] = one.value.ref.split(".");
  const value = change({ ...one, head, path, plan, chance });
  if (value === undefined) return undefined;
  one.task.args[one.name] = value;
  return plan;
};
const onMember = (change) => (plan, _brief, chance) => {
  const task = pick(plan.tasks, chance);
  const member = change(task.member, chance);
  return member === task.member ? undefined : (task.member = member) && plan;
};

export const damages = {
  "member misspelt": onMember(misspell),
  "member in words": onMember((name) =>
    name
      .replace(/[_-]/g, " ")
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase(),
  ),
  "member invented": onMember(() => "do_what_is_needed"),
  "task of a ref invented": onRef(({ path }) => ({ ref: ["t99", ...path].join(".") })),
  "field of a ref misspelt": onRef(({ head, path, chance }) => ({ ref: [head, misspell(path[0], chance), ...path.slice(1)].join(".") })),
  "field of a ref missing": onRef(({ head, path }) => (path.join() === "result" ? undefined : { ref: head })),
  "ref as $text$": onRef(({ head, path }) => `$${[head, ...path].join(".")}$`),
  "ref as {{text}}": onRef(({ head, path }) => `{{ ${[head, ...path].join(".")} }}`),
  "ref inside a text": onRef(({ head, path }) => `Take {{${[head, ...path].join(".")}}} for it`),
  "ref to itself": onRef(({ task, path }) => ({ ref: [task.id, ...path].join(".") })),
  "ref in a list": onRef(({ value }) => [value]),
  "ref left out": (plan, _, chance) => {
    const one = pick(argsOf(plan, isRef), chance);
    return one && delete one.task.args[one.name] && plan;
  },
  "literal left out": (plan, { members }, chance) => {
    const needed = argsOf(plan, (value) => !isRef(value)).filter(
      ({ task, name }) => members.find((one) => one.name === task.member)?.takes[name]?.required,
    );
    const one = pick(needed, chance);
    return one && delete one.task.args[one.name] && plan;
  },
  circle: (plan, _, chance) => {
    const one = pick(
      argsOf(plan, isRef).filter(({ value }) => !value.ref.startsWith("input.")),
      chance,
    );
    const source = one && plan.tasks.find(({ id }) => id === one.value.ref.split(".")[0]);
    const name = pick(Object.keys(source?.args ?? {}), chance);
    return name && (source.args[name] = { ref: `${one.task.id}.result` }) && plan;
  },
  "argument misspelt": (plan, _, chance) => rename(plan, chance, (name) => misspell(name, chance)),
  "argument in camel case": (plan, _, chance) =>
    rename(plan, chance, (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())),
  "an id twice": (plan, _, chance) => {
    if (plan.tasks.length < 2) return undefined;
    const task = plan.tasks[1 + Math.floor(chance() * (plan.tasks.length - 1))];
    const old = task.id;
    task.id = plan.tasks[0].id;
    const point = (value) =>
      isRef(value) && value.ref.startsWith(`${old}.`) ? { ref: `${task.id}${value.ref.slice(old.length)}` } : value;
    for (const one of plan.tasks) for (const name of Object.keys(one.args)) one.args[name] = point(one.args[name]);
    for (const name of Object.keys(plan.output)) plan.output[name] = point(plan.output[name]);
    return plan;
  },
  "an output left out": (plan, _, chance) => delete plan.output[pick(Object.keys(plan.output), chance)] && plan,
  "outputs left out": (plan) => ({ ...plan, output: {} }),
  "tasks backwards": (plan) => (plan.tasks.length > 1 ? { ...plan, tasks: [...plan.tasks].reverse() } : undefined),
  "a number as text": (plan, _, chance) => {
    const one = pick(
      argsOf(plan, (value) => typeof value === "number"),
      chance,
    );
    return one && (one.task.args[one.name] = String(one.value)) && plan;
  },
  "a task too many": (plan, { members }, chance) => ({
    ...plan,
    tasks: [...plan.tasks, { id: "more", member: pick(members, chance).name, args: {} }],
  }),
};

function rename(plan, chance, change) {
  const one = pick(
    argsOf(plan, () => true),
    chance,
  );
  if (!one || change(one.name) === one.name) return undefined;
  delete one.task.args[one.name];
  one.task.args[change(one.name)] = one.value;
  return plan;
}
