import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../../specialist/specialist.js";
import { alone } from "../alone.fixture.js";
import type { Card } from "../brief.js";
import { planFor, team } from "../team.js";
import { clausesIn } from "./clauses.js";
import { isOnlySpokenOf } from "./only-spoken-of.js";

const card = (name: string, does: string): Card => ({ name, does, takes: {}, gives: {}, effects: true });
const book = card("bookRoom", "Books a meeting room");
const only = (request: string): boolean => isOnlySpokenOf(book, clausesIn(request));

test.each([
  "Pretend to book the room for 8 people",
  "Forget about booking the room",
  "Remind me to book the room",
  "Ask Anna to book the room",
  "Explain how to book the room",
  "Can you tell me how to book the room?",
  "Check whether you can book the room",
  "Avoid booking the room",
  "We are thinking of booking the room",
  "Anna booked the room",
  "I have already booked the room",
  "Maybe book the room",
  "Let Anna book the room",
  "Write a note that says book the room",
  "Erinnere mich daran, Raum 12 zu buchen",
  "Vielleicht den Raum buchen",
  "Ich habe den Raum schon gebucht",
  "Explica cómo reservar la sala",
  "Evita reservar la sala",
  "The room is booked on 4 March",
  "Room 12 has been booked already",
  "Der Raum ist schon gebucht",
  "Der Raum wurde am 4. März gebucht",
  "La sala está reservada",
  "Anna books the room for 8 people",
  "Anna Weber books room 12",
  "My boss books the room",
  "She books room 12",
  "Anna bucht den Raum",
  "Give back the booked room",
  "Describe any reserved room",
])("who acts is not told to by what only speaks of it: %s", (request) => {
  expect(only(request)).toBe(true);
});

test.each([
  "Book the room for 8 people",
  "Please book the room",
  "Could you please book the room?",
  "I want to book the room",
  "I'd like you to book the room",
  "We need to book the room",
  "The room has to be booked",
  "The room is to be booked",
  "Make sure the room is booked",
  "See to it that the room is booked",
  "Try to book the room",
  "Use the calendar to book the room",
  "Don't forget to book the room",
  "Go ahead and book the room",
  "Start booking the room",
  "Make a booking for room 12",
  "Make reservations for room 12 and room 14",
  "Bookings: room 12 for 8 people",
  "Bucht bitte den Raum",
  "We need room 12 for 8 people",
  "Remind me of the time. Then book the room",
  "Explain how it works, and book the room",
  "I want the room booked",
  "Bitte den Raum buchen",
  "Vergiss nicht, den Raum zu buchen",
  "Der Raum ist zu buchen",
  "Ich möchte den Raum buchen",
  "Quiero reservar la sala",
])("and is by what asks for it: %s", (request) => {
  expect(only(request)).toBe(false);
});

const text = z.string();
const room = specialist({
  name: "bookRoom",
  does: "Books a meeting room",
  effects: true,
  input: z.object({ room: text, people: z.int() }),
  output: z.object({ confirmation: text }),
  run: () => ({ confirmation: "" }),
});

test.each([
  ["from words alone", { request: text }, {}, "room 12"],
  ["beside an input", { room: text, request: text }, { room: "12" }, "the room"],
])("a team acts where it is told to, and not where the act is only spoken of: %s", async (_, input, given, what) => {
  const desk = team({ name: "desk", does: "Desk", members: [room], request: "request", input: z.object(input), output: z.looseObject({}) });
  const planned = (request: string) => planFor(desk, { ...given, request }, alone);
  expect((await planned(`Book ${what} for 8 people`)).plan.tasks).toMatchObject([{ member: "bookRoom" }]);
  await expect(planned(`Pretend to book ${what} for 8 people`)).rejects.toMatchObject({ code: "PLAN_UNSURE" });
});

test.each<[string, Card]>([
  ["Stop deleting the note", card("deleteNote", "Deletes a note")],
  ["Ask me before deleting the note", card("deleteNote", "Deletes a note")],
  ["Restore the deleted note", card("deleteNote", "Deletes a note")],
  ["Tell me before you delete the note", card("deleteNote", "Deletes a note")],
  ["Stop removing users", card("removeUser", "Removes a user")],
  ["The invoice was paid by Anna", card("payInvoice", "Pays an invoice")],
  ["Anna sent the letter", card("sendLetter", "Sends a letter")],
  ["Die Rechnung ist schon bezahlt", card("payInvoice", "Pays an invoice")],
])("in whatever form a verb is said: %s", (request, member) => {
  expect(isOnlySpokenOf(member, clausesIn(request))).toBe(true);
});
