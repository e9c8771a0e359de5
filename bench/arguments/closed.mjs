import { decisions } from "@troupe/nodes";

const unsaid = "the request does not say";
const spoken = (name) => name.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/[^\p{L}\p{N}]+/gu, " ");

/**
 * Closed arguments (labels, yes or no) of the cases that one call answers: how many are right as `calls` has them, and as a decision model
 * chooses them, one question each, among the labels and "the request does not say".
 */
export async function closed(cases, ask, requestOf, name) {
  const model = await decisions(name).load();
  const count = { "yes or no": [0, 0, 0], labels: [0, 0, 0] };
  for (const one of cases.filter(({ accepted }) => accepted?.length === 1)) {
    const [[called, values]] = Object.entries(one.accepted[0]);
    const { description, parameters } = one.functions.find((other) => other.name === called);
    const open = Object.entries(parameters.properties).filter(
      ([key, { type, enum: labels }]) => values[key] && (labels || type === "boolean"),
    );
    if (!open.length) continue;
    const request = requestOf(one);
    const made = (await ask(one)).calls.find((call) => call.name === called);
    if (!made) continue;
    for (const [key, { type, enum: labels, description: what = "" }] of open) {
      const options = [...(type === "boolean" ? ["yes", "no"] : labels.map(String)), unsaid];
      const { answers } = await model.invoke({
        state: `Request: ${request}\nFunction: ${spoken(called)}: ${description}`,
        questions: {
          it: {
            type: "choice",
            instructions: `Which ${spoken(key)} does the request ask for? ${what}`,
            criteria: Object.fromEntries(options.map((option) => [option, null])),
          },
        },
      });
      const { choice } = answers.it;
      const decided = choice === unsaid ? undefined : type === "boolean" ? choice === "yes" : choice;
      const right = (value) =>
        value === undefined
          ? values[key].includes("")
          : values[key].some((other) => String(other).toLowerCase() === String(value).toLowerCase());
      const row = count[type === "boolean" ? "yes or no" : "labels"];
      row[0]++;
      if (right(made.arguments[key])) row[1]++;
      if (right(decided)) row[2]++;
    }
  }
  return Object.fromEntries(Object.entries(count).map(([kind, [of, generated, decided]]) => [kind, { of, generated, decided }]));
}
