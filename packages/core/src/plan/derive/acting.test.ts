import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const member = (name: string, does: string, input: Schema, output: Schema, rest: { effects?: true } = {}) =>
  specialist({ name, does, input, output, ...rest, run: () => ({}) as never });
const acts = { effects: true } as const;

const costOf = member("costOf", "What a repair costs", z.object({ job: text }), z.object({ cost: z.number() }));
const refund = member("refund", "Refunds an amount", z.object({ cost: z.number() }), z.object({ refundId: text }), acts);
const fee = member("fee", "Fee for a job", z.object({ job: text }), z.object({ fee: z.number() }));

const derived = (members: Specialist[], input: Schema, output: Schema, request: string) =>
  derive(briefOf({ request, members, input, output }));
const membersFor = async (...args: Parameters<typeof derived>) => (await derived(...args)).plan.tasks.map(({ member }) => member).sort();

describe("who acts on the world does so when told to", () => {
  const input = z.object({ job: text });
  const output = z.object({ cost: z.number() });
  test.each([
    "What does the job cost? Refund it.",
    "What does the job cost? Could you please refund it?",
    "What does the job cost, and then please refund it",
    "What does the job cost? Refund it, please.",
    "What does the job cost? Refund it until Friday.",
    "What does the job cost? Refund what will be billed by the end of June.",
    "Tell me if the job costs a lot. Refund it.",
    "What does the job cost? Refund it until the end of March.",
    "Was kostet der Job? Erstatte sie bis Freitag.",
    "Was kostet der Job? Erstatte sie bis zum 3. Mai.",
    "Sag erst, was der Job kostet, und erstatte sie dann.",
  ])("%s", async (request) => {
    expect(await membersFor([costOf, refund], input, output, request)).toEqual(["costOf", "refund"]);
  });

  test.each([
    "What does the job cost, and what do we have to refund?",
    "What does the job cost? Refund it only once I have looked at it.",
    "What does the job cost? If the client insists, refund it.",
    "What does the job cost? Refund will be done by Ben.",
    "What does the job cost? Do not refund it until we have seen it.",
    "What does the job cost? Refund it if the client insists.",
    "What does the job cost, and if the client insists, refund it.",
    "What does the job cost? Check if the client insists, and refund it.",
    "What does the job cost? Wait until Jane agrees, and refund it.",
    "What does the job cost? Wait until this is approved, and refund it.",
    "What does the job cost? Nobody is to refund it before I have had a look.",
    "Was kostet der Job? Niemand soll sie erstatten.",
    "Was kostet der Job? Warte, bis der Kunde zustimmt, und erstatte sie.",
    "Was kostet der Job? Erstatte sie erst nachdem ich zugestimmt habe.",
    "Was kostet der Job? Erstatte sie erst, sobald der Kunde zustimmt.",
  ])("not by: %s", async (request) => {
    expect(await membersFor([costOf, refund], input, output, request)).toEqual(["costOf"]);
  });

  test("and where nobody can, nothing else is done instead on a guess", async () => {
    const code = z.int().describe("given out for each refund");
    const release = member("release", "Releases a deposit", z.object({ rent: text, code }), z.object({ releaseId: text }), acts);
    const deposit = member("depositOf", "Deposit that a rent asks for", z.object({ rent: text }), z.object({ sum: z.number() }));
    const { declined } = await derived([release, deposit], z.object({ rent: text }), z.object({}), "Release the renter's deposit.");
    expect(declined).toContain("release");
  });

  test("by a German verb whose prefix stands apart", async () => {
    const dateIn = member("appointmentIn", "Finds an appointment in a letter", z.object({ letter: text }), z.object({ day: text }));
    const diary = member("diary", "Enters a day into the diary", z.object({ day: text }), z.object({ entryId: text }), acts);
    const request = "Trag den Termin aus dem Brief ein";
    expect(await membersFor([dateIn, diary], z.object({ letter: text }), z.object({}), request)).toEqual(["appointmentIn", "diary"]);
  });

  test("nor to book, of one that cancels bookings", async () => {
    const release = member("release", "Cancels the booking of a berth", z.object({ berth: text }), z.object({ done: text }), acts);
    const tide = member("tide", "Tide at a berth", z.object({ berth: text }), z.object({ tide: z.number() }));
    const issuesFor = async (request: string) => {
      const found = await derived([release, tide], z.object({ berth: text }), z.object({}), request);
      return [found.plan.tasks.map(({ member }) => member), found.declined !== undefined || found.held.length > 0];
    };
    expect(await issuesFor("Cancel the booking of the berth")).toEqual([["release"], false]);
    expect(await issuesFor("Book the berth")).not.toEqual([["release"], false]);
    expect((await derived([release], z.object({ berth: text }), z.object({ done: text }), "Book the berth")).held).not.toEqual([]);
  });

  test("whoever else is spoken of by a word for what is given", async () => {
    const shorten = member("shorten", "Condenses a memo", z.object({ memo: text }), z.object({ gist: text }));
    const send = member("send", "Sends a mail", z.object({ to: text.describe("address"), body: text }), z.object({ sentId: text }), acts);
    const hours = member("dentistHours", "When a dentist is open", z.object({ mail: text }), z.object({ hours: text }));
    const found = await derived(
      [shorten, send, hours],
      z.object({ memo: text, dentistMail: text }),
      z.object({ sentId: text }),
      "Condense the memo and mail it to the dentist",
    );
    expect(found.plan.tasks.map(({ member }) => member)).toEqual(["shorten", "send"]);
    expect(found.why.map(({ of }) => of)).not.toContain("dentistHours");
  });

  test("nor where what is wanted is by its name another's answer", async () => {
    const taxi = member("orderTaxi", "Orders a taxi", z.object({ street: text }), z.object({ rideNo: text }), acts);
    const flowers = member("orderFlowers", "Orders flowers", z.object({ street: text }), z.object({ flowersNo: text }), acts);
    const { open, declined, plan } = await derived(
      [taxi, flowers],
      z.object({ street: text }),
      z.object({ rideNo: text }),
      "Order flowers to this street.",
    );
    expect(plan.tasks.some(({ member }) => member === "orderFlowers") && open.length === 0 && declined === undefined).toBe(false);
  });

  test("what it takes is not sure where another source has its very name", async () => {
    const pay = member("pay", "Pays an amount for a job", z.object({ cost: z.number() }), z.object({ receipt: text }), acts);
    const both = z.object({ job: text, sum: z.number() });
    const { open } = await derived(
      [costOf, fee, pay],
      both,
      z.object({ receipt: text, fee: z.number() }),
      "Pay the sum, and the fee for the job",
    );
    expect(open.map(({ place }) => place)).toContain("pay.cost");
  });

  test("nor where it is all that fits by its type, and no name says so", async () => {
    const value = member("value", "What a painting is worth", z.object({ painting: text }), z.object({ value: z.number() }));
    const offer = member("offer", "Places an offer", z.object({ painting: text, sum: z.number() }), z.object({ offerId: text }), acts);
    const one = z.object({ painting: text });
    const { open } = await derived([value, offer], one, z.object({ offerId: text }), "Place an offer for the painting");
    expect(open.map(({ place }) => place)).toContain("offer.sum");
  });

  test("a request that only asks whether tells nobody", async () => {
    const { held, declined } = await derived([costOf, refund], input, z.object({ refundId: text }), "Can we refund the cost of this job?");
    expect(declined !== undefined || held.length > 0).toBe(true);
  });
});

describe("each word that speaks of a member is served", () => {
  const gist = member("gist", "Condenses a text", z.object({ text }), z.object({ gist: text }));
  const rhyme = member("rhyme", "Puts a text into rhyme", z.object({ text }), z.object({ verse: text }));
  const print = member("print", "Prints a text on the shop's printer", z.object({ text }), z.object({ jobId: text }), acts);

  test("by a task on the way to what is wanted", async () => {
    const output = z.object({ verse: text });
    expect(await membersFor([gist, rhyme], z.object({ speech: text }), output, "Verse out of a gist of the speech")).toEqual([
      "gist",
      "rhyme",
    ]);
  });

  test("or nobody acts", async () => {
    const lost = member(
      "sketch",
      "Draws a sketch of a person",
      z.object({ person: z.object({ age: z.number() }) }),
      z.object({ sketch: text }),
    );
    const { held } = await derived(
      [gist, lost, print],
      z.object({ speech: text }),
      z.object({ jobId: text }),
      "Print the gist of the speech with a sketch",
    );
    expect(held.map(({ why }) => why)).toEqual(['"sketch" speaks of sketch, which is not at work']);
  });

  test("also where a Spanish verb holds its object, and who does it is known by that verb alone", async () => {
    const acortar = member("acortar", "Acorta un texto", z.object({ texto: text }), z.object({ corto: text }));
    const sellar = member("sellar", "Pone un sello", z.object({ texto: text }), z.object({ sellado: text }));
    const publicar = member("publicar", "Publica un texto", z.object({ texto: text }), z.object({ enlace: text }), acts);
    const { plan, held } = await derived(
      [acortar, sellar, publicar],
      z.object({ acta: text }),
      z.object({ enlace: text }),
      "Acorta el acta, séllala y publícala",
    );
    const done = plan.tasks.map(({ member }) => member);
    expect(done.includes("sellar") || held.length > 0).toBe(true);
  });
});

test("what an input is at the argument of its own name it is at no other beside", async () => {
  const plant = member("plant", "Where to sow a crop", z.object({ bed: text, crop: text }), z.object({ plan: text }));
  const { declined } = await derived([plant], z.object({ bed: text }), z.object({ plan: text }), "A plan for the bed");
  expect(declined).toContain("plan");
});

describe("who acts is not held back", () => {
  const recap = member("recap", "Recap of a match", z.object({ report: text }), z.object({ recap: text }));
  const send = member("send", "Sends a recap to the members", z.object({ recap: text }), z.object({ sendId: text }), acts);
  const match = z.object({ report: text });
  test.each([
    "Send a recap to the members, they have been waiting.",
    "Send a recap to the members. The coach is on holiday.",
    "Sende den Mitgliedern einen Recap. Der Trainer ist krank.",
    "People complained. Send a recap to the members.",
  ])("by what says only how things are: %s", async (request) => {
    const { plan, held } = await derived([recap, send], match, z.object({ sendId: text }), request);
    expect(plan.tasks.map(({ member }) => member)).toEqual(["recap", "send"]);
    expect(held).toEqual([]);
  });

  test.each([
    "Send a recap to the members. The coach needs a fruit basket.",
    "Send a recap to the members. The bar should be open.",
    "Send a recap to the members. Is the bar open?",
    "Sende den Mitgliedern einen Recap. Der Trainer soll Blumen bekommen.",
    "Send a recap to the members. We cancel the Friday booking.",
    "Send a recap to the members. We are cancelling the Friday booking.",
    "Send a recap to the members. He gets a copy too.",
    "Send a recap to the members. The trophy is brought to Anna as well.",
    "Send a recap to the members. The tickets are then put up for sale.",
    "Send a recap to the members. They asked for a refund.",
    "Send a recap to the members. The boss said refund the tickets.",
    "Sende den Mitgliedern einen Recap. Wir stornieren die Buchung.",
  ])("but is by what is asked for: %s", async (request) => {
    const { held } = await derived([recap, send], match, z.object({ sendId: text }), request);
    expect(held.map(({ why }) => why)).toContainEqual(expect.stringMatching(/asks for/));
  });

  test("nor by an input of the very name where the request says what it takes", async () => {
    const list = z.object({ comments: z.array(text) });
    const spam = member("spamAmong", "Picks the spam among comments", list, z.object({ spam: z.array(text) }));
    const remove = member("remove", "Deletes comments", list, z.object({ removed: z.number() }), acts);
    const { plan, held, open } = await derived(
      [spam, remove],
      list,
      z.object({ removed: z.number() }),
      "Delete the spam among the comments.",
    );
    expect(plan.tasks.map(({ member }) => member)).toEqual(["spamAmong", "remove"]);
    expect([...held, ...open]).toEqual([]);
  });
});

test("what somebody will do unaided is nobody's goal where no output is named", async () => {
  const events = member("events", "Events in a town", z.object({ town: text }), z.object({ listing: text }));
  const mail = member("mailOut", "Mails a listing to the subscribers", z.object({ listing: text }), z.object({ sentTo: z.number() }), acts);
  const request = "The listing of the town. I'll mail it out myself later.";
  const { plan, declined, notes } = await derived([events, mail], z.object({ town: text }), z.object({}), request);
  expect({ tasks: plan.tasks.map(({ member }) => member), declined, notes }).toEqual({ tasks: ["events"], notes: [] });
});
