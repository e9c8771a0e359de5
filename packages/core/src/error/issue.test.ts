import { expect, test } from "vitest";
import { formatIssue } from "./issue.js";

test("what is wrong and what helps are two sentences, however the first ends", () => {
  const issue = { code: "dangling-ref", path: ["tasks", 0], hint: "It has no fields." };
  for (const message of ["It points at no field", "It points at no field."])
    expect(formatIssue({ ...issue, message })).toBe("tasks[0]: It points at no field. It has no fields. [dangling-ref]");
});
