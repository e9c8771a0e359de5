import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appOf, type Specialist, specialist, team } from "@troupe/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Mcp, type McpOffer, mcp } from "./mcp.js";

const server = (name: string) => createRequire(import.meta.url).resolve(`@modelcontextprotocol/server-${name}/dist/index.js`);
const run = async (one: Specialist | undefined, request: object = {}) => (await appOf(one!).invoke({ request })).answer;

describe("the official server that has everything", () => {
  let everything: Mcp;
  let offer: McpOffer;
  beforeAll(async () => {
    everything = mcp({ name: "every", command: process.execPath, args: [server("everything")], readOnly: ["echo"] });
    offer = await everything.offer();
  });
  afterAll(() => everything.close());

  it("offers its tools as specialists, which have effects unless they are said to read only", () => {
    expect(Object.keys(offer.tools)).toEqual(expect.arrayContaining(["echo", "get-sum", "get-structured-content", "get-tiny-image"]));
    expect(offer.tools.echo).toMatchObject({ name: "every_echo", does: "Echoes back the input string" });
    expect(offer.tools.echo?.effects).toBeUndefined();
    expect(offer.tools["get-sum"]?.effects).toBe(true);
    expect(offer.issues).toEqual([]);
  });

  it("answers with text", async () => {
    expect(await run(offer.tools["get-sum"], { a: 2, b: 40 })).toMatchObject({
      text: expect.stringContaining("42"),
      images: [],
      links: [],
    });
  });

  it("holds what a tool is given to its schema", async () => {
    await expect(run(offer.tools["get-sum"], { a: "two", b: 40 })).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });

  it("gives the fields that a tool declares", async () => {
    const answer = await run(offer.tools["get-structured-content"], { location: "New York" });
    expect(answer).toEqual({ temperature: expect.any(Number), conditions: expect.any(String), humidity: expect.any(Number) });
  });

  it("gives pictures as media, and links as they are", async () => {
    const { images } = await run(offer.tools["get-tiny-image"]);
    expect(images).toEqual([{ path: expect.any(String), type: "image/png", hash: expect.stringMatching(/^sha256:/) }]);
    const { links } = (await run(offer.tools["get-resource-links"], { count: 2 })) as { links: { uri: string }[] };
    expect(links).toHaveLength(2);
    const read = await run(offer.read, { uri: links[0]!.uri });
    expect([read.text, read.files].flat().join("")).not.toBe("");
  });

  it("tells progress as events", async () => {
    const heard: unknown[] = [];
    const app = appOf(offer.tools["trigger-long-running-operation"]!);
    for await (const event of app.events({ request: { duration: 0.4, steps: 4 } })) {
      if (event.kind === "progress") heard.push(event.part);
    }
    // The last one comes together with the answer.
    expect(heard.slice(0, 3)).toEqual([0.25, 0.5, 0.75]);
  });

  it("offers its prompts and resources", async () => {
    const said = await run(offer.prompts["args-prompt"], { city: "Bergen" });
    expect(said).toMatchObject({
      text: expect.stringContaining("Bergen"),
      messages: [{ role: "user", text: expect.stringContaining("Bergen") }],
    });
    const [uri] = Object.keys(offer.resources).filter((one) => !one.includes("{"));
    expect((await run(offer.resources[uri!])).text).not.toBe("");
    const [template] = Object.keys(offer.resources).filter((one) => /text.*\{/.test(one));
    expect((await run(offer.resources[template!], { resourceId: "3" })).text).toContain("Resource 3");
  });

  it("says what the server refuses", async () => {
    const [template] = Object.keys(offer.resources).filter((one) => /text.*\{/.test(one));
    await expect(run(offer.resources[template!], { resourceId: "none" })).rejects.toMatchObject({ code: "MCP_REFUSED" });
  });
});

describe("a team", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "troupe-files-")));
    await writeFile(join(folder, "note.txt"), "The pump is repaired.");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has the tools of several servers for members, and reads files with the official one within its folder", async () => {
    const files = mcp({ name: "files", command: process.execPath, args: [server("filesystem"), folder], readOnly: ["read_text_file"] });
    const memory = mcp({
      name: "memory",
      command: process.execPath,
      args: [server("memory")],
      env: { MEMORY_FILE_PATH: join(folder, "memory.jsonl") },
      readOnly: ["read_graph"],
    });
    const [{ tools }, remembered] = await Promise.all([files.offer(), memory.offer()]);
    const loud = specialist({
      name: "loud",
      does: "Writes a content in capitals",
      input: z.object({ content: z.string() }),
      output: z.object({ loud: z.string() }),
      run: ({ content }) => ({ loud: content.toUpperCase() }),
    });
    const desk = (does: string) =>
      team({
        name: "desk",
        does,
        planner: "typed",
        members: [tools.read_text_file!, loud, tools.write_file!, remembered.tools.read_graph!],
        input: z.object({ path: z.string() }),
        output: z.object({ loud: z.string() }),
      });
    const path = join(folder, "note.txt");
    expect(await run(desk("Reads a text file and gives its content in capitals"), { path })).toEqual({ loud: "THE PUMP IS REPAIRED." });
    // To write the content may be to write it into a file: what acts on the world is not done on a guess.
    const unsure = run(desk("Reads a text file and writes its content in capitals"), { path });
    await expect(unsure).rejects.toThrow("files_write_file would act on the world");
    await expect(run(tools.read_text_file, { path: "/etc/passwd" })).rejects.toMatchObject({ code: "MCP_TOOL_FAILED" });
    expect(
      await run(remembered.tools.create_entities, { entities: [{ name: "pump", entityType: "machine", observations: ["repaired"] }] }),
    ).toMatchObject({ entities: [{ name: "pump" }] });
    expect(await run(remembered.tools.read_graph)).toMatchObject({ entities: [{ name: "pump", observations: ["repaired"] }] });
    expect(await readFile(join(folder, "memory.jsonl"), "utf8")).toContain("pump");
    await Promise.all([files.close(), memory.close()]);
  });
});
