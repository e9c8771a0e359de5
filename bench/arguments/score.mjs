// Whether calls are right, by the rules of the Berkeley Function Calling Leaderboard's AST check (gorilla, bfcl_eval/eval_checker/ast_eval):
// as many calls as are accepted, each with the function's name, all its required arguments and none beside those accepted, each value among
// the accepted ones ("" among them: the argument may be missing). Texts are compared without case, spaces and the marks , . / - _ * ^.

/** @param functions as BFCL gives them @param calls [{ name, arguments }] @param accepted [{ name: { argument: [values] } }] */
export function rightCalls(functions, calls, accepted) {
  if (calls.length !== accepted.length) return false;
  const left = [...calls];
  // Calls come in any order; each accepted one takes the first that fits it.
  return accepted.every((one) => {
    const at = left.findIndex((call) => rightCall(functions, call, one));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Whether the functions called are the accepted ones, whatever their arguments. */
export const rightFunctions = (calls, accepted) => {
  const names = (list) => JSON.stringify([...list].sort());
  return names(calls.map(({ name }) => name)) === names(accepted.map((one) => Object.keys(one)[0]));
};

function rightCall(functions, call, accepted) {
  const [[name, values]] = Object.entries(accepted);
  const { properties, required = [] } = functions.find((one) => one.name === name).parameters;
  const given = call.arguments ?? {};
  return (
    call.name === name &&
    required.every((key) => key in given) &&
    Object.entries(given).every(([key, value]) => key in properties && key in values && rightValue(value, values[key], properties[key])) &&
    Object.entries(values).every(([key, all]) => key in given || all.includes(""))
  );
}

function rightValue(value, accepted, { type, items }) {
  const sample = accepted.find((one) => one !== "");
  // An answer of another type than the schema's stands for what the case calls a variable.
  const variable = sample !== undefined && !isType(sample, type);
  if (!isType(value, type) && !(variable && typeof value === typeof sample)) return false;
  if (variable) return accepted.some((one) => same(value, one));
  if (type === "dict") return accepted.some((one) => rightObject(value, one));
  if (items?.type === "dict") {
    return accepted.some((one) => Array.isArray(one) && one.length === value.length && one.every((item, i) => rightObject(value[i], item)));
  }
  return accepted.some((one) => same(value, one));
}

function rightObject(value, accepted) {
  if (typeof accepted !== "object" || typeof value !== "object" || value === null) return false;
  return (
    Object.entries(value).every(([key, one]) => key in accepted && accepted[key].some((other) => same(one, other))) &&
    Object.entries(accepted).every(([key, all]) => key in value || all.includes(""))
  );
}

const plain = (text) =>
  text
    .replace(/[ ,./\-_*^]/g, "")
    .toLowerCase()
    .replaceAll("'", '"');

function same(one, other) {
  if (typeof one === "string" && typeof other === "string") return plain(one) === plain(other);
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, i) => same(item, other[i]));
  if (typeof one === "object" && typeof other === "object" && one && other) {
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
  }
  return one === other;
}

function isType(value, type) {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "float":
    case "number":
      return typeof value === "number";
    case "array":
    case "tuple":
      return Array.isArray(value);
    case "dict":
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "boolean":
      return typeof value === "boolean";
    default:
      return typeof value === "string";
  }
}
