import { describe, expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../specialist/specialist.js";
import { planFor, team } from "./team.js";
import { asking, planner } from "./written.fixture.js";

const text = z.string();
const summarize = specialist({
  name: "summarize",
  does: "Sums a note up",
  input: z.object({ note: text }),
  output: z.object({ summary: text }),
  run: () => ({ summary: "" }),
});
const book = specialist({
  name: "bookRoom",
  does: "Books a room",
  effects: true,
  input: z.object({ room: z.number().optional() }),
  output: z.object({ bookingId: text }),
  run: () => ({ bookingId: "" }),
});
const sum = { id: "t1", member: "summarize", args: { note: { ref: "input.note" } } };
const booking = { id: "t2", member: "bookRoom", args: {} };
const summary = { summary: { ref: "t1.summary" } };

const desk = (card: object, plans: readonly object[], output = z.object({ summary: text }) as z.ZodType) =>
  team({
    name: "desk",
    does: "Handles notes",
    members: [summarize, book],
    planner: planner(...plans),
    request: "request",
    input: z.object({ note: text, request: text }),
    output,
    ...card,
  } as never);
const members = async (request: string, card: object = {}, output?: z.ZodType, plans: readonly object[] = [withBooking(output)]) => {
  const { plan } = await planFor(desk(card, plans, output), { note: "all is well", request }, asking);
  return plan.tasks.map(({ member }) => member);
};
const withBooking = (output?: z.ZodType) => ({ tasks: [sum, booking], output: output ? { bookingId: { ref: "t2.bookingId" } } : summary });

describe("who acts on the world does so in a written plan where the request tells it to", () => {
  test.each([
    "Sum the note up",
    "Sum the note up, but do not book a room",
    "Sum the note up, and book a room if it asks for one",
    "Sum the note up, and explain how to book a room",
    "Sum the note up. Anna booked a room.",
    "Sum the note up. Did we book a room?",
    "Sum the note up and remind me to book a room",
  ])("not by: %s", async (request) => {
    await expect(members(request, { guide: false })).rejects.toMatchObject({
      code: "PLAN_FAILED",
      issues: [expect.objectContaining({ code: "untold-act", names: expect.objectContaining({ member: ["bookRoom"] }) })],
    });
    expect(await members(request)).toEqual(["summarize"]);
  });

  test.each(["Sum the note up and book a room", "Could you book a room? And sum the note up", "Sum the note up, then reserve a room"])(
    "but by: %s",
    async (request) => {
      expect(await members(request, { guide: false })).toEqual(["summarize", "bookRoom"]);
    },
  );

  test("not to do what is to be undone", async () => {
    const free = z.looseObject({});
    await expect(members("Sum the note up and cancel room 12", { guide: false }, free)).rejects.toMatchObject({ code: "PLAN_FAILED" });
  });

  test("or where what it gives is wanted, and nothing says otherwise", async () => {
    const output = z.object({ bookingId: text });
    const plans = [{ tasks: [booking], output: { bookingId: { ref: "t2.bookingId" } } }];
    const wanted = (does: string) => {
      const rooms = desk({ does, guide: false, request: undefined, input: z.object({}) }, plans, output);
      return planFor(rooms, {}, asking);
    };
    expect((await wanted("Keeps the rooms")).plan.tasks).toHaveLength(1);
    await expect(wanted("Explains how to book a room")).rejects.toMatchObject({ code: "PLAN_FAILED" });
  });

  test("told what was wrong, a planner leaves it out", async () => {
    const better = { tasks: [sum], output: summary };
    expect(await members("Sum the note up", { guide: false }, undefined, [withBooking(), better])).toEqual(["summarize"]);
  });
});
