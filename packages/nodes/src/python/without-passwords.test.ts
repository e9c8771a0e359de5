import { expect, it } from "vitest";
import { withoutPasswords } from "./without-passwords.js";

it("takes out what stands before a host, and nothing else", () => {
  expect(withoutPasswords("Looking in http://ada:hunter2@mirror/simple, https://token@mirror:8080/x@y and https://pypi.example/a@b")).toBe(
    "Looking in http://***@mirror/simple, https://***@mirror:8080/x@y and https://pypi.example/a@b",
  );
  for (const hostile of ["//".repeat(50_000), `//${"a".repeat(100_000)}`, "//a".repeat(33_000)])
    expect(withoutPasswords(hostile)).toBe(hostile);
});
