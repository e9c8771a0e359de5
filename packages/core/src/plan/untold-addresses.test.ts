import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { generate } from "../model/generate.js";
import { asModel, type ChatModel } from "../model/model.js";
import { specialist } from "../specialist/specialist.js";
import { alone } from "./alone.fixture.js";
import { planFor, team } from "./team.js";

const mail = specialist({
  name: "sendMail",
  does: "Sends a mail to somebody, to desk@example.org by default",
  effects: true,
  input: z.object({ to: z.union([z.email(), z.array(z.email())]), body: z.string() }),
  output: z.object({ sent: z.boolean() }),
  run: () => ({ sent: true }),
});

const planned = async (to: unknown, request: string) => {
  const tasks = [{ id: "t1", member: "sendMail", args: { to, body: { ref: "input.note" } } }];
  const says = JSON.stringify({ tasks, output: { sent: { ref: "t1.sent" } } });
  const planner = asModel(new FakeListChatModel({ responses: [says] }), "fake:planner", { structured: "none" });
  const desk = team({
    name: "desk",
    does: "Handles notes",
    members: [mail],
    planner,
    guide: false,
    request: "request",
    input: z.object({ note: z.string(), request: z.string() }),
    output: z.object({ sent: z.boolean() }),
  });
  const host = { signal: new AbortController().signal, config: {}, token: () => {}, used: () => {} };
  const ctx = { ...(alone as object), generate: (request: any) => generate(request.model as ChatModel, request, host) } as never;
  return (await planFor(desk, { note: "Call bob@example.org", request }, ctx)).plan.tasks[0]!.args.to;
};

test.each([
  ["that it made up", "eve@example.org"],
  ["that is the end of one", "a@example.org"],
  ["that only a document says", "bob@example.org"],
  ["among others", ["anna@example.org", "eve@example.org"]],
])("a planner sends nobody who acts to an address %s", async (_, to) => {
  await expect(planned(to, "Mail the note to anna@example.org")).rejects.toMatchObject({
    code: "PLAN_FAILED",
    issues: [expect.objectContaining({ code: "untold-address" })],
  });
});

test.each([
  ["the request says", "anna@example.org"],
  ["the request says, however written", "Anna@Example.org"],
  ["a member's sentence says", "desk@example.org"],
])("and to one that %s it does", async (_, to) => {
  expect(await planned(to, "Mail the note to anna@example.org")).toBe(to);
});
