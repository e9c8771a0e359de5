// What each argument of a right plan is made from, as closed questions: one group a team, its specialists and request being the state.
// A team is a line of JSON: { id, kind, members: [{ name, does, takes, gives }], input, output, request, gold: [{ tasks: [{ id, member,
// args: { name: { ref } or a value } }] }] }, with JSON Schemas for `takes`, `gives`, `input` and `output`.

/** Prints what a decision model gets right, beside the rule: the source that is named most like the argument and the request's words. */
export async function wiring(teams, models) {
  const groups = wiringQuestions(teams);
  const all = groups.flatMap(({ questions }) => questions);
  const chance = all.reduce((sum, { right, options }) => sum + right.length / options.length, 0) / all.length;
  console.log(`${all.length} questions of ${groups.length} teams; by chance ${chance.toFixed(2)}`);
  tell(
    "the rule (nearest name, then the request's words)",
    groups.flatMap(({ request, questions }) => questions.map((question) => ({ question, best: byRule(question, request) }))),
  );
  for (const model of models) {
    const decider = await model.load();
    const answers = [];
    let ms = 0;
    for (const { state, questions } of groups) {
      const asked = questions.map(({ instructions, options }, i) => [
        `q${i}`,
        { type: "choice", instructions, criteria: Object.fromEntries(options.map((option) => [option, null])) },
      ]);
      const start = performance.now();
      const { answers: given } = await decider.invoke({ state, questions: Object.fromEntries(asked) });
      ms += performance.now() - start;
      for (const [i, question] of questions.entries()) answers.push({ question, best: question.options.indexOf(given[`q${i}`].choice) });
    }
    tell(`${model.id}, ${(ms / all.length).toFixed(0)} ms a question`, answers);
  }
}

function tell(name, answers) {
  const share = (some) => {
    const right = some.filter(({ question, best }) => question.right.includes(best)).length;
    return `${right} of ${some.length} (${(right / some.length).toFixed(2)})`;
  };
  const [given, made] = [false, true].map((chained) => answers.filter(({ question }) => question.chained === chained));
  console.log(`${name}: ${share(answers)} right; where a given input is right ${share(given)}, where another's result is ${share(made)}`);
}

const stems = (text) =>
  new Set(
    (text.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu) ?? [])
      .map((word) => word.toLowerCase().slice(0, 5))
      .filter((word) => word.length > 2 && !["the", "given", "from", "and"].includes(word)),
  );

/** A result that the request names stands where it is asked for; else the input that is named most like the argument, and the request. */
function byRule({ argument, member, options }, request) {
  const [wanted, said] = [stems(argument), stems(request)];
  const common = (some, others) => [...some].filter((word) => others.has(word)).length;
  const scored = options.map((option, i) => {
    const made = !option.startsWith("the given");
    const names = stems(made ? option.split("` from ")[0] : option);
    const named = made && common(names, said) > 0 && common(names, stems(member)) === 0;
    return { i, made, named, near: 2 * common(names, wanted) + common(names, said) };
  });
  const results = scored.filter(({ named, near }) => named && near > 1);
  const inputs = scored.filter(({ made }) => !made);
  const among = results.length ? results : inputs.length ? inputs : scored;
  return among.reduce((best, one) => (one.near > best.near ? one : best)).i;
}

/** { id, kind, request, state, questions: [{ instructions, options, right: [indices] }] } of each team that has a right plan. */
export const wiringQuestions = (teams) =>
  teams
    .filter(({ gold }) => gold?.length)
    .map(asked)
    .filter(({ questions }) => questions.length);

function asked({ id, kind, members, input, output, request, gold }) {
  const given = Object.entries(input ?? {});
  const fields = (schemas) => Object.entries(schemas).map(field).join(", ");
  const cards = members.map(
    ({ name, does, takes, gives }) => `- ${name}(${fields(takes)}) -> ${fields(gives)}. ${(does ?? "").replace(/\.+$/, "")}`,
  );
  const state = [
    `Specialists:\n${cards.join("\n")}\n\nGiven: ${fields(input ?? {}) || "nothing"}`,
    ...(request ? [`Request: ${request}`] : []),
    ...(Object.keys(output ?? {}).length ? [`Wanted: ${fields(output)}`] : []),
  ].join("\n");
  const questions = [...sourcesIn(gold)].flatMap(([place, { first, all }]) => {
    const [name, argument] = JSON.parse(place);
    const schema = members.find((member) => member.name === name)?.takes[argument];
    // What the first plan gathers, and what it writes itself, is no choice among sources.
    if (!schema || first.size > 1 || first.has(literal)) return [];
    const sources = [
      ...given
        .filter(([, one]) => fits(one, schema))
        .map(([source, one]) => ({
          source: `input.${source}`,
          option: `the given \`${source}\`${one.description ? ` (${one.description})` : ""}`,
        })),
      ...members
        .filter((member) => member.name !== name)
        .flatMap((member) =>
          Object.entries(member.gives)
            .filter(([, one]) => fits(one, schema))
            .map(([key]) => ({ source: `${member.name}.${key}`, option: `\`${key}\` from ${member.name}` })),
        ),
    ];
    const right = sources.flatMap(({ source }, i) => (all.has(source) ? [i] : []));
    if (right.length === 0 || sources.length < 2) return [];
    return [
      {
        instructions: `What is the argument \`${argument}\` of \`${name}\` made from?`,
        options: sources.map(({ option }) => option),
        right,
        argument,
        member: name,
        chained: !sources[right[0]].source.startsWith("input."),
      },
    ];
  });
  return { id, kind, request: request ?? "", state, questions };
}

const literal = "a literal";

/** For each argument of the first right plan: what it is made from there, and in any right plan. */
function sourcesIn(gold) {
  const places = new Map();
  for (const [i, { tasks }] of gold.entries()) {
    const member = Object.fromEntries(tasks.map((task) => [task.id, task.member]));
    const here = new Map();
    for (const task of tasks)
      for (const [argument, value] of Object.entries(task.args)) {
        const place = JSON.stringify([task.member, argument]);
        const [from, key] = value?.ref?.split(".") ?? [];
        const source = from === undefined ? literal : `${from === "input" ? from : member[from]}.${key}`;
        here.set(place, (here.get(place) ?? new Set()).add(source));
      }
    for (const [place, found] of here) {
      if (i === 0) places.set(place, { first: found, all: new Set(found) });
      else for (const source of found) places.get(place)?.all.add(source);
    }
  }
  return places;
}

const field = ([name, schema]) => `${name}: ${typeName(schema)}${schema.description ? ` (${schema.description})` : ""}`;

function typeName(schema) {
  if (schema["x-media"]) return String(schema["x-media"]).split("/")[0];
  if (schema.enum) return schema.enum.join("|");
  if (schema.type === "string") return schema.format === "date" ? "date" : "text";
  if (schema.type === "integer") return "number";
  if (schema.type === "boolean") return "yes/no";
  if (schema.type === "array") return `list of ${typeName(schema.items ?? { type: "string" })}`;
  return String(schema.type);
}

/** Whether a value of one schema can stand where another is asked for. */
function fits(from, to) {
  if (from["x-media"] || to["x-media"]) return from["x-media"] === to["x-media"];
  const numbers = ["number", "integer"];
  if (numbers.includes(from.type) && numbers.includes(to.type)) return true;
  if (from.type !== to.type) return false;
  if (from.type === "array") return from.items && to.items ? fits(from.items, to.items) : true;
  if (from.type === "string" && to.enum) return Boolean(from.enum?.every((label) => to.enum.includes(label)));
  if (from.type !== "object" || !to.properties) return true;
  return (to.required ?? Object.keys(to.properties)).every((key) => from.properties?.[key]);
}
