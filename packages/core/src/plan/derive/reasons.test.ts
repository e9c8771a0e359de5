import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../../graph/graph.js";
import { compile } from "../../interop/compile.js";
import type { Schema } from "../../schema/schema.js";
import { specialist } from "../../specialist/specialist.js";
import { planFor, team } from "../team.js";

const text = z.string();
const member = (name: string, does: string, takes: Record<string, Schema>, gives: Record<string, Schema>, effects = false) =>
  specialist({
    name,
    does,
    input: z.object(takes as any),
    output: z.object(gives as any),
    ...(effects ? { effects: true as const } : {}),
    run: () => Object.fromEntries(Object.keys(gives).map((name) => [name, "Rain"])) as any,
  });
const caption = member("caption", "Writes a caption for a report", { report: text }, { caption: text });
const toCzech = member("toCzech", "Czech version of a text", { text }, { czech: text });
const pin = member("pin", "Pins a caption to the board", { caption: text }, { pinned: text }, true);
const input = z.object({ report: text });
const planning = { progress: () => {}, model: () => undefined, embed: () => Promise.reject(new Error("none is bound")) } as any;
const made = (request: string, rest: object = {}) =>
  planFor(
    team({ name: "desk", does: request, members: [caption, toCzech, pin], input, output: z.object({ caption: text }), ...rest } as any),
    undefined,
    planning,
  );

test("a plan that leaves out whom the request speaks of is a guess: it says of whom, at which places, and how to settle it", async () => {
  const { plan, guesses, notes } = await made("Caption the report for our Czech readers");
  expect(plan.tasks.map(({ member }) => member)).toEqual(["caption"]);
  expect(guesses).toContain("output.caption");
  const told = notes.find((note) => note.includes("The plan is a guess"));
  expect(told).toContain("the request may ask for toCzech, which is not at work");
  expect(told).toContain('team({ settle: {"output.caption":"caption.caption"');
});

test("the record of the plan names its guesses, and has no such field where there are none", async () => {
  for (const [request, named] of [
    ["Caption the report for our Czech readers", ["output.caption"]],
    ["Caption the report", undefined],
  ] as const) {
    const desk = team({ name: "desk", does: request, members: [caption, toCzech, pin], input, output: z.object({ caption: text }) });
    const app = compile(
      defineGraph({
        name: "captions",
        state: { report: text, caption: text },
        input: ["report"],
        output: ["caption"],
        nodes: { desk },
        start: "desk",
        edges: { desk: END },
      }),
    );
    const kept: unknown[] = [];
    for await (const event of app.events({ report: "Rain" })) if (event.kind === "planned") kept.push(event.guesses);
    expect(kept).toEqual([named && expect.arrayContaining([...named])]);
  }
});

test("a plan that does what is said is no guess", async () => {
  const { guesses, notes } = await made("Caption the report");
  expect(guesses).toBeUndefined();
  expect(notes.join()).not.toContain("guess");
});

test("places that are settled for good are no guess", async () => {
  const settle = { "output.caption": "caption.caption", "caption.report": "input.report" };
  expect((await made("Caption the report for our Czech readers", { settle })).guesses).toBeUndefined();
});

test("nobody acts on the world in a plan that is a guess", async () => {
  const output = z.object({ pinned: text });
  expect((await made("Pin a caption of the report", { output })).guesses).toBeUndefined();
  const error = await made("Pin a caption of the report, in Czech", { output }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "PLAN_UNSURE" });
  expect(error.message).toContain('"czech" speaks of toCzech, which is not at work');
});
