import { describe, expect, it, vi } from "vitest";
import { oneSpecialist, project } from "./fixtures/project.js";
import { bin, troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

/** Gives back what it was given. */
const echo = (fields: string) => oneSpecialist(fields, "{ got: z.any() }", "(input) => ({ got: input })");
const given = async (cwd: string, ...flags: string[]) => {
  const { code, out, err } = await troupe(["run", "one.mjs", ...flags], { cwd });
  return code === 0 ? JSON.parse(out.replace(/^got:/, "")) : err;
};

describe("a value on the command line", () => {
  it("is what its field's schema takes: text where it takes text and not what the value would be as JSON", async () => {
    const cwd = project({
      "one.mjs": echo(`{
        phone: z.string().nullable(), zip: z.string().optional(), either: z.union([z.string(), z.number()]),
        level: z.union([z.literal("1"), z.literal(2)]), flag: z.union([z.boolean(), z.string()]), none: z.string().nullable(),
        label: z.enum(["5", "6"]).nullable(), list: z.array(z.string()).nullable(), quoted: z.string().nullable(), whole: z.int().nullable(),
      }`),
    });
    const flags = {
      phone: "5551234567",
      zip: "0123",
      either: "12",
      level: "1",
      flag: "true",
      none: "null",
      label: "5",
      list: '["a"]',
      quoted: '"hi"',
      whole: "7",
    };
    expect(await given(cwd, ...Object.entries(flags).flatMap(([name, value]) => ["--input", `${name}=${value}`]))).toEqual({
      ...{ phone: "5551234567", zip: "0123", either: 12, level: "1", flag: true, none: null },
      ...{ label: "5", list: ["a"], quoted: '"hi"', whole: 7 },
    });
  });
});

describe("a file of the input", () => {
  const text = "Grüße, 日本";
  const utf16 = (littleEndian: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
    return littleEndian ? bytes : bytes.swap16();
  };
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

  it("is text in UTF-8 or, with its mark, UTF-16; a mark is no part of it", async () => {
    const cwd = project({
      "one.mjs": echo("{ note: z.string() }"),
      "plain.txt": text,
      "marked.txt": `\ufeff${text}`,
      "le.txt": utf16(true),
      "be.txt": utf16(false),
      "marked.json": `\ufeff${JSON.stringify({ note: text })}`,
      "le.json": Buffer.from(`\ufeff${JSON.stringify({ note: text })}`, "utf16le"),
    });
    for (const file of ["plain.txt", "marked.txt", "le.txt", "be.txt"])
      expect(await given(cwd, "--input", `note=@${file}`)).toEqual({ note: text });
    for (const file of ["marked.json", "le.json"]) expect(await given(cwd, "--input-file", file)).toEqual({ note: text });
  });

  it("that is not there is said not to be", async () => {
    const cwd = project({ "one.mjs": echo("{ note: z.string() }") });
    expect(await given(cwd, "--input-file", "none.json")).toMatch(/^INPUT_UNREADABLE: A file of the input is not there .*none\.json/);
  });

  it("that holds no text is refused, and it is said why", async () => {
    const cwd = project({
      "one.mjs": echo("{ note: z.string() }"),
      "picture.png": png,
      "zeros.txt": "a\0b",
      "unmarked.txt": Buffer.from(text, "utf16le"),
      "latin.txt": Buffer.from("Grüße", "latin1"),
      "half.txt": Buffer.from([0xff, 0xfe, 0x41]),
    });
    for (const file of ["picture.png", "zeros.txt", "unmarked.txt", "latin.txt", "half.txt"]) {
      for (const flags of [
        ["--input", `note=@${file}`],
        ["--input-file", file],
      ]) {
        const err = await given(cwd, ...flags);
        expect(err).toMatch(/^INPUT_UNREADABLE: .*(no text|not text)/);
        expect(err).toContain(file);
      }
    }
  });

  it("that JSON would lose something of is refused with the line, and so is such a value", async () => {
    const cwd = project({
      "one.mjs": echo(
        "{ note: z.string(), more: z.any().optional(), n: z.number().optional(), id: z.union([z.string(), z.number()]).optional() }",
      ),
      "twice.json": '{\n"note": "a",\n"more": {"note": "b"},\n"note": "c"\n}',
      "inside.json": '{"note": "a", "more": [{"x": 1, "x": 2}]}',
      "long.json": '{"note": "a",\n"n": 12345678901234567890}',
      "rows.jsonl": '{"state": {"a": 1, "a": 2}}',
    });
    expect(await given(cwd, "--input-file", "twice.json")).toMatch(/^INPUT_UNREADABLE: The key "note" stands twice .*twice\.json:4/);
    expect(await given(cwd, "--input-file", "inside.json")).toMatch(/^INPUT_UNREADABLE: The key "x" stands twice .*inside\.json:1/);
    expect(await given(cwd, "--input-file", "long.json")).toMatch(
      /^INPUT_UNREADABLE: The number 12345678901234567890 has more .*long\.json:2/,
    );
    expect(await given(cwd, "--input", "note=a", "--input", "n=12345678901234567890")).toMatch(/^INPUT_UNREADABLE: --input n: The number/);
    expect(await given(cwd, "--input", "note=a", "--input", 'more={"a":1,"a":2}')).toMatch(/^INPUT_UNREADABLE: --input more: The key "a"/);
    const id = "12345678901234567890";
    expect(await given(cwd, "--input", `note=${id}`, "--input", `id=${id}`)).toEqual({ note: id, id });
  });

  it("is stdin where it is called -", async () => {
    const cwd = project({ "one.mjs": echo("{ note: z.string() }") });
    const running = troupe(["run", "one.mjs", "--input-file", "-"], { cwd });
    running.child.stdin!.end(JSON.stringify({ note: text }));
    const { code, out } = await running;
    expect({ code, got: JSON.parse(out.replace(/^got:/, "")) }).toEqual({ code: 0, got: { note: text } });
    const { execFileSync } = await import("node:child_process");
    expect(() =>
      execFileSync(process.execPath, [bin, "run", "one.mjs", "--input-file", "-"], { cwd, input: "no JSON", stdio: "pipe" }),
    ).toThrow(/INPUT_UNREADABLE/);
  });
});
