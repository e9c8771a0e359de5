import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "@troupe/nodes";
import { afterEach, beforeEach, expect, it } from "vitest";
import { moduleCache } from "./module-cache.js";

const env = { ...process.env };
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "troupe-modules-"));
  process.env.TROUPE_CACHE = cache;
});
afterEach(async () => {
  process.env = { ...env };
  await rm(cache, { recursive: true, force: true });
});

it.skipIf(process.platform === "win32")(
  "what compiled modules are kept in is the user's own; what others may have put there is not run",
  async () => {
    const folder = join(cache, "modules");
    expect(moduleCache(cacheFolder)).toBe(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(folder, 0o777);
    expect(moduleCache(cacheFolder)).toBe(false);
    await chmod(folder, 0o700);
    await chmod(cache, 0o777);
    expect(moduleCache(cacheFolder)).toBe(false);
    process.env.TROUPE_CACHE = "/dev/null/nowhere";
    expect(moduleCache(cacheFolder)).toBe(false);
  },
);
