import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { project, zod } from "./fixtures/project.js";
import { bin, troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const cwd = project({
  "desk.ts": `
    import { specialist, team } from "@troupe/core";
    import { z } from ${JSON.stringify(zod)};
    console.log("printed while it loads");
    const text = z.object({ text: z.string() });
    const loud = specialist({
      name: "loud", does: "Writes a text in capitals", input: text, output: z.object({ loud: z.string() }),
      run: ({ text }) => { console.log("printed while it works"); return { loud: text.toUpperCase() }; },
    });
    export default team({ name: "desk", does: "Writes a text in capitals", planner: "typed", members: [loud], input: text, output: z.object({ loud: z.string() }) });
  `,
  "broken.ts": `export default { name: "broken", nodes: {}, edges: {}, state: {}, start: "none", input: [], output: [] };`,
});

describe("troupe mcp", () => {
  const client = new Client({ name: "test", version: "1" });
  beforeAll(async () => {
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [bin, "mcp", "desk.ts"], cwd, stderr: "ignore" }) as Transport,
    );
  }, 300_000);
  afterAll(() => client.close());

  it("offers a team to the official client over its pipes, whatever the team prints", async () => {
    expect((await client.listTools()).tools).toMatchObject([{ name: "desk", description: "Writes a text in capitals" }]);
    const answer = await client.callTool({ name: "desk", arguments: { text: "hello" } });
    expect(answer.structuredContent).toEqual({ loud: "HELLO" });
  });

  it("gives answers that are larger than a pipe holds", async () => {
    const text = "x".repeat(900_000);
    const answers = await Promise.all([1, 2, 3].map(() => client.callTool({ name: "desk", arguments: { text } })));
    for (const { structuredContent } of answers) expect((structuredContent as { loud: string }).loud).toHaveLength(900_000);
  });

  it("over HTTP says where, and ends with SIGTERM", async () => {
    const running = troupe(["mcp", "desk.ts", "--port", "0"], { cwd });
    let err = "";
    running.child.stderr!.on("data", (data) => {
      err += data;
    });
    await running.said("is offered at");
    const [url] = /http:\S+\/mcp/.exec(err)!;
    const far = new Client({ name: "test", version: "1" });
    await far.connect(new StreamableHTTPClientTransport(new URL(url)) as Transport);
    expect((await far.callTool({ name: "desk", arguments: { text: "hello" } })).structuredContent).toEqual({ loud: "HELLO" });
    await far.close();
    running.child.kill("SIGTERM");
    expect(await running).toMatchObject({ code: 143, out: "" });
  });

  it("ends when its input does, and says what it cannot offer", async () => {
    const running = troupe(["mcp", "desk.ts"], { cwd });
    running.child.stdin!.end();
    expect(await running).toMatchObject({ code: 0, out: "" });
    expect(await troupe(["mcp", "broken.ts"], { cwd })).toMatchObject({ code: 1, err: expect.stringContaining("GRAPH_INVALID") });
    expect(await troupe(["mcp", "desk.ts", "--port", "many"], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining("FLAG_VALUE"),
    });
  });
});
