import { execFile, execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import type { Database } from "libsql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { hashOfBytes } from "../media/bytes-store.js";
import { fileJournal } from "./file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-file-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether a disk of one's own can be made here. */
function mayMount(): boolean {
  try {
    execFileSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", tmpdir()], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const done = (text: string): RunRecord => ({ kind: "completed", at: "n", output: { text }, ms: 1, usage: [] });
const sqlite = async (file: string): Promise<Database> => new (await import("libsql")).default(file);

/** A journal's file with some threads of three records each. */
async function written(name: string, ...threads: readonly string[]): Promise<string> {
  const file = join(folder, name);
  const journal = fileJournal(file);
  for (const thread of threads) {
    const hold = await journal.hold(thread);
    for (const text of ["one", "two", "three"]) await hold.append(1, [done(text)]);
    await hold.release();
  }
  await journal.close();
  return file;
}

test("a folder is no journal, and a file in it is named", async () => {
  await expect(fileJournal(folder).threads()).rejects.toMatchObject({
    code: "JOURNAL_UNREADABLE",
    message: expect.stringMatching(/it is a folder .*\nName a file in it: .*journal\.db/),
  });
});

test.runIf(process.platform !== "win32")("a device or a pipe is no journal, and nothing is made beside it", async () => {
  const place = await mkdtemp(join(folder, "pipe-"));
  await promisify(execFile)("mkfifo", [join(place, "pipe")]);
  for (const file of ["/dev/null", join(place, "pipe")]) {
    const use = fileJournal(file).threads();
    await expect(use).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE", what: "The journal cannot be opened: it is no file" });
  }
  expect(await readdir(place)).toEqual(["pipe"]);
});

test("only an empty file is a new journal; any other that is no database stays as it was, and is named", async () => {
  const file = join(folder, "none.db");
  const head = "SQLite format 3\0";
  const bodies = [
    "x",
    "\0",
    "S",
    "ab",
    head.slice(0, 15),
    head,
    `${head}more`,
    ...[99, 100, 511, 512, 1024, 4096].map((n) => "\0".repeat(n)),
  ];
  for (const body of bodies) {
    await writeFile(file, body);
    for (const use of [() => fileJournal(file).hold("t"), () => fileJournal(file).threads()]) {
      await expect(use()).rejects.toMatchObject({
        code: "JOURNAL_UNREADABLE",
        what: "The journal cannot be opened: file is not a database",
        detail: { file, hint: expect.stringContaining("Name another file") },
      });
    }
    expect([body, await readFile(file, "utf8")]).toEqual([body, body]);
  }
  await writeFile(file, "");
  const journal = fileJournal(file);
  await (await journal.hold("t")).append(1, [done("one")]);
  expect(await journal.read("t")).toHaveLength(1);
  await journal.close();
});

test.runIf(process.platform === "linux")("a journal where the system makes no folder is refused, and waits for nothing", async () => {
  // In a process of its own: what hangs there would hang these tests.
  const script = `import { fileJournal } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
    await fileJournal("/proc/none/of/these.db").hold("t").catch((error) => console.log(error.code));
    process.exit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { timeout: 20_000 });
  expect(stdout.trim()).toBe("JOURNAL_UNREADABLE");
});

describe.runIf(process.platform !== "win32")("a journal is the user's own", () => {
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

  test("nobody else reads what it makes", async () => {
    const file = join(folder, "made/own.db");
    const journal = fileJournal(file);
    const hold = await journal.hold("t");
    await hold.append(1, [done("secret")]);
    const medium = await hold.store(Buffer.from("bytes"), hashOfBytes(Buffer.from("bytes")), "bin");
    for (const made of [file, `${file}-wal`, `${file}-shm`, medium]) expect([made, await mode(made)]).toEqual([made, "600"]);
    for (const made of [join(folder, "made"), `${file}.media`]) expect([made, await mode(made)]).toEqual([made, "700"]);
    await journal.close();
  });

  test.each(["", "-wal", "-shm", "-journal", ".media"])("a link in the place of journal.db%s is not followed", async (part) => {
    const place = await mkdtemp(join(folder, "link-"));
    const file = join(place, "journal.db");
    const prey = join(place, "prey");
    await (part === ".media" ? mkdir(prey) : writeFile(prey, ""));
    await symlink(prey, `${file}${part}`);
    const journal = fileJournal(file);
    for (const use of [() => journal.hold("t"), () => journal.read("t")]) {
      await expect(use()).rejects.toMatchObject({
        code: "JOURNAL_UNREADABLE",
        what: expect.stringContaining("link"),
        hint: expect.any(String),
      });
    }
    expect((await stat(prey)).size).toBe(part === ".media" ? (await stat(prey)).size : 0);
    expect(await readdir(place)).toEqual(expect.not.arrayContaining([part === "" ? "journal.db-wal" : "journal.db"]));
  });
});

describe("a damaged record is named", () => {
  test("whatever its bytes are, and the process lives on", async () => {
    const file = await written("bytes.db", "t");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (bytes) => {
        const db = await sqlite(file);
        db.exec(`UPDATE batches SET records = CAST(x'${Buffer.from(bytes).toString("hex")}' AS TEXT) WHERE seq = 2`);
        db.close();
        const journal = fileJournal(file);
        await expect(journal.read("t")).rejects.toMatchObject({
          code: "JOURNAL_BROKEN",
          what: "Record 2 of run 1 of thread t: damaged",
          detail: { file },
        });
        await journal.close();
      }),
      { numRuns: 20, examples: [[Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])], [Buffer.from("null")], [Buffer.from("7")]] },
    );
  });

  test.each([
    ["a number for a record", "UPDATE batches SET records = 7 WHERE seq = 2", /Record 2/],
    ["a name that is no text", "UPDATE threads SET thread = CAST(x'ff' AS TEXT)", /of thread \ufffd is damaged/],
  ])("as is %s", async (name, sql, what) => {
    const file = await written(`${name}.db`, "t");
    const db = await sqlite(file);
    db.exec(sql);
    db.close();
    const journal = fileJournal(file);
    const use = sql.includes("SET thread") ? journal.threads() : journal.read("t");
    await expect(use).rejects.toMatchObject({ code: "JOURNAL_BROKEN", what: expect.stringMatching(what) });
    await journal.close();
  });
});

test("while another has the file locked, everything else goes on, and what waits is written in order", async () => {
  const file = await written("locked.db", "t");
  const journal = fileJournal(file);
  const hold = await journal.hold("u");
  const other = await sqlite(file);
  other.exec("BEGIN EXCLUSIVE");
  // If a wait held up the thread, the lock would never be let go.
  const freed = new Promise((resolve) => setTimeout(() => resolve(other.exec("COMMIT")), 200));
  const appended = Promise.all(["a", "b", "c"].map((text) => hold.append(1, [done(text)])));
  await freed;
  expect((await appended).flat().map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect((await journal.read("u")).map((entry) => (entry as any).output.text)).toEqual(["a", "b", "c"]);
  other.close();
  await journal.close();
});

test("a file that is locked for too long cannot be opened or written, and can be later", { timeout: 60_000 }, async () => {
  const file = await written("stuck.db", "t");
  const other = await sqlite(file);
  other.exec("BEGIN IMMEDIATE");
  const journal = fileJournal(file);
  await expect(journal.hold("u")).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE", hint: expect.any(String) });
  other.exec("ROLLBACK");
  other.close();
  await (await journal.hold("u")).release();
  await journal.close();
});

test.runIf(process.platform === "linux")("what was open is the system's again once a journal is closed", async () => {
  const open = async () => {
    const links = await Promise.all((await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
    return links.filter((link) => link.startsWith(join(folder, "closed"))).length;
  };
  for (let i = 0; i < 10; i++) {
    const file = await written(`closed-${i}.db`, "t", "u");
    const journal = fileJournal(file);
    expect(await journal.read("t")).toHaveLength(3);
    expect(await journal.threads()).toHaveLength(2);
    expect(await open()).toBeGreaterThan(0);
    await journal.close();
    expect(await open()).toBe(0);
  }
});

describe.runIf(process.platform !== "win32")("a journal that lies where nothing can be written", () => {
  /** Runs some code as a user without the right to write there. */
  const asReader = async (file: string, code: string) => {
    const script = `import { fileJournal } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
      const journal = fileJournal(${JSON.stringify(file)});
      ${code}
      await journal.close();`;
    const nobody = process.getuid!() === 0 ? { uid: 65534, gid: 65534 } : {};
    const own = await mkdtemp(join(folder, "tmp-"));
    await chmod(own, 0o777);
    const env = { ...process.env, TMPDIR: own };
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd: "/", env, ...nobody });
    // The copy it was read from is gone.
    expect(await readdir(own)).toEqual([]);
    return JSON.parse(stdout);
  };

  test.each([false, true])("is read all the same, what is not yet in its one file too (%s), and not written", async (unfinished) => {
    const place = await mkdtemp(join(folder, "medium-"));
    const file = join(place, "journal.db");
    const journal = fileJournal(file);
    const hold = await journal.hold("t");
    await hold.append(1, [done("one")]);
    if (!unfinished) await journal.close();
    await chmod(folder, 0o755);
    for (const name of await readdir(place)) await chmod(join(place, name), 0o444);
    await chmod(place, 0o555);
    try {
      const found = await asReader(
        file,
        `const texts = (await journal.read("t")).map(({ output }) => output.text);
         const threads = (await journal.threads()).map(({ thread }) => thread);
         const refused = await journal.hold("t").catch((error) => error.code);
         console.log(JSON.stringify({ texts, threads, refused }));`,
      );
      expect(found).toEqual({ texts: ["one"], threads: ["t"], refused: "JOURNAL_UNWRITABLE" });
    } finally {
      await chmod(place, 0o755);
      await journal.close();
    }
  });

  test("and that is not there, says so", async () => {
    const place = await mkdtemp(join(folder, "medium-"));
    await chmod(folder, 0o755);
    await chmod(place, 0o555);
    const code = await asReader(
      join(place, "none.db"),
      `console.log(JSON.stringify(await journal.read("t").catch((error) => error.code)));`,
    );
    expect(code).toBe("JOURNAL_UNWRITABLE");
  });
});

describe.runIf(mayMount())("a journal on a full disk", () => {
  /** Runs some code beside a small disk of its own, which it fills with `fill()`. */
  const onSmallDisk = async (code: string) => {
    const disk = await mkdtemp(join(folder, "disk-"));
    const script = `import { fileJournal } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
      import { appendFileSync, rmSync } from "node:fs";
      const disk = ${JSON.stringify(disk)};
      const file = disk + "/journal.db";
      const fill = () => { try { for (;;) appendFileSync(disk + "/fill", Buffer.alloc(512)); } catch {} };
      const done = (text) => ({ kind: "completed", at: "n", output: { text }, ms: 1, usage: [] });
      const written = async (journal) => (await journal.hold("t")).append(1, [done("one".repeat(10_000))]);
      const read = async (journal) => (await journal.threads()).length + (await journal.read("t")).length;
      const hold = (journal) => journal.hold("u").then(() => "held", ({ message }) => message);
      const tell = (found) => console.log(JSON.stringify(found));
      ${code}`;
    const own = await mkdtemp(join(folder, "tmp-"));
    const mount = `mount -t tmpfs -o size=1m none '${disk}' && exec '${process.execPath}' --input-type=module -e "$CODE"`;
    const env = { ...process.env, TMPDIR: own, CODE: script };
    const { stdout } = await promisify(execFile)("unshare", ["-rm", "sh", "-c", mount], { env });
    expect(await readdir(own)).toEqual([]);
    return JSON.parse(stdout);
  };

  test("is read from a copy where it was closed, and written again once there is room", async () => {
    const found = await onSmallDisk(`
      const before = fileJournal(file);
      await written(before);
      await before.close();
      fill();
      const journal = fileJournal(file);
      const first = [await read(journal), await hold(journal)];
      rmSync(disk + "/fill");
      tell([...first, await read(journal), await hold(journal)]);
      await journal.close();`);
    const full = expect.stringMatching(/^The journal cannot be written: database or disk is full .*journal\.db\)\nMake room/);
    expect(found).toEqual([2, full, 2, "held"]);
  });

  test("gets smaller by a thread that is deleted, though there is much less room than that takes", async () => {
    const found = await onSmallDisk(`
      import { readFileSync, statSync, truncateSync } from "node:fs";
      for (const [thread, count] of [["t", 60], ["u", 20]]) {
        const before = fileJournal(file);
        const hold = await before.hold(thread);
        for (let i = 0; i < count; i++) await hold.append(1, [done((thread === "t" ? "secret" : "other") + "x".repeat(3000))]);
        await before.close();
      }
      fill();
      truncateSync(disk + "/fill", statSync(disk + "/fill").size - 90_000);
      const size = statSync(file).size;
      const journal = fileJournal(file);
      await journal.delete("t");
      await journal.close();
      tell([size - statSync(file).size > 150_000, readFileSync(file, "latin1").includes("secret"), (await journal.read("u")).length]);
      await journal.close();`);
    expect(found).toEqual([true, false, 20]);
  });

  test("is read as it is where another has it open, and closed without a word", async () => {
    const found = await onSmallDisk(`
      const other = fileJournal(file);
      await written(other);
      fill();
      const journal = fileJournal(file);
      tell([await read(journal)]);
      await journal.close();
      process.exit();`);
    expect(found).toEqual([2]);
  });
});

test.each([undefined, null, "", 5])("a path that is %j is refused", (path: any) => {
  expect(() => fileJournal(path)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});
