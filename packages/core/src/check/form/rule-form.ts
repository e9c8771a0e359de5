import type { Issue } from "../../error/issue.js";
import { isRecord, type Plain } from "../../schema/say.js";
import { type Form, isJson, isText, isTexts, malformed, type Path, unknownOptions } from "./finding.js";

const write = 'Write a node\'s name, a list of names, or "end".';

/** One target, or several. */
export const targets: Form = (value, path) => (isText(value) || isTexts(value) ? [] : malformed(path, "Where it goes", value, write));

const rules =
  "Rules are data: a target, { by, to, otherwise }, [{ when, to }, { otherwise }] or { each, as, to, then }; what data can't say is one of the graph's conditions, by name.";

/** A node's rule. */
export const rule: Form = (value, path) => {
  if (isText(value) || isTexts(value)) return [];
  if (Array.isArray(value)) return [...value].flatMap((one, i) => oneCase(one, [...path, i]));
  if (!isRecord(value)) return malformed(path, "The rule", value, rules);
  if ("by" in value) {
    const { by, to, otherwise } = value;
    return [
      ...unknownOptions("the rule", value, ["by", "to", "otherwise"], path),
      ...field(by, [...path, "by"]),
      ...(isRecord(to)
        ? Object.entries(to).flatMap(([label, one]) => targets(one, [...path, "to", label]))
        : malformed([...path, "to"], "What leads on by labels", to, "Give each label its target: to: { billing: … }.")),
      ...(otherwise === undefined ? [] : targets(otherwise, [...path, "otherwise"])),
    ];
  }
  if ("each" in value) return each(value, path);
  return malformed(path, "The rule", value, rules);
};

function each(value: Plain, path: Path): Issue[] {
  const { each, as, to, collect, then, atOnce } = value;
  return [
    ...unknownOptions("the rule", value, ["each", "as", "to", "collect", "then", "atOnce"], path),
    ...field(each, [...path, "each"]),
    ...field(as, [...path, "as"]),
    ...(isText(to) ? [] : malformed([...path, "to"], "What runs once an item", to, "Write one node's name.")),
    ...(collect === undefined || (isRecord(collect) && Object.values(collect).every(isText))
      ? []
      : malformed([...path, "collect"], "What is collected", collect, 'Write collect: { itemField: "listField" }.')),
    ...targets(then, [...path, "then"]),
    ...(atOnce === undefined || typeof atOnce === "number"
      ? []
      : malformed([...path, "atOnce"], "How many run at once", atOnce, "Write a whole number.")),
  ];
}

const field: Form = (value, path) =>
  isText(value) ? [] : malformed(path, "The field it goes by", value, "Write the name of a state field.");

const oneCase: Form = (value, path) => {
  if (!isRecord(value) || !("when" in value || "otherwise" in value))
    return malformed(path, "The case", value, "Write { when: { field: value }, to: … }, and { otherwise: … } last.");
  if (!("when" in value)) {
    return [...unknownOptions("the case", value, ["otherwise"], path), ...targets(value.otherwise, [...path, "otherwise"])];
  }
  const { when, to } = value;
  return [
    ...unknownOptions("the case", value, ["when", "to"], path),
    ...(isText(when)
      ? []
      : isRecord(when)
        ? Object.entries(when).flatMap(([name, one]) => test(one, [...path, "when", name]))
        : malformed([...path, "when"], "The condition", when, "Write { field: value }, or the name of one of the graph's conditions.")),
    ...targets(to, [...path, "to"]),
  ];
};

/** A value it equals, or comparisons; what is in them is held to the field's type elsewhere. */
const test: Form = (value, path) => {
  const numeric = isRecord(value) ? ["lt", "lte", "gt", "gte"].filter((name) => name in value && !Number.isFinite(value[name])) : [];
  // `NaN` is no JSON either, and the number says more than the whole.
  if ((!isJson(value) && numeric.length === 0) || Array.isArray(value) || (isRecord(value) && Object.keys(value).length === 0))
    return malformed(path, "The test", value, "Write what it equals, or comparisons: { gte: 0.5 }, { exists: true }.");
  if (!isRecord(value)) return [];
  return [
    ...("in" in value && !(Array.isArray(value.in) && value.in.length)
      ? malformed(
          [...path, "in"],
          "What it is one of",
          value.in,
          `Write a list: in: [${Array.isArray(value.in) ? "…" : String(JSON.stringify(value.in))}].`,
        )
      : []),
    ...("exists" in value && typeof value.exists !== "boolean" && value.exists !== undefined
      ? malformed([...path, "exists"], "Whether it is there", value.exists, "Write exists: true, or exists: false.")
      : []),
    ...numeric.flatMap((name) => malformed([...path, name], "What it is compared with", value[name], "Write a number.")),
    ...Object.entries(value).flatMap(([name, one]) =>
      one === undefined ? malformed([...path, name], "The test", one, "Leave it out, or write { exists: false }.") : [],
    ),
  ];
};
