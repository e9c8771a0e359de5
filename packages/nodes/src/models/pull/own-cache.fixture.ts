import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { pull } from "./pull.js";

/** Gives each test of a file a cache of its own, and no hub; `smol` is a model file in the user's, which is filled once. */
export function ownCache(hand: (own: { smol: string; cache: string }) => void): void {
  const kept = { ...process.env };
  let smol: string;
  let cache: string;
  beforeAll(async () => {
    smol = (await pull("smollm2-135m")).path;
  }, 300_000);
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "troupe-pull-"));
    process.env.TROUPE_CACHE = cache;
    process.env.HF_HUB_OFFLINE = "1";
    hand({ smol, cache });
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    process.env = { ...kept };
    await rm(cache, { recursive: true, force: true });
  });
}
