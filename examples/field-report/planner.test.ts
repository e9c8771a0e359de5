import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { compile, memoryJournal, type TroupeEvent } from "@troupe/core";
import { defaultModels, embeddings, model, pull } from "@troupe/nodes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOllama } from "../../scripts/ollama.mjs";
import { expectFacts, given } from "./facts.fixture.js";
import report from "./report.js";

async function run(models: Parameters<typeof compile>[1] & {}) {
  const events: TroupeEvent[] = [];
  const app = compile(report, { ...models, journal: memoryJournal() });
  const told = app.events(given, { thread: "t" });
  for (let step = await told.next(); ; step = await told.next()) {
    if (step.done) {
      const planned = events.find((event) => event.kind === "planned") as Extract<TroupeEvent, { kind: "planned" }>;
      return { output: step.value as any, planned, ledger: await app.ledger("t") };
    }
    events.push(step.value);
  }
}

/** A plan as a large planner writes it, fenced, with one member's name slightly off. */
const recorded = `Here is the plan:
\`\`\`json
{
  "tasks": [
    { "id": "hear", "member": "transcribe", "args": { "audio": { "ref": "input.memo" } } },
    { "id": "scan", "member": "readPage", "args": { "page": { "ref": "input.receipt" } } },
    { "id": "bill", "member": "readReciept", "args": { "text": { "ref": "scan.text" } } },
    { "id": "visit", "member": "readNote", "args": { "text": { "ref": "input.note" } } },
    { "id": "sum", "member": "summarize", "args": { "text": [{ "ref": "hear.text" }, { "ref": "input.note" }] } }
  ],
  "output": {
    "summary": { "ref": "sum.summary" },
    "merchant": { "ref": "bill.merchant" }, "date": { "ref": "bill.date" }, "subtotal": { "ref": "bill.subtotal" },
    "tax": { "ref": "bill.tax" }, "total": { "ref": "bill.total" },
    "workOrder": { "ref": "visit.workOrder" }, "site": { "ref": "visit.site" }, "technician": { "ref": "visit.technician" },
    "hours": { "ref": "visit.hours" }, "nextVisit": { "ref": "visit.nextVisit" }
  }
}
\`\`\``;

test("a planner behind an OpenAI-compatible server plans; what has one sensible repair is repaired and told", async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (body: object) => response.write(`data: ${JSON.stringify({ id: "1", model: "planner", ...body })}\n\n`);
    for (const content of recorded.match(/[\s\S]{1,40}/g)!)
      send({ choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] });
    send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    send({ choices: [], usage: { prompt_tokens: 1200, completion_tokens: 300, total_tokens: 1500 } });
    response.end("data: [DONE]\n\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const planner = model(`openai:planner@http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
    const { output, planned, ledger } = await run({ models: { ...defaultModels(), planner } });
    expectFacts(output);
    expect(planned.by).toBe(planner.id);
    expect(planned.plan.tasks.map(({ id, member }) => `${id} ${member}`)).toContain("bill readReceipt");
    expect(planned.notes.join("\n")).toContain("readReciept");
    expect(ledger.models.find((usage) => usage.model === planner.id)).toMatchObject({ calls: 1, input: 1200, output: 300 });
  } finally {
    server.close();
  }
}, 600_000);

for (const name of ["smollm2-135m", "minilm"]) await pull(name);
const ollama = await startOllama({ say: console.error });
const why = "why" in ollama ? ollama.why : undefined;

describe.skipIf(why)(`on Ollama${why ? ` (skipped: ${why})` : ""}`, () => {
  const kept = process.env.OLLAMA_HOST;
  beforeAll(() => {
    if ("url" in ollama) process.env.OLLAMA_HOST = ollama.url;
  });
  afterAll(async () => {
    if (kept === undefined) delete process.env.OLLAMA_HOST;
    else process.env.OLLAMA_HOST = kept;
    if ("stop" in ollama) await ollama.stop();
  });

  test("with a planner and a model of 135M on a real server, the facts are the same", async () => {
    const small = model("ollama:smollm2:135m");
    const { output, planned, ledger } = await run({ models: { default: small, planner: small, embeddings: embeddings("ollama:minilm") } });
    expectFacts(output);
    // Its card says its size, and a planner this small is asked only what types, names and words leave open: nothing here.
    expect(planned.by).toBe("typed");
    expect(ledger.models.map((usage) => usage.model)).toEqual(["ollama:minilm"]);
  }, 600_000);
});
