/** What planners call the parts of a plan. Of several in one object the first counts. */
const names = {
  tasks: "tasks steps tasknodes nodes toolcalls functioncalls calls actions subtasks workflow plan content parts",
  output: "output outputs finaloutput finaloutputs result results finalresult answer finalanswer return returns response",
  id: "id taskid stepid callid toolcallid label step stepnumber index number",
  member:
    "member tool toolname agent agentname specialist worker function functionname functioncall action api operation command name task call",
  args: "args arguments inputs input parameters params actioninput toolinput kwargs with",
  /** What a task's answer is called where others take it up. */
  alias: "output outputkey outputname outputvar saveas storeas assignto as var variable result",
  /** Parts of a task that a plan does not hold and that are no arguments. */
  aside:
    "type description desc reason reasoning thought thoughts rationale why dep deps dependson dependencies needs after status role comment note title",
  /** A ref as an object, and the field in it. */
  ref: "ref $ref from source fromstep fromtask reference step stepid task taskid node outputof resultof",
  field: "field output outputkey key path property outputfield",
  /** Arguments as a list of names and values. */
  entry: "name key argument parameter param arg field",
  value: "value val",
} as const;

export type Part = keyof typeof names;

/** A name without what spellings of it differ in: case, `_`, `-`, blanks and points. */
export const bareName = (name: string): string => name.toLowerCase().replace(/[_\-. ]/g, "");

const lists = Object.fromEntries(Object.entries(names).map(([part, list]) => [part, list.split(" ")])) as Record<Part, string[]>;

export const isPart = (key: string, part: Part): boolean => lists[part].includes(bareName(key));

/** A part of an object, by whichever of its names is there. */
export function partOf<T>(fields: Readonly<Record<string, T>>, part: Part): T | undefined {
  const keys = Object.keys(fields).filter((key) => fields[key] !== null && isPart(key, part));
  const [first] = keys.sort((a, b) => lists[part].indexOf(bareName(a)) - lists[part].indexOf(bareName(b)));
  return first === undefined ? undefined : fields[first];
}
