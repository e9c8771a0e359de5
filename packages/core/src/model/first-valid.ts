import { dequal } from "dequal";
import { coerced } from "../schema/coerced.js";
import type { Json, JsonSchema } from "../schema/json.js";
import { type Schema, type Validated, validate } from "../schema/schema.js";
import { answerFields } from "./answer-fields.js";
import { type Doubts, noDoubts } from "./doubts.js";

/**
 * The first answer that fits; else what is wrong with the likeliest. One that knows none of the schema's fields comes after those
 * that do: a wrapper can fit a schema whose fields may all be missing. What coercion would make of nothing is none. Where the schema keeps
 * nothing of it, it is no answer. Of what was `doubled`, named twice with two values, nobody knows which is meant, so that none fits, nor
 * of rivals that fit and come to different values.
 */
export async function firstValid(
  schema: Schema,
  json: JsonSchema,
  answers: readonly Json[],
  { doubled, unread, rivals }: Doubts = noDoubts(),
): Promise<Validated> {
  if (doubled.size) return { problems: [...doubled].map((name) => `It has "${name}" twice, with two values: give one`) };
  const { names } = answerFields(json);
  const strange = (answer: Json) =>
    names.size > 0 && Object.keys(answer ?? {}).length > 0 && !Object.keys(answer!).some((key) => names.has(key));
  let problems: readonly string[] | undefined;
  const fits = async (answer: Json) => {
    const made = coerced(schema, answer);
    const result: Validated = made.length > 0 ? { problems: made } : await validate(schema, answer);
    const isLost = "value" in result && strange(answer) && !Object.keys(answer!).some((key) => Object.hasOwn(Object(result.value), key));
    if ("value" in result && !isLost) return result;
    problems ??= "value" in result ? [`It has none of the fields ${[...names].join(", ")}`] : result.problems.slice(0, 20);
    return undefined;
  };
  for (const answer of [...answers.filter((one) => !strange(one)), ...answers.filter(strange)]) {
    const result = await fits(answer);
    if (!result) continue;
    const rows = rivals.filter((row) => row.some((readings) => readings.some((one) => dequal(one, answer))));
    for (const one of rows.flat(2)) {
      const other = await fits(one);
      if (other && !dequal(other.value, result.value)) return { problems: ["It gives several answers that differ: give one"] };
    }
    return result;
  }
  return { problems: problems ?? (unread.size ? [...unread] : ["The answer holds no JSON"]) };
}
