import { existsSync } from "node:fs";
import { limitsOf, trustOf } from "@troupe/core";
import { expect, it } from "vitest";
import { repository } from "./repository.fixture.js";
import { repositoryCopy } from "./repository-copy.js";

it("takes one listener of the process for all copies that stand at once", async () => {
  const folder = repository({ "a.txt": "a" });
  const how = () => ({ limits: limitsOf(), trust: trustOf({ folders: [folder] }), signal: new AbortController().signal });
  const before = process.listenerCount("exit");
  const copies = await Promise.all(Array.from({ length: 12 }, () => repositoryCopy(folder, how())));
  expect(process.listenerCount("exit") - before).toBeLessThanOrEqual(1);
  await Promise.all(copies.map((copy) => copy.remove()));
  expect(process.listenerCount("exit")).toBe(before);
  expect(copies.filter((copy) => existsSync(copy.folder))).toEqual([]);
});
