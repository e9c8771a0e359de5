import { expect, test } from "vitest";
import type { JsonSchema } from "../../../schema/json.js";
import { charactersRead } from "../../characters-read.fixture.js";
import type { Slot } from "../../slot.js";
import { groundedFor } from "./grounded.js";

const slot = (name: string, schema: JsonSchema): Slot => ({ name, schema, required: true, description: "" });

test.each([
  ["a yes or no", slot("smoker", { type: "boolean" }), "The guest comes late and has no car, but likes a quiet room. "],
  ["a number", slot("guests", { type: "integer" }), "We paid 12 euros for 3 rooms and two desks. "],
  ["a day", slot("arrival", { type: "string", format: "date" }), "We come 3 to 7 June 2027. "],
  ["a name", slot("room", { type: "string" }), "The room looked small. "],
])("reads a text that is four times as long at most five times as much for %s", async (_, slot, said) => {
  const read = (times: number) => charactersRead(() => groundedFor(slot, said.repeat(times)));
  await read(1);
  const [short, long] = [await read(20), await read(80)];
  expect(long / short).toBeLessThan(5);
});
