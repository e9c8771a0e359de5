import { expect, test } from "vitest";
import { answersIn } from "./answers-in.js";
import { parseJson } from "./parse-json.js";

test("a number with more digits than a number holds is its text, wherever it stands", () => {
  expect(parseJson('{"id": 12345678901234567890, "n": [-9007199254740993, 9007199254740992], "x": 0.1234567890123456, "e": 1e20}')).toEqual(
    {
      id: "12345678901234567890",
      n: ["-9007199254740993", 9007199254740992],
      x: 0.1234567890123456,
      e: 1e20,
    },
  );
  expect(parseJson("12345678901234567890")).toBe("12345678901234567890");
  expect(parseJson('{"12345678901234567890": "a \\"12345678901234567890 b"}')).toEqual({
    "12345678901234567890": 'a "12345678901234567890 b',
  });
});

test("so it is in what a repair makes of an answer", async () => {
  expect((await answersIn("Here: {'id': 12345678901234567890,}"))[0]).toEqual({ id: "12345678901234567890" });
});
