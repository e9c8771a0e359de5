import { expect, test } from "vitest";
import { clausesIn } from "./clauses.js";

const one = (request: string) => clausesIn(request)[0]!;
/** What is told asks for nothing, and so does what is somebody's own. */
const asksForNothing = ({ states, conditional, theirs }: ReturnType<typeof one>): boolean => states || (!conditional && theirs === 0);

test.each([
  "The pitch is booked already",
  "I have already booked the room",
  "My fine can wait",
  "I don't have the number at hand",
  "Ich habe keine Zeit",
])("%s: states how things are, and asks for nothing", (request) => {
  expect([asksForNothing(one(request)), one(request).part.negated]).toEqual([true, false]);
});

test.each([
  "Check whether the room is already booked",
  "Tell me if the invoice has been paid already",
  "Summarize what was already said",
  "Cancel the room I have already booked",
  "Send her the report we have already",
  "Tell Anna it is already paid",
  "Ask Ben whether it can wait",
  "Dime si ya está pagada",
])("%s: asks for something that speaks of what is so", (request) => {
  expect(asksForNothing(one(request))).toBe(false);
});

test.each([
  "We don't have to book the hotel",
  "You do not have to mail it to Anna",
  "Ich habe nicht vor zu buchen",
  "No tenemos que reservar el hotel",
])("%s: what need not be done is denied", (request) => {
  expect(one(request)).toMatchObject({ states: false, part: { negated: true } });
});
