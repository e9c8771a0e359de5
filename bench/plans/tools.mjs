// Tools as others write them down, read as what a planner sees of members.

const types = {
  ...{
    str: "string",
    string: "string",
    enum: "string",
    date: "string",
    int: "integer",
    integer: "integer",
    bool: "boolean",
    boolean: "boolean",
  },
  ...{ float: "number", number: "number", num: "number", array: "array", list: "array", tuple: "array", object: "object", dict: "object" },
};

/** Ids are written as numbers here and as texts there: they are left open. */
const isId = (name) => /(?:^|_)id$|[a-z](?:Id|ID)$/.test(name);

function schemaOf(name, told) {
  const type = isId(name)
    ? undefined
    : types[
        String(told.type ?? "")
          .toLowerCase()
          .split(/[ <([]/)[0]
      ];
  const values = [told.enum, told.allowed_values, told.possible_values].find((one) => Array.isArray(one) && one.length > 0);
  const inner = (all) => Object.fromEntries(Object.entries(all).map(([key, one]) => [key, schemaOf(key, one)]));
  const items = told.items && !Array.isArray(told.items) && typeof told.items === "object" ? { items: schemaOf("", told.items) } : {};
  return {
    ...(type ? { type } : {}),
    ...(values && type !== "array" ? { enum: values } : {}),
    ...(told.properties ? { properties: inner(told.properties) } : {}),
    ...items,
    ...(told.description ? { description: told.description } : {}),
  };
}

const slot = (name, told, required) => ({ name, schema: schemaOf(name, told), required, description: told.description ?? "" });
const isRequired = (told) => !(told.optional === true || told.required === false || /^optional/i.test(told.description ?? ""));
const slots = (all, required) =>
  Object.fromEntries(Object.entries(all ?? {}).map(([name, told]) => [name, slot(name, told, required(name, told))]));

/**
 * A tool of a NESTFUL catalogue. Of those whose `parameters` are null nothing is told: they are read as taking what their output names,
 * none of it required.
 */
export const cardOfTool = ({ name, description, parameters, output }) => ({
  name,
  does: description ?? "",
  takes: parameters === null ? slots(output, () => false) : slots(parameters, (_, told) => isRequired(told)),
  gives: slots(output, () => true),
  effects: false,
});

/** A function of a case of BFCL. */
export const cardOfFunction = ({ name, description, parameters }) => ({
  name,
  does: description,
  takes: slots(parameters.properties, (key) => (parameters.required ?? []).includes(key)),
  gives: slots({ result: {} }, () => true),
  effects: false,
});

/** A team that is told nothing but a request. */
export const briefOf = (request, members) => ({ request, members, given: {}, wanted: {}, spare: [], shown: {} });
