import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { catalogue } from "@troupe/nodes";
import { describe, expect, it } from "vitest";
import { adapters } from "./adapters.js";

describe.each(Object.entries(adapters))("the adapter %s", (_, adapter) => {
  it("is the file that the index tells, a GGUF", () => {
    const bytes = readFileSync(adapter.file);
    expect(bytes.length).toBe(adapter.bytes);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(adapter.sha256);
    expect(bytes.subarray(0, 4).toString()).toBe("GGUF");
  });

  it("is for weights that the catalogue has, those and no others", () => {
    expect(catalogue[adapter.base]?.parts["model.gguf"]?.sha256).toBe(adapter.baseSha256);
  });
});
