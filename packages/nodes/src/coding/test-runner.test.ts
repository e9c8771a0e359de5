import { appOf } from "@troupe/core";
import { expect, it } from "vitest";
import { repository } from "./repository.fixture.js";
import { type TestRunnerOptions, testRunner } from "./test-runner.js";

const files = {
  "add.js": "export const add = (a, b) => a - b;\n",
  "add.test.js": `import { test } from "node:test";\nimport assert from "node:assert";\nimport { add } from "./add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n`,
  "package.json": `{ "type": "module" }\n`,
};
const mended = `--- a/add.js
+++ b/add.js
@@ -1 +1 @@
-export const add = (a, b) => a - b;
+export const add = (a, b) => a + b;
`;
const tested = async (request: object, more: Partial<TestRunnerOptions> = {}) => {
  const folder = repository(files);
  const runner = testRunner({ command: process.execPath, args: ["--test"], ...more });
  return (await appOf(runner, { trust: { folders: [folder] } }).invoke({ request: { repository: folder, ...request } })).answer;
};

it("tells whether a repository's tests pass, as it is and with changes", async () => {
  expect(await tested({})).toMatchObject({ passed: false, report: expect.stringMatching(/-1 (!==|==) 3/) });
  expect(await tested({ diff: mended })).toMatchObject({ passed: true });
});

it("gives the end of a long report", async () => {
  const { report } = await tested({}, { args: ["-e", `process.stdout.write("x".repeat(50_000) + "end")`] });
  expect(report).toHaveLength(20_000);
  expect(report).toMatch(/xend$/);
});

it("says that a command does not start, and ends one that takes too long", async () => {
  await expect(tested({}, { command: "no-such-command" })).rejects.toMatchObject({ code: "TESTS_UNSTARTED" });
  await expect(tested({}, { args: ["-e", "setInterval(() => {}, 1000)"], timeout: 500 })).rejects.toMatchObject({ code: "TIMEOUT" });
  await expect(tested({ diff: "nonsense" })).rejects.toMatchObject({ code: "DIFF_INVALID" });
});
