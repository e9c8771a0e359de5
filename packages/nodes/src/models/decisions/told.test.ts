import { expect, test } from "vitest";
import { told } from "./told.js";

test("a field that is not there is not told, as JSON leaves it out", () => {
  expect(told({ subject: "Export", body: undefined, pages: null, lines: [1, "two"] } as any)).toBe(
    'subject: Export\npages: null\nlines: [1,"two"]',
  );
});
