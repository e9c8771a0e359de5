import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { oneSpecialist, project, zod } from "./fixtures/project.js";
import { troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

/** An OpenAI-compatible server that answers with the name of the model that was asked. */
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  response.writeHead(200, { "content-type": "text/event-stream" });
  const { model } = JSON.parse(body);
  const delta = { role: "assistant", content: model };
  response.write(`data: ${JSON.stringify({ id: "1", model, choices: [{ index: 0, delta, finish_reason: "stop" }] })}\n\n`);
  response.end("data: [DONE]\n\n");
});
let name: (model: string) => string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  name = (model) => `openai:${model}@http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => server.close());

/** Asks the role it is told to. */
const asker = oneSpecialist(
  "{ role: z.string() }",
  "{ said: z.string() }",
  'async ({ role }, ctx) => ({ said: (await ctx.generate({ model: role, prompt: "Who?" })).text })',
);

describe("any role", () => {
  it("is bound on the command line, and by name again when the run is resumed", async () => {
    const cwd = project({ "one.mjs": asker });
    const bind = ["--bind", `judge=${name("strict")}`, "--bind", `default=${name("plain")}`];
    const asked = await Promise.all(
      ["judge", "default"].map((role) => troupe(["run", "one.mjs", "--input", `role=${role}`, "--thread", role, ...bind], { cwd })),
    );
    expect(asked.map(({ out }) => out)).toEqual(["said: strict\n", "said: plain\n"]);
    const unbound = await troupe(["run", "one.mjs", "--input", "role=jury", "--thread", "t"], { cwd });
    expect(unbound).toMatchObject({ code: 1, err: expect.stringMatching(/MODEL_UNBOUND[\s\S]*--bind/) });
    const resumed = await troupe(["resume", "t", "--bind", `jury=${name("fair")}`], { cwd });
    expect(resumed).toMatchObject({ code: 0, out: "said: fair\n" });
  });

  it("is told what is wrong with how it was bound", async () => {
    const cwd = project({ "one.mjs": asker });
    for (const wrong of ["judge", "=openai:x", "judge="]) {
      const { code, err } = await troupe(["run", "one.mjs", "--input", "role=judge", "--bind", wrong], { cwd });
      expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/^FLAG_VALUE: --bind /) });
    }
  });
});

describe("troupe.config.ts", () => {
  const config = (more = "") => `
import type { Config } from "@troupe/cli";
import { model } from "@troupe/nodes";
export default {
  models: { judge: ${JSON.stringify(name("strict"))}, default: model(${JSON.stringify(name("plain"))}) },
  services: { greet: (who: string) => "hello " + who },
  limits: { seconds: 5 },
  trust: { hosts: ["files.internal"] },
  journal: "runs/all.db",
  ${more}
} satisfies Config;
`;

  it("gives models, services, limits, trust and the journal to run and resume; flags come before it", async () => {
    const looks = oneSpecialist(
      "{ role: z.string() }",
      "{ said: z.string(), hosts: z.array(z.string()), seconds: z.number() }",
      `async ({ role }, ctx) => {
        if (role === "late" && !existsSync("ready")) { writeFileSync("ready", ""); throw new Error("not yet"); }
        const { text } = await ctx.generate({ model: role === "late" ? "judge" : role, prompt: "?" });
        return { said: ctx.services.greet(text), hosts: [...ctx.trust.hosts], seconds: ctx.limits.seconds };
      }`,
      'import { existsSync, writeFileSync } from "node:fs";',
    );
    const cwd = project({ "one.mjs": looks, "troupe.config.ts": config() });
    const run = (...more: string[]) => troupe(["run", "one.mjs", ...more], { cwd });
    const said = ({ out }: { out: string }) => /said: (.*)/.exec(out)?.[1];
    const first = await run("--input", "role=judge");
    expect(first.code).toBe(0);
    expect(said(first)).toBe("hello strict");
    expect(first.out).toMatch(/files\.internal[\s\S]*seconds: 5/);
    expect(first.err).toMatch(/ resume one-\w+ --journal runs\/all\.db\n|resume one-\w+\n/);
    expect(said(await run("--input", "role=judge", "--bind", `judge=${name("mild")}`))).toBe("hello mild");
    expect(said(await run("--input", "role=default"))).toBe("hello plain");
    expect((await run("--input", "role=late", "--thread", "late")).code).toBe(1);
    const resumed = await troupe(["resume", "late"], { cwd });
    expect({ code: resumed.code, said: said(resumed) }).toEqual({ code: 0, said: "hello strict" });
  });

  it("is refused, by the name of what is wrong, where it says what nobody knows", async () => {
    const cwd = project({ "one.mjs": asker });
    const { writeFileSync } = await import("node:fs");
    for (const [text, says] of [
      ["export default { modles: {} };", /OPTION_INVALID: config\.modles[\s\S]*models/],
      ["export default { limits: { pixel: 1 } };", /OPTION_INVALID: limits\.pixel/],
      ["export const models = {};", /CONFIG_INVALID: .*default/],
      ["export default { models: { judge: 7 } };", /OPTION_INVALID: models\.judge/],
      ["export default { journal: {} };", /OPTION_INVALID: config\.journal/],
      ["throw new Error('sick');", /FILE_FAILED: .*sick[\s\S]*troupe\.config\.ts/],
    ] as const) {
      writeFileSync(`${cwd}/troupe.config.ts`, text);
      const { code, err } = await troupe(["run", "one.mjs", "--input", "role=judge"], { cwd });
      expect(code).toBeGreaterThan(0);
      expect(err).toMatch(says);
    }
  });
});

it("a module's imports are resolved as its tsconfig says", async () => {
  const cwd = project({
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }',
    "src/words.ts": 'export const word: string = "found";\n',
    "graphs/one.ts": `
import { specialist } from "@troupe/core";
import { z } from ${JSON.stringify(zod)};
import { word } from "@app/words";

export default specialist({ name: "one", does: "x", input: z.object({}), output: z.object({ said: z.string() }), run: () => ({ said: word }) });
`,
  });
  expect(await troupe(["run", "graphs/one.ts"], { cwd })).toMatchObject({ code: 0, out: "said: found\n" });
  expect(await troupe(["check", "one.ts"], { cwd: `${cwd}/graphs` })).toMatchObject({ code: 0 });
});
