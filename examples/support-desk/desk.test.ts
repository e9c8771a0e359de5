import { check, compile } from "@troupe/core";
import { defaultModels } from "@troupe/nodes";
import { beforeAll, expect, test } from "vitest";
import { articles } from "./articles.js";
import desk from "./desk.js";

const models = defaultModels();
// Fetched beforehand, so that no test waits for it.
beforeAll(() => models.embeddings.load(), 300_000);

const answer = async (ticket: string) => {
  const events = [];
  const run = compile(desk, { models }).events({ ticket });
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) return { ...step.value, ran: events };
    if (step.value.kind === "completed") events.push(step.value.at);
  }
};

test("the desk passes its check", () => expect(check(desk)).toEqual([]));

test("a known problem is answered with every step of its article, after a review", async () => {
  const { reply, drafts, ran } = await answer("The program closes by itself each time I export a large file to PDF.");
  const { steps } = articles.find(({ title }) => title.includes("crashes"))!;
  for (const step of steps) expect(reply).toContain(step);
  expect(drafts).toHaveLength(2);
  expect(ran).toEqual(["triage", "lookUp", "draft@1/draft", "draft@1/review", "draft@2/draft", "draft@2/review"]);
});

test("a billing question is answered from billing", async () => {
  const { reply } = await answer("My credit card shows two payments for October, please give me one of them back.");
  expect(reply).toContain("refund");
});

test("what no topic fits is handed to a person", async () => {
  const { reply, ran } = await answer("Do you have an internship for a student of design next summer?");
  expect(reply).toContain("colleague");
  expect(ran).toEqual(["triage", "handOver"]);
});
