import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { appOf } from "@troupe/core";
import { afterAll, expect, it, vi } from "vitest";
import { mcp } from "./mcp.js";

/** Whether the server's end is told at once. */
let told = true;
// Between a server's end and that all of it is gone lie some milliseconds: here, half a second.
vi.mock("../child/guarded-child.js", async (original) => {
  const { guardedChild } = await original<typeof import("../child/guarded-child.js")>();
  return {
    guardedChild: (...args: Parameters<typeof guardedChild>) => {
      const child = guardedChild(...args);
      return { ...child, ended: () => told && child.ended(), gone: child.gone.then(async (how) => setTimeout(500, how)) };
    },
  };
});

const script = fileURLToPath(new URL("./fixtures/ill-server.js", import.meta.url));
const server = mcp({ name: "ill", command: process.execPath, args: [script, "", join("/nowhere", "note")] });
afterAll(() => server.close());

it.each([true, false])(
  "a request to a server that has just ended goes to the one that is started in its place (told so: %s)",
  async (isTold) => {
    told = isTold;
    const { tools } = await server.offer();
    const run = async (name: string) => (await appOf(tools[name]!).invoke({ request: {} })).answer;
    expect((await run("count")).text).toBe("1");
    const dying = expect(run("die")).rejects.toMatchObject({ code: "MCP_GONE" });
    await setTimeout(250);
    expect((await run("count")).text).toBe("1");
    await dying;
    await server.close();
  },
);
