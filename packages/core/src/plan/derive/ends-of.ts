import { fromWork, type Made, type Work } from "./made.js";

/** What tasks give that no other takes, but for those that act on the world: the outputs of a plan that names its own. */
export function endsOf(works: ReadonlyMap<string, Work>): Readonly<Record<string, Made>> {
  const taken = new Set<string>();
  for (const { args } of works.values())
    for (const { from } of Object.values(args).flatMap((made) => ("list" in made.from ? made.from.list : [made])))
      if ("work" in from) taken.add(from.work.key);
  const ends = [...works.values()].filter(({ key, card }) => !taken.has(key) && !card.effects);
  const outputs: Record<string, Made> = {};
  for (const work of ends)
    for (const slot of Object.values(work.card.gives))
      if (slot.required) {
        const [ofMember, ofTask] = [`${work.card.name}_${slot.name}`, [slot.name, ...literalsOf(work)].join("_")];
        const free = (name: string) => !Object.hasOwn(outputs, name);
        const twice = ends.some((one) => one !== work && one.card === work.card);
        const names = twice ? [ofTask] : [slot.name, ofMember, ofTask];
        const [name = `${ofMember}_${Object.keys(outputs).length + 1}`] = names.filter(free);
        outputs[name] = fromWork(work, slot, 0);
      }
  return outputs;
}

/** The values that a task is given, as parts of a name. */
const literalsOf = ({ args }: Work): readonly string[] =>
  Object.values(args).flatMap(({ from }) => ("literal" in from ? [String(from.literal).replace(/[^\p{L}\p{N}]+/gu, "_")] : []));
