import { expect, test } from "vitest";
import { breather } from "../../../breather.js";
import { trainWorth } from "./train-worth.js";

test("texts for which two labels are worth as much teach how near they are, and not which is right", async () => {
  const texts = Array.from({ length: 30 }, (_, n) => {
    const lead = (n % 3) - 1;
    return { features: Float32Array.of(lead, n / 30), worth: [1 + lead, 1] };
  });
  const { held } = await trainWorth(["small", "large"], texts, "", breather());
  expect(held).toHaveLength(20);
  expect(held.filter(({ right }) => right === 0)).toHaveLength(10);
});
