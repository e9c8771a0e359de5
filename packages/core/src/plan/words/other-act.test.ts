import { expect, test } from "vitest";
import type { Card } from "../brief.js";
import { clausesIn } from "../derive/clauses.js";
import { isOtherAct } from "./other-act.js";

const card = (name: string, does: string): Card => ({ name, does, takes: {}, gives: {}, effects: true });
const pay = card("payInvoice", "Pays an invoice");
const book = card("bookRoom", "Books or reserves a meeting room");
const isOther = (request: string, member: Card) => isOtherAct(clausesIn(request)[0]!, member);

test.each([
  ["Print invoice INV-17", pay],
  ["Show me invoice INV-17", pay],
  ["Please reject the invoice INV-17", pay],
  ["Could you archive the invoice INV-17?", pay],
  ["Prüfe die Rechnung INV-17", pay],
  ["Revisa la factura INV-17", pay],
  ["Change the booking of room 12", book],
  ["Rebook room 12", book],
  ["Clean room 12", book],
])("another verb tells nobody to act: %s", (request, member) => {
  expect(isOther(request, member)).toBe(true);
});

test.each([
  ["Pay invoice INV-17", pay],
  ["Invoice INV-17 is to be paid", pay],
  ["Take care of invoice INV-17", pay],
  ["Ensure the invoice INV-17 is paid", pay],
  ["Reserve room 12", book],
  ["Get me room 12", book],
  ["Room 12 for 8 people, please", book],
  ["We need room 12", book],
  ["Help me book room 12", book],
  ["Use the calendar to book room 12", book],
  ["Make a booking of room 12", book],
  ["Reserviere den Raum 12", book],
])("its own does, and so does that it is needed: %s", (request, member) => {
  expect(isOther(request, member)).toBe(false);
});
