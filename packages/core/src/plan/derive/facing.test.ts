import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const member = (name: string, does: string, input: Schema, output: Schema) =>
  specialist({ name, does, input, output, run: () => ({}) as never });
const both = (one: string, other: string, schema: Schema = text) =>
  z.object({ [one]: schema as z.ZodString, [other]: schema as z.ZodString });

describe("of two arguments that face one another each gets what stands on its side, in whatever order it is declared", () => {
  test.each([
    { takes: ["before", "after"], given: ["plan2031", "plan2027"], right: ["plan2027", "plan2031"] },
    { takes: ["alt", "neu"], given: ["neueFassung", "bisherigeFassung"], right: ["bisherigeFassung", "neueFassung"] },
    { takes: ["esperado", "recibido"], given: ["entregado", "pedido"], right: ["pedido", "entregado"] },
    { takes: ["solution", "attempt"], given: ["pupilSheet", "teacherSheet"], right: ["teacherSheet", "pupilSheet"] },
    { takes: ["from", "to"], given: ["destination", "origin"], right: ["origin", "destination"] },
    { takes: ["start", "end"], given: ["after", "before"], right: ["before", "after"] },
    { takes: ["anfang", "ende"], given: ["neueListe", "alteListe"], right: ["alteListe", "neueListe"] },
    { takes: ["homeTeam", "awayTeam"], given: ["visitors", "hosts"], right: ["hosts", "visitors"] },
  ])("$takes of $given", async ({ takes, given, right }) => {
    for (const [one, other] of [given, [...given].reverse()]) {
      const compare = member("compare", "Holds one against the other", both(takes[0]!, takes[1]!), z.object({ found: text }));
      const { plan, open } = await derive(
        briefOf({ request: "", members: [compare], input: both(one!, other!), output: z.object({ found: text }) }),
      );
      expect(plan.tasks[0]!.args).toEqual({ [takes[0]!]: { ref: `input.${right[0]}` }, [takes[1]!]: { ref: `input.${right[1]}` } });
      expect(open).toEqual([]);
    }
  });

  test("what is wanted names where the way ends", async () => {
    const convert = member(
      "convert",
      "Converts a length",
      z.object({ value: z.number(), from: text, to: text }),
      z.object({ value: z.number() }),
    );
    const input = z.object({ depth: z.number().describe("in the diver's unit"), boatUnit: text, diverUnit: text });
    const output = z.object({ depth: z.number().describe("in the boat's unit") });
    const { plan } = await derive(briefOf({ request: "", members: [convert], input, output }));
    expect(plan.tasks[0]!.args).toMatchObject({ from: { ref: "input.diverUnit" }, to: { ref: "input.boatUnit" } });
  });

  test("a task's answer stands where its member's words say", async () => {
    const clock = member("readClock", "Hours worked by the clock", z.object({ clock: text }), z.object({ hours: z.number() }));
    const rota = member("readRota", "Hours planned by the rota", z.object({ rota: text }), z.object({ hours: z.number() }));
    const gap = member("gap", "Hours too many", z.object({ planned: z.number(), worked: z.number() }), z.object({ gap: z.number() }));
    const { plan } = await derive(
      briefOf({ request: "", members: [clock, rota, gap], input: both("clock", "rota"), output: z.object({ gap: z.number() }) }),
    );
    const of = (name: string) => plan.tasks.find(({ member }) => member === name)!;
    expect(of("gap").args).toEqual({ planned: { ref: `${of("readRota").id}.hours` }, worked: { ref: `${of("readClock").id}.hours` } });
  });
});

test("a chain stands on the side of the input that it starts at, in whatever order inputs are declared", async () => {
  const read = member("readMeter", "Reads the figure of a meter", z.object({ sheet: text }), z.object({ reading: z.number() }));
  const use = member("use", "Works out what was used", z.object({ old: z.number(), new: z.number() }), z.object({ used: z.number() }));
  for (const [one, other] of [["sheetBefore", "sheetAfter"] as const, ["sheetAfter", "sheetBefore"] as const]) {
    const { plan } = await derive(
      briefOf({ request: "", members: [read, use], input: both(one, other), output: z.object({ used: z.number() }) }),
    );
    const of = (input: string) => plan.tasks.find(({ args }) => Object(args.sheet).ref === `input.${input}`)!;
    expect(plan.tasks.at(-1)!.args).toEqual({
      old: { ref: `${of("sheetBefore").id}.reading` },
      new: { ref: `${of("sheetAfter").id}.reading` },
    });
  }
});

test("a description that stands in another binds, and the other argument takes what is left", async () => {
  const apply = member(
    "applyTerms",
    "Puts the terms of a list into a text",
    z.object({ text, terms: text.describe("one pair of words a line") }),
    z.object({ text }),
  );
  const input = z.object({ ours: text.describe("our own, one pair of words a line"), leaflet: text.describe("the leaflet of spring") });
  const { plan, open } = await derive(briefOf({ request: "", members: [apply], input, output: z.object({ text }) }));
  expect(plan.tasks[0]!.args).toEqual({ text: { ref: "input.leaflet" }, terms: { ref: "input.ours" } });
  expect(open).toEqual([]);
});

test("where no output is named, who is asked for takes what is given and not what another made of it", async () => {
  const kind = member("kindOf", "Kind of a fault in a log", z.object({ log: text }), z.object({ kind: z.enum(["disk", "net"]) }));
  const trace = member("traceIn", "Last trace in a log", z.object({ log: text }), z.object({ trace: text }));
  const fix = member("fixFor", "A fix for a trace", z.object({ trace: text }), z.object({ fix: text }));
  const { plan } = await derive(
    briefOf({
      request: "What kind of fault is this, and what is the fix?",
      members: [kind, trace, fix],
      input: z.object({ log: text }),
      output: z.object({}),
    }),
  );
  expect(plan.tasks.find(({ member }) => member === "kindOf")!.args).toEqual({ log: { ref: "input.log" } });
});
