import { expect, it } from "vitest";
import { withoutPaths } from "./without-paths.js";

it.each([
  ["ENOENT: no such file or directory, open '/srv/app/orders/17.json'", "ENOENT: no such file or directory, open '17.json'"],
  ["look threw (graph g, at look, /srv/app/desk.ts:12:5)", "look threw (graph g, at look, desk.ts:12:5)"],
  ["at file:///home/ann/desk.mjs:3", "at desk.mjs:3"],
  ["EPERM: open C:\\\\Users\\\\ann\\\\a.txt".replaceAll("\\\\", "\\"), "EPERM: open a.txt"],
  ["Trusted is /srv/uploads, /home/ann/", "Trusted is uploads, …"],
  ["ask https://host.example/v1/messages?a=/b and/or 3/4 of a/b/c", "ask https://host.example/v1/messages?a=/b and/or 3/4 of a/b/c"],
  ["the order 17 is not there", "the order 17 is not there"],
])("%s", (text, told) => expect(withoutPaths(text)).toBe(told));
