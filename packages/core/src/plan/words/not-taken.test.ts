import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../../specialist/specialist.js";
import { alone } from "../alone.fixture.js";
import { planFor, team } from "../team.js";

const text = z.string();
const of = (name: string, does: string, input: z.ZodObject, effects = false) =>
  specialist({
    name,
    does,
    ...(effects ? { effects } : {}),
    input,
    output: z.object({ answer: text }),
    run: () => ({ answer: "" }),
  });
const weather = of("weather", "Forecasts the weather of a place", z.object({ place: text, day: z.iso.date().optional() }));
const book = of("bookRoom", "Books a meeting room", z.object({ room: text, people: z.int(), day: z.iso.date().optional() }), true);
const alerts = of("alerts", "Lists weather alerts of a place", z.object({ place: text }));

const planned = (request: string, members = [weather], input = {}) =>
  planFor(
    team({
      name: "desk",
      does: "Desk",
      members,
      request: "request",
      input: z.object({ request: text, ...input }),
      output: z.looseObject({}),
    }),
    { request, ...Object.fromEntries(Object.keys(input).map((name) => [name, "Lima"])) },
    alone,
  );

test.each([
  ["What is the weather in Lima tomorrow?", "tomorrow"],
  ["What is the weather in Lima on Monday?", "Monday"],
  ["What is the weather in Lima on 3/4/2027?", "3/4/2027"],
])("a day that nobody takes and somebody could makes a plan from words a guess, and is named: %s", async (request, said) => {
  const { guesses, notes } = await planned(request);
  expect(guesses).toEqual(["weather.day"]);
  expect(notes.join()).toContain(`no task takes the "${said}" that is said, though weather.day could`);
});

test("so does one beside an input", async () => {
  const { guesses, notes } = await planned("Forecast the weather of the place tomorrow", [weather], { place: text });
  expect(guesses).not.toEqual([]);
  expect(notes.join()).toContain('"tomorrow"');
});

test.each(["What is the weather in Lima?", "What is the weather in Lima, not tomorrow's?"])(
  "what is taken, or denied, does not: %s",
  async (request) => {
    expect((await planned(request)).guesses ?? []).toEqual([]);
  },
);

test("what nobody at work could take does not", async () => {
  expect((await planned("List the alerts of Lima for tomorrow", [alerts])).guesses ?? []).toEqual([]);
});

test("and is told in the notes", async () => {
  const { notes } = await planned("List the alerts of Lima for tomorrow", [alerts]);
  expect(notes).toContain('no task takes the "tomorrow" that is said, and none could');
  expect((await planned("List the alerts of Lima", [alerts])).notes.join()).not.toContain("takes");
});

test.each([
  ["Book room 12 at 14:00", '"14:00"'],
  ["Book room 12 on 4 March 2027", '"4 March 2027"'],
  ["Book room 12 tomorrow", '"tomorrow"'],
  ["Reserve room 12 at 3 pm on Monday", '"3 pm"'],
])("nobody acts who has no place for the day or the time that is said: %s", async (request, said) => {
  const room = of("reserveRoom", "Books or reserves a meeting room", z.object({ room: text }), true);
  await expect(planned(request, [room])).rejects.toMatchObject({ code: "PLAN_UNSURE", message: expect.stringContaining(said) });
});

test("what stands in a text that is taken is taken", async () => {
  const note = of("keepNote", "Keeps a note: note that something is so", z.object({ text }), true);
  const { plan } = await planned('Note "the review is at 14:00 tomorrow"', [note]);
  expect(plan.tasks).toMatchObject([{ member: "keepNote" }]);
});

const local = z.iso.datetime({ local: true });
test.each([
  ["Book room 12 on 2027-03-04 at 14:00", local, "2027-03-04T14:00:00"],
  ["Book room 12 at 2:30 pm on 4 March 2027", local, "2027-03-04T14:30:00"],
  ["Reserve room 12 am 4. März 2027 um 14:00", local, "2027-03-04T14:00:00"],
  ["Book room 12 at 2027-03-04T14:00:00Z", z.iso.datetime(), "2027-03-04T14:00:00Z"],
  ["Book room 12 on 4 March 2027 at 14:00", text.describe("Date and time"), "2027-03-04T14:00:00"],
])("a day with its time is taken by one argument: %s", async (request, at, value) => {
  const room = of("reserveRoom", "Books or reserves a meeting room", z.object({ room: text, at }), true);
  expect((await planned(request, [room])).plan.tasks).toMatchObject([{ args: { room: "12", at: value } }]);
});

test.each([
  // Whose zone it is nobody says.
  ["Book room 12 on 2027-03-04 at 14:00", z.iso.datetime()],
  ["Book room 12 on 4 March 2027", local],
  ["Book room 12 at 14:00", local],
])("and half of it by none: %s", async (request, at) => {
  const room = of("reserveRoom", "Books or reserves a meeting room", z.object({ room: text, at }), true);
  await expect(planned(request, [room])).rejects.toMatchObject({ code: "PLAN_UNSURE" });
});

test.each([
  ["Book room 12 for 8 people tomorrow", '"tomorrow"'],
  ["Book room 12 for 8 to 10 people", '"10"'],
])("nobody acts on the world without what is said for it: %s", async (request, said) => {
  await expect(planned(request, [book])).rejects.toMatchObject({ code: "PLAN_UNSURE", message: expect.stringContaining(said) });
  await expect(planned("Book room 12 for 8 people", [book])).resolves.toMatchObject({ plan: { tasks: [{ member: "bookRoom" }] } });
});

const hotel = of("bookHotel", "Books a hotel room", z.object({ city: text, nights: z.int().optional() }), true);
const mail = of("sendMail", "Sends an email to somebody", z.object({ to: z.email() }), true);
const pay = of("payInvoice", "Pays an invoice", z.object({ invoice: text }), true);
test.each([
  ["Book a hotel room in Lima for Anna", hotel, '"Anna"'],
  ['Book a hotel room in Lima titled "Offsite"', hotel, '"Offsite"'],
  ["Book a hotel room in Lima for anna@example.com", hotel, '"anna@example.com"'],
  ["Book a hotel room in Lima, code XK47", hotel, '"XK47"'],
  ["Book 2 hotel rooms in Lima for 3 nights", hotel, '"2"'],
  ["Reserva una habitación de hotel en Lima para Anna", hotel, '"Anna"'],
  ["Send an email to ann@example.com in German", mail, '"German"'],
  ["Send an email to ann@example.com, and call +49 170 1234567", mail, '"+49 170 1234567"'],
  ["Send an email to ann@example.com cc ben@example.com", mail, '"ben@example.com"'],
  ["Pay 200 euros of invoice INV-17", pay, '"200"'],
  ["Pay half of invoice INV-17", pay, '"half"'],
  ["Pay invoices INV-17 and INV-18", pay, '"INV-18"'],
  ["Pay invoice INV-17 from account DE89370400440532013000", pay, '"DE89370400440532013000"'],
  ["Zahle die Rechnung INV-17 für Anna", pay, '"Anna"'],
])("nobody acts without what else is said for the act: %s", async (request, member, said) => {
  await expect(planned(request, [member])).rejects.toMatchObject({ code: "PLAN_UNSURE", message: expect.stringContaining(said) });
});

test.each([
  ["Book a hotel room in Lima", hotel],
  ["Book one hotel room in Lima", hotel],
  ["Hi Bot, book a hotel room in Lima. Thanks, Anna", hotel],
  ["BOOK A HOTEL ROOM IN Lima", hotel],
  ["Zahle bitte die Rechnung INV-17", pay],
  ["Zahle bitte für den Kunden die Rechnung INV-17", pay],
])("and acts where nothing else is: %s", async (request, member) => {
  expect((await planned(request, [member])).plan.tasks).toMatchObject([{ member: member.name }]);
});

test("what is said beside somebody who only looks is said for them", async () => {
  const { plan, notes } = await planned("Forecast the weather in Lima for Anna, and then pay invoice INV-17", [weather, pay]);
  expect(plan.tasks).toMatchObject([{ member: "weather" }, { member: "payInvoice" }]);
  expect(notes).toContain('no task takes the "Anna" that is said, and none could');
});

test("paying back is not paying", async () => {
  const refund = of("refundInvoice", "Refunds an invoice", z.object({ invoice: text }), true);
  await expect(planned("Refund invoice INV-17", [pay])).rejects.toMatchObject({ code: "PLAN_UNSURE" });
  await expect(planned("Pay invoice INV-17", [refund])).rejects.toMatchObject({ code: "PLAN_UNSURE" });
  expect((await planned("Refund invoice INV-17", [refund])).plan.tasks).toHaveLength(1);
  expect((await planned("Pay invoice INV-17", [pay])).plan.tasks).toHaveLength(1);
});

const clear = of("deleteRecording", "Deletes a recording of a camera", z.object({ camera: text }), true);
test.each([
  ["Book a hotel room in Lima with breakfast", hotel, "with breakfast"],
  ["Send an email to ann@example.com about the offsite", mail, "about the offsite"],
  ["Send an email to ann@example.com saying hello", mail, "saying hello"],
  ["Delete the recording of camera 3 except the one of Monday", clear, "except the one of Monday"],
  ["Delete the oldest recording of camera 3", clear, "oldest recording"],
  ["Delete all recordings of camera 3", clear, "all recordings"],
  ["Pay invoice INV-17 twice", pay, "twice"],
  ["Pay invoice INV-17 every month", pay, "every month"],
])("nor does anybody act otherwise than is said in small words: %s", async (request, member, said) => {
  await expect(planned(request, [member])).rejects.toMatchObject({ code: "PLAN_UNSURE", message: expect.stringContaining(said) });
});

test.each([
  ["Book a hotel room with 3 nights in Lima, with pleasure", hotel],
  ["Pay the invoice with the number INV-17", of("payInvoice", "Pays an invoice by its number", z.object({ invoice: text }), true)],
  ["Delete all recordings of camera 3", of("deleteRecordings", "Deletes all recordings of a camera", z.object({ camera: text }), true)],
  ["Pay invoice INV-17 without delay", pay],
])("what who acts has a word for is no other act: %s", async (request, member) => {
  expect((await planned(request, [member])).plan.tasks).toMatchObject([{ member: member.name }]);
});

test("the one day that is said is for the one place for a day, though it may be left out, and so is the one time", async () => {
  const { plan } = await planned("Book room 12 for 8 people on 2027-03-04", [book]);
  expect(plan.tasks).toMatchObject([{ args: { room: "12", people: 8, day: "2027-03-04" } }]);
  const at = of("reserveRoom", "Books or reserves a meeting room", z.object({ room: text, at: z.iso.time().optional() }), true);
  expect((await planned("Book room 12 at 14:00", [at])).plan.tasks).toMatchObject([{ args: { room: "12", at: "14:00" } }]);
});
