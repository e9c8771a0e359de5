import type { Issue } from "../error/issue.js";
import { didYouMean, listed } from "../error/nearest.js";
import type { Check, Look } from "./look.js";
import { type Place, ruleFields } from "./places.js";

/** State fields that are not declared. A name that is used in several places is one finding, at the first. */
export const fields: Check = ({ data }) => {
  const known = Object.keys(data.state);
  const all = listed(known);
  const unknown = new Map<string, [Place, ...Place[]]>();
  for (const place of uses(data)) {
    if (Object.hasOwn(data.state, place.name)) continue;
    const others = unknown.get(place.name);
    if (others) others.push(place);
    else unknown.set(place.name, [place]);
  }
  return [...unknown].map(([name, [first, ...others]]): Issue => {
    const also = [...new Set(others.map(({ path }) => path.slice(0, 2).join(".")))].filter((at) => at !== first.path.slice(0, 2).join("."));
    return {
      code: "unknown-field",
      path: first.path,
      names: { field: [name] },
      message: `The state has no field "${name}"${also.length ? ` (asked for by ${listed(also)} too)` : ""}.`,
      hint: didYouMean(name, known, `Declare it in state${known.length ? `, or use one of ${all}` : ""}.`),
    };
  });
};

function uses(data: Look["data"]): Place[] {
  return [
    ...data.input.map((name, i) => ({ name, path: ["input", i] })),
    ...data.output.map((name, i) => ({ name, path: ["output", i] })),
    ...Object.entries(data.nodes).flatMap(([node, { read, write, optional }]) => [
      ...Object.entries(read)
        // An optional input under its own name needs no field.
        .filter(([key, name]) => !(key === name && optional.includes(key)))
        .map(([key, name]) => ({ name, path: ["nodes", node, "read", key] })),
      ...Object.entries(write).map(([key, name]) => ({ name, path: ["nodes", node, "write", key] })),
    ]),
    ...Object.entries(data.conditions).flatMap(([condition, reads]) =>
      reads.map((name, i) => ({ name, path: ["conditions", condition, "reads", i] })),
    ),
    ...Object.entries(data.edges).flatMap(([node, rule]) => ruleFields(node, rule)),
  ];
}
