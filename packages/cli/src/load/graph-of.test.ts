import { check, compile, specialist } from "@troupe/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { readInput } from "../read-input.js";
import { graphOf } from "./graph-of.js";

/** What JSON Schema has no words for: formats and annotations of a library's own. */
const id = z.stringFormat("mine", (text: string) => text.startsWith("m-"));
const odd = specialist({
  name: "odd",
  does: "Takes what JSON Schema cannot say",
  input: z.object({ id, size: z.union([z.number(), z.jwt()]).meta({ foo: "bar" }) }),
  output: z.object({ id: id.nullable() }),
  run: ({ id }) => ({ id }),
});

test("a specialist stands alone, whatever its schemas say of themselves: they hold the values", async () => {
  const graph = graphOf(odd);
  expect(check(graph)).toEqual([]);
  expect(await readInput(odd, ["id=m-1", "size=3"], undefined)).toEqual({ id: "m-1", size: 3 });
  expect(await compile(graph).invoke({ id: "m-1", size: 3 })).toEqual({ idResult: "m-1" });
  await expect(compile(graph).invoke({ id: "x-1", size: 3 })).rejects.toMatchObject({ code: "INPUT_INVALID" });
});

test("a specialist whose whole input is no single object stands alone too", async () => {
  const whole = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("a"), n: z.number() }),
    z.object({ kind: z.literal("b"), text: z.string() }),
  ]);
  const union = specialist({
    name: "union",
    does: "x",
    input: whole,
    output: z.object({ got: z.string() }).meta({ id: "Got" }),
    run: (given) => ({ got: JSON.stringify(given) }),
  });
  expect(check(graphOf(union))).toEqual([]);
  const input = await readInput(union, ["kind=a", "n=3"], undefined);
  expect(await compile(graphOf(union)).invoke(input)).toEqual({ got: '{"kind":"a","n":3}' });
});
