import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { project } from "./fixtures/project.js";
import { bin, troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

let server: Server;
let model: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let sent = "";
    for await (const part of request) sent += part;
    const { model, state, questions } = JSON.parse(sent);
    // Urgent is what says so; a state of silence is not answered.
    const answer = { type: "noul", noul: JSON.stringify(state).includes("now") ? 0.9 : 0.1 };
    const answers = state === "silence" ? {} : Object.fromEntries(Object.keys(questions).map((id) => [id, answer]));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ model, answers, usage: { input_tokens: 3, output_tokens: 0 } }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  model = `systemone:jev@http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const urgent = { urgent: { type: "noul", instructions: "Is it urgent?" } };
const cwd = project({
  "one.json": JSON.stringify({ questions: urgent, state: "Come now" }),
  "many.yaml":
    "questions:\n  urgent:\n    type: noul\n    instructions: Is it urgent?\nstates:\n  - Come now\n  - subject: Menu\n    body: for next week\n",
  "lines.jsonl": `${JSON.stringify({ id: "a", state: "Come now", questions: urgent })}\n\n${JSON.stringify({ state: "Some day" })}\n`,
  "list.json": JSON.stringify([{ state: "Come now", questions: urgent }]),
  "broken.yaml": "questions:\n  urgent: [\n",
  "unasked.jsonl": `{"state": "x", "questions": {"q": {"type": "noul", "instructions": "Is it?"}}}\n{"state": "x", "questions": {"q": {"type": "choice", "instructions": "Which?", "criteria": {"only": null}}}}\n`,
  "unknown.yaml": "questions:\n  urgent:\n    type: noul\n    instructions: Is it urgent?\n    critera: { true: now }\nstate: Come now\n",
  "both.yaml": "questions:\n  urgent:\n    type: noul\n    instructions: Is it urgent?\nstate: Come now\nstates: [Some day]\n",
  "misspelt.jsonl": `${JSON.stringify({ state: "Come now", questions: urgent })}\n${JSON.stringify({ state: "Some day", question: urgent })}\n`,
  "twice.jsonl": `{"state": "x", "questions": {"urgent": ${JSON.stringify(urgent.urgent)}, "urgent": ${JSON.stringify(urgent.urgent)}}}\n`,
  "others.yaml": "questions:\n  urgent:\n    type: noul\n    instructions: Is it urgent?\nstates: [Some day]\nmodel: nano\n",
  "nothing.json": "[]",
  "blank.jsonl": "\n\n",
  "empty.yaml": "questions:\n  urgent:\n    type: noul\n    instructions: Is it urgent?\nstate:\n",
  "spaces.jsonl": `${JSON.stringify({ state: "Come now", questions: urgent })}\n${JSON.stringify({ state: " \n" })}\n`,
  "hollow.jsonl": `${JSON.stringify({ state: { subject: "", parts: [] }, questions: urgent })}\n`,
  "stateless.yaml": "questions:\n  urgent:\n    type: noul\n    instructions: Is it urgent?\n",
  "silent.jsonl": `${JSON.stringify({ state: "Come now", questions: urgent })}\n${JSON.stringify({ state: "silence" })}\n`,
});
const decide = (...args: string[]) => troupe(["decide", ...args, "--decisions", model], { cwd });
const linesOf = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const said = (id: unknown, noul: number) => ({
  id,
  model: expect.stringMatching(/^systemone:jev@/),
  answers: { urgent: { type: "noul", noul } },
});

describe("troupe decide", () => {
  it.each([
    ["one.json", [said(1, 0.9)]],
    ["many.yaml", [said(1, 0.9), said(2, 0.1)]],
    ["lines.jsonl", [said("a", 0.9), said(2, 0.1)]],
    ["list.json", [said(1, 0.9)]],
  ])("answers %s, a JSON line for each state, and tells what it took beside", async (file, lines) => {
    const { code, out, err } = await decide(file);
    expect({ code, lines: linesOf(out) }).toEqual({ code: 0, lines });
    expect(err).toContain("systemone:jev");
  });

  it("reads stdin, of any of the forms", async () => {
    const forms = [
      JSON.stringify({ questions: urgent, state: "Come now" }),
      `${JSON.stringify({ state: "Come now", questions: urgent })}\n{"state":"later"}\n`,
    ];
    for (const [i, text] of forms.entries()) {
      const child = spawn(process.execPath, [bin, "decide", "-", "--decisions", model], { cwd });
      let out = "";
      child.stdout.on("data", (data) => (out += data));
      child.stdin.end(text);
      const [code] = await once(child, "close");
      expect({ code, count: linesOf(out).length }).toEqual({ code: 0, count: i + 1 });
    }
  });

  it.each([
    ["nowhere.yaml", 2, "INPUT_UNREADABLE", "nowhere.yaml"],
    ["broken.yaml", 2, "INPUT_UNREADABLE", "broken.yaml:3"],
    ["stateless.yaml", 2, "INPUT_UNREADABLE", "stateless.yaml:1"],
    ["empty.yaml", 2, "INPUT_UNREADABLE", "empty.yaml:1"],
    ["spaces.jsonl", 2, "INPUT_UNREADABLE", "spaces.jsonl:2"],
    ["hollow.jsonl", 2, "INPUT_UNREADABLE", "hollow.jsonl:1"],
    ["nothing.json", 2, "INPUT_UNREADABLE", "nothing.json"],
    ["blank.jsonl", 2, "INPUT_UNREADABLE", "blank.jsonl"],
    ["misspelt.jsonl", 2, "INPUT_UNREADABLE", "misspelt.jsonl:2"],
    ["twice.jsonl", 2, "INPUT_UNREADABLE", "twice.jsonl:1"],
    ["others.yaml", 2, "INPUT_UNREADABLE", "model"],
    ["unasked.jsonl", 2, "QUESTION_INVALID", "unasked.jsonl:2"],
    ["both.yaml", 2, "INPUT_UNREADABLE", "both.yaml:6"],
    ["unknown.yaml", 2, "QUESTION_INVALID", "unknown.yaml:1"],
  ])("says where %s is wrong, and asks nothing", async (file, code, error, place) => {
    const ended = await decide(file);
    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" });
    expect(ended.err).toContain(`${error}:`);
    expect(ended.err).toContain(place);
  });

  it("ends with 1 where a question is not answered, and says which; what was answered before stands", async () => {
    const { code, out, err } = await decide("silent.jsonl");
    expect({ code, lines: linesOf(out) }).toEqual({ code: 1, lines: [said(1, 0.9)] });
    expect(err).toMatch(/silent\.jsonl:2/);
  });

  it("answers the example of its page by the default models, as the page says", async () => {
    const page = readFileSync(new URL("../../../docs/cli.md", import.meta.url), "utf8");
    const example = /```yaml\n(questions:.+?)```\n.+?```json\n(.+?)```/s.exec(page)!;
    const { code, out } = await troupe(["decide", "example.yaml"], { cwd: project({ "example.yaml": example[1]! }) });
    expect(code).toBe(0);
    const short = (value: unknown): unknown =>
      typeof value === "number" ? expect.closeTo(value, 1) : value !== null && typeof value === "object" ? both(value) : value;
    const both = (value: object) =>
      expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, short(one)])));
    expect(linesOf(out)).toEqual(linesOf(example[2]!).map(short));
    expect(linesOf(out)[0].answers.topic.choice).toBe("billing");
  });

  it("takes the name of no decision model for a command line used wrongly", async () => {
    const { code, err } = await troupe(["decide", "one.json", "--decisions", "nobody:x"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain("PROVIDER_UNKNOWN");
  });
});
