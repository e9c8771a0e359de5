/** What a planner is told of a case. */
export function briefFor({ members, input, output, request }) {
  return {
    request: request ?? "",
    members: members.map(({ name, does, takes, gives, effects }) => ({
      name,
      does,
      takes: slots(takes),
      gives: slots(gives),
      effects: effects ?? false,
    })),
    given: slots(input),
    wanted: slots(output),
    spare: [],
    shown: {},
  };
}

const slots = (all) =>
  Object.fromEntries(
    Object.entries(all).map(([name, { optional, ...schema }]) => [
      name,
      { name, schema, required: !optional, description: schema.description ?? "" },
    ]),
  );
