import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { appOf, type CompileOptions, type RunOptions } from "@troupe/core";
import { describe, expect, it } from "vitest";
import { isAlive } from "../child/is-alive.fixture.js";
import { until } from "../child/until.fixture.js";
import { type CodingAgentOptions, codingAgent } from "./coding-agent.js";
import { inRepository, repository } from "./repository.fixture.js";

// Its own folder for temporary files: what is left there is left by this.
process.env.TMPDIR = mkdtempSync(join(tmpdir(), "troupe-coding-"));
const agent = fileURLToPath(new URL("./fixtures/agent.js", import.meta.url));
const files = { "src/add.js": "export const add = (a, b) => a - b;\n", "README.md": "Adds.\n", ".gitignore": "secret\n" };

interface Asked extends Partial<CodingAgentOptions> {
  readonly diff?: string;
  readonly run?: CompileOptions;
  readonly options?: Partial<RunOptions>;
}
/** What the agent gives for a task in a repository. */
async function coded(folder: string, task: string, { diff, run = {}, options, ...more }: Asked = {}): Promise<any> {
  const coder = codingAgent({ command: process.execPath, args: [agent], ...more });
  const app = appOf(coder, { trust: { folders: [folder] }, ...run });
  return (await app.invoke({ request: { task, repository: folder, ...(diff === undefined ? {} : { diff }) } }, options)).answer;
}
const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith("troupe-copy-"));

describe("a coding agent", () => {
  it("works in a copy, and what it changed comes back as a patch that applies", async () => {
    const folder = repository(files);
    const before = copies();
    const { diff, ...rest } = await coded(folder, "write src/add.js export const add = (a, b) => a + b;\nwrite new.txt new\nsay It adds.");
    expect(rest).toEqual({
      files: [
        { path: "new.txt", change: "added" },
        { path: "src/add.js", change: "changed" },
      ],
      said: "It adds.",
      finished: true,
      denied: [],
    });
    expect(inRepository(folder, "status", "--porcelain")).toBe("");
    expect(copies()).toEqual(before);
    writeFileSync(join(folder, "change.patch"), diff);
    inRepository(folder, "apply", "change.patch");
    expect(readFileSync(join(folder, "src/add.js"), "utf8")).toBe("export const add = (a, b) => a + b;\n");
  });

  it("sees the repository as it lies there, without what git ignores or keeps for itself", async () => {
    const folder = repository(files);
    writeFileSync(join(folder, "secret"), "key");
    writeFileSync(join(folder, "draft.md"), "Draft.");
    writeFileSync(join(folder, "README.md"), "Changed.\n");
    const { said, diff } = await coded(folder, "read draft.md\nread README.md\nread secret\nread .git/config");
    expect(said).toMatch(/^read draft.md: Draft.\nread README.md: Changed.\nread secret: refused.*\nread .git\/config: refused/);
    expect(diff).toBe("");
  });

  it("begins with changes that it is given, and gives them too", async () => {
    const folder = repository(files);
    const { diff } = await coded(folder, "write src/add.js export const add = (a, b) => a + b;");
    const again = await coded(folder, "read src/add.js\nwrite README.md Adds well.", { diff });
    expect(again.said).toContain("a + b");
    expect(again.files.map(({ path }: { path: string }) => path)).toEqual(["README.md", "src/add.js"]);
    await expect(coded(folder, "say x", { diff: diff.replace("a - b", "a * b") })).rejects.toMatchObject({ code: "DIFF_INVALID" });
  });

  it("changes files of any bytes, and takes a folder in a repository for one", async () => {
    const folder = repository({
      "inner/old.txt": Buffer.from("caf\xe9\n", "latin1"),
      "outer.txt": "outer\n",
    });
    const { diff, files: changed } = await coded(join(folder, "inner"), "bytes old.txt 63e90a\nbytes new.bin 00ff00ff\nread ../outer.txt", {
      run: { trust: { folders: [folder] } },
    });
    expect(changed).toEqual([
      { path: "new.bin", change: "added" },
      { path: "old.txt", change: "changed" },
    ]);
    execFileSync("git", ["apply", "--directory=inner", "-"], { cwd: folder, input: diff });
    expect(readFileSync(join(folder, "inner/old.txt"))).toEqual(Buffer.from("63e90a", "hex"));
    expect(readFileSync(join(folder, "inner/new.bin"))).toEqual(Buffer.from("00ff00ff", "hex"));
  });

  it("takes what it made in repositories of its own for files like any other", async () => {
    const { files: changed } = await coded(repository(files), "git .\ngit lib\nwrite lib/a.js a\nwrite .git/hooks/x x");
    expect(changed).toEqual([{ path: "lib/a.js", change: "added" }]);
  });

  it("is given no key of the environment but its own", async () => {
    process.env.SECRET_KEY = "hidden";
    const { said } = await coded(repository(files), "env", { env: { ITS_KEY: "given" } });
    delete process.env.SECRET_KEY;
    expect(JSON.parse(said)).toMatchObject({ ITS_KEY: "given" });
    expect(said).not.toContain("hidden");
  });

  it("tells when it came to a bound of its own", async () => {
    expect(await coded(repository(files), "write a.txt a\nbound")).toMatchObject({ finished: false, files: [{ path: "a.txt" }] });
  });
});

describe("its questions", () => {
  it("are answered with yes where they stay in the copy, and with no where they leave it", async () => {
    const folder = repository(files);
    const { said, denied } = await coded(
      folder,
      "ask edit src/add.js\nask read README.md src\nask edit ../x\nask edit src/../../x\nask read /etc/passwd\nask edit src/add.js /tmp/x\nask execute .\nask fetch\nask edit\nask think",
    );
    expect(said.split("\n").map((line: string) => line.split(": ").at(-1))).toEqual([
      "yes",
      "yes",
      "no",
      "no",
      "no",
      "no",
      "no",
      "no",
      "no",
      "yes",
    ]);
    expect(denied.map(({ act }: { act: string }) => act)).toEqual(["edit", "edit", "read", "edit", "execute", "fetch", "edit"]);
  });

  it("are about the calls that were announced, where they say nothing themselves", async () => {
    const { said, denied } = await coded(
      repository(files),
      [
        "tell one edit src/add.js",
        "tell one edit ../x",
        "tell all edit src/add.js read README.md",
        "tell all edit src/add.js execute .",
        "tell all edit src/add.js edit /etc/passwd",
        "tell all read README.md",
        "tell all",
      ].join("\n"),
    );
    expect(said.split("\n").map((line: string) => line.split(": ").at(-1))).toEqual(["yes", "no", "yes", "no", "no", "yes", "no"]);
    expect(denied.map(({ act }: { act: string }) => act)).toEqual(["edit", "execute", "edit", "other"]);
  });

  it("are answered by a policy, the first rule that fits", async () => {
    const policy = [
      { answer: "deny", in: ["package.json", "src/locked"] },
      { answer: "allow", acts: ["edit"], in: ["src/", "package.json"] },
      { answer: "allow", acts: ["execute"] },
    ] as const;
    const { said } = await coded(
      repository({ ...files, "package.json": "{}" }),
      "ask edit src/add.js\nask edit src/locked/a.js\nask edit package.json\nask edit srcs/a.js\nask read src/add.js\nask execute\nsave package.json x\nsave src/b.js b",
      { policy },
    );
    expect(said.split("\n").map((line: string) => line.split(": ")[1])).toEqual([
      "yes",
      "no",
      "no",
      "no",
      "no",
      "yes",
      expect.stringMatching(/^refused, It is not allowed/),
      "done",
    ]);
  });
});

describe("a hostile agent", () => {
  it("reads and writes nothing outside through the client: by path, by .., by links to files, folders and nothing", async () => {
    const folder = repository(files);
    const outside = repository({ "secret.txt": "key\n" });
    const { said, denied } = await coded(
      folder,
      [
        `save ${outside}/made.txt x`,
        `save ../../made-${process.pid}.txt x`,
        `read ${outside}/secret.txt`,
        `link src/out ${outside}`,
        "read src/out/secret.txt",
        "save src/out/made.txt x",
        `link src/file ${outside}/secret.txt`,
        "save src/file x",
        `link src/nothing ${outside}/made.txt`,
        "save src/nothing x",
        "write .gitignore src/out",
        "say tried",
      ].join("\n"),
    ).catch((error) => ({ said: error.code, denied: error.what }));
    expect(said).toBe("DIFF_INVALID");
    expect(denied).toMatch(/link that leads out of the repository: src\/(out|file|nothing) to/);
    expect(readdirSync(outside)).toEqual([".git", "secret.txt"]);
    expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("key\n");
    expect(existsSync(join(tmpdir(), `made-${process.pid}.txt`))).toBe(false);
  });

  it("is refused each time, and the run says so", async () => {
    const outside = join(mkdtempSync(join(tmpdir(), "outside-")), "made.txt");
    const { said, denied } = await coded(repository(files), `read /etc/passwd\nread ../../../../etc/passwd\nsave ${outside} x`);
    expect(said.match(/refused/g)).toHaveLength(3);
    expect(denied).toHaveLength(3);
    expect(existsSync(outside)).toBe(false);
  });

  it("takes no links out of a repository in, and cannot have one outside of trust", async () => {
    const folder = repository(files);
    const outside = repository({ "secret.txt": "key\n" });
    symlinkSync(outside, join(folder, "out"));
    symlinkSync("src/add.js", join(folder, "short.js"));
    const { said } = await coded(folder, "read out/secret.txt\nread short.js");
    expect(said).toMatch(/read out\/secret.txt: refused.*\nread short.js: export/);
    await expect(coded(outside, "say x", { run: { trust: { folders: [folder] } } })).rejects.toMatchObject({ code: "REPOSITORY_INVALID" });
    await expect(coded(join(folder, "out"), "say x", { run: { trust: { folders: [folder] } } })).rejects.toMatchObject({
      code: "REPOSITORY_INVALID",
    });
  });

  it("makes no link out by the changes to begin with", async () => {
    const diff =
      "diff --git a/out b/out\nnew file mode 120000\n--- /dev/null\n+++ b/out\n@@ -0,0 +1 @@\n+/etc\n\\ No newline at end of file\n";
    await expect(coded(repository(files), "say x", { diff })).rejects.toMatchObject({ code: "DIFF_INVALID" });
    await expect(
      coded(repository(files), "say x", { diff: diff.replaceAll("b/out", "b/../out").replaceAll("a/out", "a/../out") }),
    ).rejects.toMatchObject({ code: "DIFF_INVALID" });
  });

  it("cannot talk without end", async () => {
    await expect(coded(repository(files), "flood")).rejects.toMatchObject({ code: "LIMIT_CROSSED" });
    await expect(
      coded(repository(files), `write a.txt ${"x".repeat(3000)}`, {
        run: { limits: { characters: 2000 }, trust: { folders: [tmpdir()] } },
      }),
    ).rejects.toMatchObject({ code: "LIMIT_CROSSED" });
  });
});

describe("an agent", () => {
  it.each([
    ["AGENT_UNREACHABLE", { command: "no-such-agent" }, "say x", /ENOENT/],
    ["AGENT_UNREACHABLE", { args: [agent, "broken"] }, "say x", /exit code 5: log in first/],
    ["AGENT_GONE", {}, "die", /exit code 9: out of luck/],
    ["AGENT_FAILED", {}, "fail", /no model is set/],
    ["AGENT_FAILED", {}, "refuse", /declines/],
  ])("that fails is %s", async (code, more, task, what) => {
    await expect(coded(repository(files), task, more)).rejects.toMatchObject({ code, what: expect.stringMatching(what) });
  });

  it("ends with an abort and with its time, with all that it started, and leaves no copy", async () => {
    for (const how of ["abort", "timeout"] as const) {
      const folder = repository(files);
      const before = copies();
      const note = join(repository({ a: "a" }), "note");
      const abort = new AbortController();
      const more = how === "abort" ? { options: { signal: abort.signal } } : { timeout: 1500 };
      const working = coded(folder, `run ${note}\nhang`, more);
      working.catch(() => undefined);
      const pids = await until(() => readFileSync(note, "utf8").split(" ").map(Number));
      if (how === "abort") abort.abort();
      await expect(working).rejects.toThrow();
      for (const pid of pids) await until(() => !isAlive(pid));
      await until(() => copies().length === before.length);
    }
  });

  it("works on nothing that is no repository", async () => {
    const folder = join(repository({ a: "a" }), ".git", "plain");
    mkdirSync(folder);
    await expect(coded(folder, "say x", { run: { trust: { folders: [folder] } } })).rejects.toMatchObject({ code: "REPOSITORY_INVALID" });
    await expect(coded(join(folder, "none"), "say x", { run: { trust: { folders: [folder] } } })).rejects.toMatchObject({
      code: "REPOSITORY_INVALID",
    });
  });
});
