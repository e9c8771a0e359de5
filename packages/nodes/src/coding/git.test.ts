import { expect, it } from "vitest";
import { withoutFiles } from "../child/without-files.fixture.js";

it.skipIf(process.platform === "win32")("tells that git does not start where no more files can be opened", async () => {
  const stdout = await withoutFiles(
    new URL("./git.ts", import.meta.url),
    `await it.git(["status"], { cwd: "/" }).catch(({ code, message }) => console.log(code, message));`,
  );
  expect(stdout).toMatch(/^REPOSITORY_INVALID .*git does not start \(EMFILE\).*\nThis process has as many files open/);
});
