import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { project } from "./fixtures/project.js";
import { troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const line = (text: string, label: unknown) => JSON.stringify({ text, label });
const texts = {
  parking: [
    "Where can I park?",
    "Is the garage open at night?",
    "What does a parking ticket cost?",
    "Are there spaces for bicycles?",
    "My car is locked in the garage",
    "Is there a place to park a van?",
    "Do you have parking for guests?",
  ],
  menu: [
    "What is for lunch today?",
    "Do you have a vegan dish?",
    "Is the soup of the day good?",
    "Can I order pizza?",
    "What desserts are there?",
    "Does the salad have nuts in it?",
    "I would like to see the menu",
  ],
  booking: [
    "A table for two at eight",
    "I want to cancel my reservation",
    "Can you move our booking to Friday?",
    "Is there a free table tonight?",
    "We are six instead of four",
    "Did you get my reservation?",
    "Please book the room for my birthday",
  ],
};
const cwd = project({
  "topics.jsonl": `${Object.entries(texts)
    .flatMap(([label, of]) => of.map((text) => line(text, label)))
    .join("\n")}\n`,
  "torn.jsonl": `${Object.entries(texts)
    .flatMap(([label, of]) => of.map((text) => line(text, label)))
    .join("\n")}\n${line("Where can I park?", "booking")}\n`,
  "ask.yaml":
    "questions:\n  topic:\n    type: choice\n    instructions: What is it about?\n    criteria: { parking: null, menu: null, booking: null }\nstates:\n  - Where do I leave my car?\n  - We'd like a table by the window\n",
  "worth.jsonl": `${texts.menu.map((text) => JSON.stringify({ text, worth: { small: 1, large: 1 } })).join("\n")}\n${texts.booking
    .map((text) => JSON.stringify({ text, worth: { small: 0, large: 1 } }))
    .join("\n")}\n`,
  "mixed.jsonl": `${JSON.stringify({ text: "Where can I park?", worth: { small: 0, large: 1 } })}\n${line("And now?", "parking")}\n`,
  "worthless.jsonl": `${JSON.stringify({ text: "Where can I park?", worth: null })}\n`,
  "both.jsonl": `${JSON.stringify({ text: "Where can I park?", label: "parking", worth: { small: 0, large: 1 } })}\n`,
  "labelless.jsonl": `${line("Where can I park?", "parking")}\n\n${line("And now?", undefined)}\n`,
  "broken.jsonl": `${line("Where can I park?", "parking")}\n{"text":\n`,
});

test("troupe train makes a head of examples, and troupe decide asks it", async () => {
  const trained = await troupe(["train", "topics.jsonl", "--out", "topics.head.json", "--risk", "0.12", "--outside", "0.3"], { cwd });
  expect(trained).toMatchObject({ code: 0, out: expect.stringMatching(/3 labels from 21 examples.*head:topics\.head\.json/s) });
  const { head, calibration } = JSON.parse(readFileSync(join(cwd, "topics.head.json"), "utf8"));
  expect({ head, calibration }).toMatchObject({ head: 2, calibration: { risk: 0.12 } });
  // What is told can be written down as it stands.
  expect(Number(/unsure under ([\d.]+)/.exec(trained.out)?.[1])).toBeGreaterThanOrEqual(calibration.threshold);
  const decided = await troupe(["decide", "ask.yaml", "--decisions", "head:topics.head.json"], { cwd });
  const answers = decided.out
    .trim()
    .split("\n")
    .map((row) => JSON.parse(row).answers.topic.choice);
  expect(answers).toEqual(["parking", "booking"]);
});

test("troupe train tells of texts under two labels, and takes it that none belongs to no label", async () => {
  const { code, err } = await troupe(["train", "torn.jsonl", "--out", "torn.head.json", "--risk", "0.3", "--outside", "0"], { cwd });
  expect({ code, err }).toMatchObject({
    code: 0,
    err: expect.stringContaining('1 text has several labels: example 1, "Where can I park?"'),
  });
});

test("troupe train learns what labels are worth", async () => {
  const trained = await troupe(["train", "worth.jsonl", "--out", "worth.head.json", "--risk", "0.2", "--json"], { cwd });
  expect(trained.code).toBe(0);
  expect(JSON.parse(trained.out)).toMatchObject({ labels: 2, examples: 14 });
  expect(JSON.parse(readFileSync(join(cwd, "worth.head.json"), "utf8"))).toMatchObject({ labels: ["small", "large"] });
});

test.each([
  ["labels among worth", ["mixed.jsonl", "--out", "x.json"], /EXAMPLES_INVALID.*Example 2/s],
  ["a worth that is nothing", ["worthless.jsonl", "--out", "x.json"], /EXAMPLES_INVALID/],
  ["a share outside beside worth", ["worth.jsonl", "--out", "x.json", "--outside", "0.1"], /OPTION_INVALID.*outside/s],
  ["a line with a label and a worth", ["both.jsonl", "--out", "x.json"], /EXAMPLES_INVALID.*both\.jsonl:1/s],
  ["a line without a label", ["labelless.jsonl", "--out", "x.json"], /EXAMPLES_INVALID.*labelless\.jsonl:3/s],
  ["a line that is no JSON", ["broken.jsonl", "--out", "x.json"], /EXAMPLES_INVALID.*broken\.jsonl:2/s],
  ["no --out", ["topics.jsonl"], /FLAG_VALUE.*--out/s],
  ["a share outside that is all", ["topics.jsonl", "--out", "x.json", "--outside", "1"], /FLAG_VALUE.*--outside/s],
  ["a risk that is no share", ["topics.jsonl", "--out", "x.json", "--risk", "5"], /FLAG_VALUE.*--risk/s],
  ["a risk that so few cannot promise", ["topics.jsonl", "--out", "x.json", "--risk", "0.01"], /CALIBRATION_SMALL.*99/s],
])("%s is told", async (_, args, said) => {
  const { code, err } = await troupe(["train", ...args], { cwd });
  expect(code).not.toBe(0);
  expect(err).toMatch(said);
});
