import { expect, it } from "vitest";
import { withoutFiles } from "../child/without-files.fixture.js";

it.skipIf(process.platform === "win32")("tells that Python does not start where no more files can be opened", async () => {
  const stdout = await withoutFiles(
    new URL("./watched-python.ts", import.meta.url),
    `const python = it.watchedPython("python3", ["-c", ""], () => {});
    python.keepAlive(true);
    python.stdin.end("{}");
    await python.gone.catch(({ code, message }) => console.log(code, message));
    python.kill();`,
  );
  expect(stdout).toMatch(/^PYTHON_MISSING Python does not start: python3 \(EMFILE\)\nThis process has as many files open/);
});
