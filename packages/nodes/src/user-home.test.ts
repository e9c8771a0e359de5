import { userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { cacheDir } from "./models/cache-dir.js";
import { pathOf } from "./models/llamacpp/weights-file.js";

afterEach(() => vi.unstubAllEnvs());

it("is the system's where the variable that names it is empty, and never the working directory", () => {
  const { homedir } = userInfo();
  vi.stubEnv("HOME", "");
  vi.stubEnv("TROUPE_CACHE", "");
  vi.stubEnv("XDG_CACHE_HOME", "");
  expect(cacheDir()).toBe(join(homedir, ".cache", "troupe"));
  expect(pathOf("~/weights.gguf")).toBe(join(homedir, "weights.gguf"));
});
