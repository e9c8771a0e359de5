const types = { dict: "object", float: "number", tuple: "array", any: "string" };

/** A function as BFCL gives it, its types (`dict`, `float`, `tuple`, `any`) in JSON Schema's words. */
export const functionOf = ({ name, description, parameters }) => ({ name, description, parameters: schemaOf(parameters) });

function schemaOf({ type = "string", properties, items, optional: _, ...rest }) {
  return {
    type: types[type] ?? type,
    ...rest,
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, schemaOf(one)])) } : {}),
    ...(items ? { items: schemaOf(items) } : {}),
  };
}
