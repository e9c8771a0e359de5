import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { project, zod } from "./fixtures/project.js";
import { troupe } from "./fixtures/troupe.js";

/** A server that speaks OpenAI's language: it grades as it is told, and takes its time where it is told to. */
let server: Server;
let asked: string[];
let answer: (text: string) => object | Promise<object>;
beforeEach(async () => {
  asked = [];
  answer = (text) => ({ grade: text.includes("good") ? "pass" : "fail", note: "as said" });
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { messages } = JSON.parse(body);
    const text = JSON.stringify(messages);
    asked.push(text);
    const content = JSON.stringify(await answer(text));
    response.setHeader("content-type", "text/event-stream");
    const send = (chunk: object) =>
      response.write(`data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", model: "big", ...chunk })}\n\n`);
    send({ choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] });
    send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    send({ choices: [], usage: { prompt_tokens: 1000, completion_tokens: 10, total_tokens: 1010 } });
    response.end("data: [DONE]\n\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const team = `
import { specialist } from "@troupe/core";
import { z } from ${JSON.stringify(zod)};
export default specialist({
  name: "grade",
  does: "Grades a piece of work",
  input: z.object({ text: z.string().describe("the work") }),
  output: z.object({ grade: z.enum(["pass", "fail"]), note: z.string() }),
  run: ({ text }) => {
    if (text.includes("torn")) throw new Error("the page is torn");
    return { grade: text.includes("good") || text.includes("fair") ? "pass" : "fail", note: "by rule" };
  },
});`;
const cases = `cases:
  - { id: first, input: { text: good work }, expect: { grade: pass } }
  - { id: second, input: { text: bad work }, expect: { grade: fail, note: { contains: rule } } }
  - { id: third, input: { text: fair work }, expect: { grade: pass } }
  - { id: torn, input: { text: torn good work }, expect: { grade: pass } }
  - { id: unjudged, input: { text: work } }
`;

function place(suite = cases) {
  const { port } = server.address() as AddressInfo;
  const config = `
import { model } from "@troupe/nodes";
const big = model("openai:big@http://127.0.0.1:${port}/v1");
const price = { input: 2, output: 10, source: "https://prices.example", asOf: "2026-11-27" };
export default { models: { big: { id: big.id, card: { ...big.card, price }, load: big.load } } };`;
  const cwd = project({ "team.mjs": team, "suite.yaml": suite, "troupe.config.mjs": config });
  return { cwd, run: (...more: string[]) => troupe(["compare", "team.mjs", "suite.yaml", "--giant", "big", ...more], { cwd }) };
}

describe("troupe compare", () => {
  it("tells quality, cost, latency, tokens and energy of both, failures as wrong and free text as not judged", async () => {
    const { run } = place();
    const { code, out, err } = await run("--thread", "t", "--json");
    expect({ code, err }).toMatchObject({ code: 0 });
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      comparison: "t",
      cases: 5,
      team: { judged: 4, right: 3, fields: 5, rightFields: 4, failed: 1, cost: 0, tokens: { input: 0, output: 0 }, energyUnknownOf: [] },
      alone: { judged: 4, right: 2, fields: 5, rightFields: 3, failed: 0, tokens: { input: 5000, output: 50 } },
      paired: { judged: 4, right: { value: -0.25 }, answered: 4 },
    });
    expect(told.alone.cost).toBeCloseTo(5 * (0.002 + 0.0001), 9);
    expect(told.alone.energyUnknownOf).toEqual([told.giant]);
    expect(told.team.estimatedJoules + told.team.measuredJoules).toBeGreaterThan(0);
    expect(told.paired).not.toHaveProperty("joules");
    expect(told.paired.right).not.toHaveProperty("interval");
    expect(told.done.map((one: any) => [one.id, one.team.verdict, one.alone.verdict])).toEqual([
      ["first", "right", "right"],
      ["second", "right", "wrong"],
      ["third", "right", "wrong"],
      ["torn", "failed", "right"],
      ["unjudged", "none", "none"],
    ]);
    expect(told.done[3].team.error).toMatchObject({ code: "SPECIALIST_FAILED" });
    // The giant is told what the team does, what it is given, and nothing of what is expected.
    expect(asked).toHaveLength(5);
    expect(asked[0]).toMatch(/Grades a piece of work.*text \(the work\).*good work/s);
    expect(asked[1]).not.toContain("rule");
    // In turns who is first.
    expect([...err.matchAll(/^\d of 5 {2}(\w+) {2}(\w+) /gm)].map(([, id, side]) => `${id} ${side}`).slice(0, 4)).toEqual([
      "first team",
      "first giant",
      "second giant",
      "second team",
    ]);
  });

  it("prints a table that says what cannot be told, and every miss", async () => {
    const { run } = place();
    const { out } = await run();
    expect(out).toMatch(/^ +team +openai:big@\S+ +giant less team, a case \(95%\)\n/);
    expect(out).toMatch(/^cases right +3 of 4 +2 of 4 +-25 points, too few cases to tell$/m);
    expect(out).toMatch(/^failed +1 +0$/m);
    expect(out).toMatch(/^cost +\$0 +\$0\.01 /m);
    expect(out).toMatch(/^energy +~\S+ J +~\S+ J \+ \?$/m);
    expect(out).toContain("4 judged cases do not tell which of the two is right more often.");
    expect(out).toMatch(/^What openai:big@\S+ took where it runs is not known\.$/m);
    expect(out).toContain('third, giant: grade is "fail"');
    expect(out).toContain("torn, team: SPECIALIST_FAILED: ");
  });

  it("asks nothing that could cross --max-cost, told before it starts", async () => {
    const { run } = place();
    const { code, err } = await run("--max-cost", "0.1");
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^COST_EXCEEDED: 5 cases on openai:big\S+ could cost \$0\.2\d, more than/),
    });
    expect(asked).toEqual([]);
    const enough = await run("--max-cost", "1");
    expect(enough.err).toMatch(/5 cases on openai:big\S+ cost \$0\.2\d at the most, by its card's price/);
    expect(enough.code).toBe(0);
  });

  it("stops at Ctrl-C with what was done, and goes on with the rest", async () => {
    const { run, cwd } = place();
    let hang = true;
    let heard = () => {};
    const waiting = new Promise<void>((resolve) => (heard = resolve));
    answer = (text) => {
      if (hang && text.includes("fair")) {
        heard();
        return new Promise(() => {});
      }
      return { grade: "pass", note: "x" };
    };
    const running = run("--thread", "t");
    await waiting;
    running.child.kill("SIGINT");
    const { code, out, err } = await running;
    expect(code).toBe(130);
    expect(out).toMatch(/^cases right +2 of 2 +1 of 2 /m);
    expect(err).toMatch(/2 of 5 cases are done, and kept\. Go on with:\n.* compare team\.mjs suite\.yaml --giant big .*--thread t\n/);
    hang = false;
    asked = [];
    const again = await run("--thread", "t");
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/^cases right +3 of 4 +3 of 4 /m);
    expect(asked).toHaveLength(3);
    // What is done is asked of nobody again, and only of the same cases.
    asked = [];
    expect((await run("--thread", "t")).out).toBe(again.out);
    expect(asked).toEqual([]);
    const { writeFileSync } = await import("node:fs");
    writeFileSync(`${cwd}/suite.yaml`, cases.replace("good work", "other work"));
    expect(await run("--thread", "t")).toMatchObject({ code: 2, err: expect.stringContaining("COMPARE_CHANGED: t:team:first") });
  });

  it("holds nothing against a giant that could not be asked, and asks it again later", async () => {
    const { cwd } = place();
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const run = () =>
      troupe(["compare", "team.mjs", "suite.yaml", "--giant", `openai:big@http://127.0.0.1:${port}/v1`, "--thread", "t", "--json"], {
        cwd,
      });
    const gone = await run();
    expect(gone.code).toBe(1);
    expect(gone.err).toMatch(/0 of 5 cases are done, and kept\. Go on with:\n.*MODEL_FAILED: .*Connection error/s);
    expect(JSON.parse(gone.out)).toMatchObject({ done: [] });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const back = await run();
    expect(back).toMatchObject({ code: 0 });
    expect(JSON.parse(back.out)).toMatchObject({ alone: { judged: 4, failed: 0 } });
  }, 60_000);

  it("ends where the giant is busy or its account is spent", async () => {
    const { run } = place();
    server.removeAllListeners("request");
    server.on("request", (_, response) =>
      response.writeHead(402, { "content-type": "application/json" }).end('{"error":"payment required"}'),
    );
    const { code, err } = await run();
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/0 of 5 cases are done.*MODEL_UNPAID/s) });
  });

  it("ends at once where no case could go well", async () => {
    const { cwd } = place();
    const { code, err } = await troupe(["compare", "team.mjs", "suite.yaml", "--giant", "openai:gpt-4o"], {
      cwd,
      env: { OPENAI_API_KEY: "" },
    });
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining("KEY_MISSING") });
    expect(err).not.toContain("1 of 5  first");
  });

  it.each([
    ["cases:\n  - input: { text: a }\n    expect: { grade: pas }", /SUITE_INVALID: grade is never that: .*suite\.yaml:3/],
    ["cases:\n  - input: { text: a }\n    expect: { note: fine }", /SUITE_INVALID: note is free text.*suite\.yaml:3.*note: \{ is: … \}/s],
    [
      "cases:\n  - input: { text: a }\n    expect: { grad: pass }",
      /SUITE_INVALID: There is no output grad .*suite\.yaml:3.*Did you mean grade\?/s,
    ],
    ["cases:\n  - input: { txt: a }", /SUITE_INVALID: The input lacks text .*suite\.yaml:2/],
    [
      "cases:\n  - { id: a, input: { text: a } }\n  - { id: a, input: { text: b } }",
      /SUITE_INVALID: There are two cases a .*suite\.yaml:3/,
    ],
    ["cases:\n  - { id: a, input: { text: a }, expected: {} }", /SUITE_INVALID: A case has no expected .*suite\.yaml:2/],
    ["cases: []", /SUITE_INVALID: The suite has no cases .*suite\.yaml/],
    ["cases:\n  - {", /SUITE_INVALID: .*suite\.yaml:\d/],
  ])("refuses a suite that says nothing it could judge: %j", async (suite, said) => {
    const { run } = place(suite);
    const { code, err } = await run();
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(said) });
    expect(asked).toEqual([]);
  });
});
