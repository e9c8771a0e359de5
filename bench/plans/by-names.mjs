// The baseline: the first source of a fitting type, one of the same name before others, inputs before members.
export function byNames({ members, given, wanted }, fits) {
  const tasks = [];
  const fieldOf = (slot, path) => {
    const all = members
      .filter((card) => !path.includes(card))
      .flatMap((card) => Object.values(card.gives).map((field) => ({ card, field })));
    const fitting = all
      .filter(({ field }) => fits(field.schema, slot.schema))
      .sort((a, b) => (b.field.name === slot.name) - (a.field.name === slot.name));
    for (const { card, field } of fitting) {
      const id = taskOf(card, path);
      if (id) return { ref: `${id}.${field.name}` };
    }
    return undefined;
  };
  const taskOf = (card, path) => {
    const done = tasks.find(({ member }) => member === card.name);
    if (done) return done.id;
    if (path.length > 4) return undefined;
    const args = {};
    for (const slot of Object.values(card.takes)) {
      if (!slot.required) continue;
      const inputs = Object.values(given).filter((input) => fits(input.schema, slot.schema));
      const input = inputs.find(({ name }) => name === slot.name) ?? inputs[0];
      const value = input ? { ref: `input.${input.name}` } : fieldOf(slot, [...path, card]);
      if (!value) return undefined;
      args[slot.name] = value;
    }
    const id = `t${tasks.length + 1}`;
    tasks.push({ id, member: card.name, args });
    return id;
  };
  const output = {};
  for (const slot of Object.values(wanted)) {
    const value = fieldOf(slot, []);
    if (!value) return null;
    output[slot.name] = value;
  }
  return Object.keys(output).length ? { tasks, output } : null;
}
