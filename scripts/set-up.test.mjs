import { expect, test } from "vitest";
import { startable } from "./set-up.mjs";

test("programs of npm's are started through a shell on Windows, where they are .cmd files, and directly elsewhere", () => {
  const turbo = "C:\\My Work\\node_modules\\.bin\\turbo";
  expect(startable(turbo, ["run", "build", "a b"], "win32")).toEqual({
    command: `"${turbo}"`,
    args: ["run", "build", '"a b"'],
    shell: true,
  });
  expect(startable("npm", ["ci"], "win32")).toEqual({ command: '"npm"', args: ["ci"], shell: true });
  expect(startable("C:\\Program Files\\nodejs\\node.exe", ["a b"], "win32")).toEqual({
    command: "C:\\Program Files\\nodejs\\node.exe",
    args: ["a b"],
    shell: false,
  });
  expect(startable("npm", ["ci", "a b"], "linux")).toEqual({ command: "npm", args: ["ci", "a b"], shell: false });
});
