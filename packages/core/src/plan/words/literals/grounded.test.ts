import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../schema/json.js";
import { groundedFor } from "./grounded.js";

const best = (name: string, schema: JsonSchema, text: string, description = "") =>
  groundedFor({ name, schema, description, required: true }, text)[0]?.value;
const text: JsonSchema = { type: "string" };

describe("a value for a place, out of a request", () => {
  it("a label that is only denied is not meant", () => {
    const way = { type: "string", enum: ["standard", "express", "pickup"] };
    expect(best("way", way, "Ship it, but not by express")).toBeUndefined();
    expect(best("way", way, "Ship it by pickup, not by express")).toBe("pickup");
  });

  it("a language by its code where the place asks for codes, by its name where not", () => {
    expect(best("to", text, "Put the notice into Italian", "target language, ISO 639-1 code")).toBe("it");
    expect(best("language", text, "Put the notice into Italian")).toBe("Italian");
  });

  it("a currency, a day, a percentage, an article number, a name", () => {
    expect(best("to", text, "What is the offer in Swiss francs?", "ISO 4217 code")).toBe("CHF");
    expect(best("day", { type: "string", format: "date" }, "Is she free on 3 March 2027?")).toBe("2027-03-03");
    expect(best("percent", { type: "number" }, "Take fifteen percent off")).toBe(15);
    expect(best("sku", text, "How many of article KX-204 do we have", "article number")).toBe("KX-204");
    expect(best("doctor", text, "Which appointments does Dr. Amsel have", "surname")).toBe("Dr. Amsel");
  });

  it("a number of a thing is in digits: a sign for a fraction is none", () => {
    expect(best("booking_no", text, "Cancel booking 48213 please")).toBe("48213");
    expect(best("booking_no", text, "Cancel booking ½ please")).not.toBe("½");
  });

  it("a number below nothing where the place says which side is so", () => {
    const number: JsonSchema = { type: "integer" };
    for (const said of ["positive is up, negative is down", "negative: down", "up is positive", "positiv ist oben, negativ nach unten"])
      for (const text of ["Transpose it three semitones down", "Transpose it down by 3 semitones", "Setz es 3 Halbtöne tiefer"])
        expect(best("semitones", number, text, said), `${said}; ${text}`).toBe(-3);
    expect(best("semitones", number, "Transpose it three semitones up", "positive is up, negative is down")).toBe(3);
    expect(best("semitones", number, "Transpose it minus 3 semitones", "positive is up, negative is down")).toBe(-3);
    expect(best("semitones", number, "Transpose it three semitones down", "how far to move the notes")).toBe(3);
    expect(best("semitones", number, "Turn the volume down and transpose it three semitones up", "negative is down")).toBe(3);
    expect(best("semitones", number, "Turn the volume up and transpose it down by three semitones", "positive is up")).toBe(-3);
    expect(best("degrees", number, "Turn the picture 90 degrees to the left", "negative turns left")).toBe(-90);
    expect(best("degrees", number, "Turn the picture 90 degrees to the right", "negative turns left")).toBe(90);
    expect(best("amount", number, "Note a refund of 50 for a coat", "negative means a refund")).toBe(-50);
    expect(best("amount", number, "Note 50 for a coat or two", "negative means a refund")).toBe(50);
  });

  it("a number as it is said where the place only says whether it may lie below nothing", () => {
    const number: JsonSchema = { type: "integer" };
    const request = "Book a table for the number of 5 or more of us";
    for (const said of [
      "A non-negative number",
      "non-negative number of guests",
      "must not be negative or zero",
      "negative values are not allowed",
    ])
      expect(best("guests", number, request, said), said).toBe(5);
  });

  it("what a number measures by the word behind it, and a share by its unit", () => {
    const number: JsonSchema = { type: "integer" };
    for (const text of [
      "Cut the board so that it is 90 millimetres wide and 35 high",
      "Das Brett soll 90 Millimeter breit und 35 hoch sein",
      "Un tablero de 90 milímetros de ancho y 35 de alto",
    ]) {
      expect(best("width", number, text)).toBe(90);
      expect(best("height", number, text)).toBe(35);
    }
    expect(best("feePct", { type: "number" }, "Add it up at 48 dollars an hour and a fee of 4 per cent")).toBe(4);
  });

  it("all codes of a list, and no number beside them", () => {
    const codes: JsonSchema = { type: "array", items: { type: "string" } };
    expect(best("numbers", codes, "What do PX-11, QL-2 and RR-30 cost? Last year it was 480", "part numbers")).toEqual([
      "PX-11",
      "QL-2",
      "RR-30",
    ]);
  });

  it("a telephone's number for what is faxed or texted to", () => {
    expect(best("faxNo", text, "Fax the offer to 040 5550122")).toBe("040 5550122");
    expect(best("mobile", text, "Text her the code at 0160 5550122")).toBe("0160 5550122");
  });

  it("what stands right behind the place's own name", () => {
    expect(best("room", text, "Move the meeting to room 214")).toBe("214");
    expect(best("channel", text, "Post the title in the channel triage")).toBe("triage");
    expect(best("title", text, "File it under the title Spring cleaning")).toBe("Spring cleaning");
    expect(best("room", text, "Is the room free?")).toBeUndefined();
    expect(best("titel", text, "Schick es über den Titel frühling")).toBe("frühling");
    expect(best("title", text, "Größen title spring, please")).not.toBe("spring");
    expect(best("titel", text, "Nur das Diagramm, Titel: Wind im Mai")).toBe("Wind im Mai");
    expect(best("block", text, "What would 3 seats in block C cost?", "one letter")).toBe("C");
  });

  it("what is told to be it, and what sort of it is meant", () => {
    expect(best("unit", text, "Draw the load profile, with kW as the unit")).toBe("kW");
    expect(best("reason", text, "Tell him when she comes, and give strong headwinds as the reason")).toBe("strong headwinds");
    expect(best("tone", text, "Draft a reply in a friendly tone")).toBe("friendly");
    expect(best("format", text, "Save it in a new format")).toBeUndefined();
    expect(best("reason", text, "Tell him, with the delay as the reason")).toBeUndefined();
  });

  it("a version, a ratio, the number of a file, where the place is called so", () => {
    expect(best("version", text, "PROD IS DOWN. back to v3.8.1 now")).toBe("v3.8.1");
    expect(best("ratio", text, "Crop it to 4:3 for the front page")).toBe("4:3");
    expect(best("caseNumber", text, "File this in case 4:25-cv-00871 today")).toBe("4:25-cv-00871");
    expect(best("formation", text, "A starting eleven in a 4-3-3", "e.g. 4-4-2")).toBe("4-3-3");
  });

  it("a language by what it is called, however the request bends it", () => {
    expect(best("language", text, "Übersetz das ins Italienische")).toBe("Italienisch");
    expect(best("language", text, "Übersetz das ins Italienische", "English name of the language")).toBe("Italian");
    // `en` is a word of this language, and no label.
    expect(best("language", { enum: ["en", "fr"] }, "Préviens tout le personnel, en français")).toBe("fr");
    expect(best("language", { enum: ["en", "fr"] }, "Préviens tout le personnel en Bretagne")).toBeUndefined();
  });

  it("the address of a mail for an argument that is only called mail, and no other words for it", () => {
    expect(best("email", text, "Invite jo@fenwick.example to the viewing")).toBe("jo@fenwick.example");
    expect(best("email", text, "Invite Jo Fenwick to the viewing")).toBeUndefined();
  });

  it("a time in the unit that the place counts in", () => {
    expect(best("daysOverdue", { type: "integer" }, "It is three weeks overdue")).toBe(21);
    expect(best("minutes", { type: "integer" }, "Wake me in half an hour")).toBe(30);
    expect(best("hours", { type: "number" }, "Wait 3 hours")).toBe(3);
  });

  it("a label by its language or currency, where labels are their codes", () => {
    expect(best("language", { type: "string", enum: ["en", "de", "fr"] }, "in French")).toBe("fr");
    expect(best("currency", { type: "string", enum: ["EUR", "USD", "CHF"] }, "in Swiss francs")).toBe("CHF");
  });

  it("the value whose own words stand beside it", () => {
    const request = "Book a loan of 5000 at a rate of 4% for a term of 3 years";
    expect(best("rate", { type: "number" }, request, "interest rate in percent")).toBe(4);
    expect(best("term", { type: "integer" }, request, "years")).toBe(3);
    const trip = "Find a train from Lima to Oslo";
    expect(best("origin", text, trip)).toBe("Lima");
    expect(best("destination", text, trip)).toBe("Oslo");
  });

  it("of several numbers the one that its own words stand by, none of which another number has between", () => {
    const number: JsonSchema = { type: "number" };
    const hall = "A hall for 80 guests, 6 tables and a stage of 20 square metres";
    expect(best("guests", number, hall)).toBe(80);
    expect(best("tables", number, hall)).toBe(6);
    expect(best("stage", number, hall)).toBe(20);
    const mix = "How many ml of the 5-molar acid make 250 ml at 0.2 mol/l?";
    expect(best("acidMolar", number, mix)).toBe(5);
    expect(best("molarAfter", number, mix, "mol/l, in the end")).not.toBe(250);
  });

  it("a language among labels by its name in another language", () => {
    expect(best("into", { enum: ["polish", "turkish", "arabic"] }, "Den Aushang bitte ins Türkische")).toBe("turkish");
  });

  it("no where its words are denied", () => {
    expect(best("smoker", { type: "boolean" }, "A policy for a smoker")).toBe(true);
    expect(best("smoker", { type: "boolean" }, "A policy for a non-smoker")).toBe(false);
    expect(best("smoker", { type: "boolean" }, "Ein Angebot für einen Nichtraucher")).toBe(false);
    for (const request of ["Turn off the alarms", "Alarms are not needed", "Without lights, bells and alarms"])
      expect(best("alarms", { type: "boolean" }, request)).toBe(false);
    expect(best("alarms", { type: "boolean" }, "Don't forget to include the alarms")).toBe(true);
    expect(best("alarms", { type: "boolean" }, "Ask whether there are alarms")).toBeUndefined();
    expect(best("balcony", { type: "boolean" }, "A room without a balcony")).toBe(false);
  });

  it("a label that is said, the longer one where one holds the other, none where several are", () => {
    const cabin: JsonSchema = { enum: ["economy", "premium economy", "first"] };
    expect(best("cabin", cabin, "two seats in premium economy")).toBe("premium economy");
    expect(best("cabin", cabin, "two seats")).toBeUndefined();
    expect(best("cabin", cabin, "economy or first, whichever is free")).toBeUndefined();
    expect(best("cabin", { const: "first" }, "two seats")).toBe("first");
  });

  it("a yes where its words are said, and no no", () => {
    expect(best("include_digits", { type: "boolean" }, "a password, include digits")).toBe(true);
    expect(best("include_digits", { type: "boolean" }, "a password")).toBeUndefined();
  });

  it("a list of what suits its items", () => {
    expect(best("places", { type: "array", items: text }, "Plan a tour through Lima, Oslo and Rome")).toEqual(["Lima", "Oslo", "Rome"]);
  });

  it("no number that points at what is known, nor one that counts something else", () => {
    const number: JsonSchema = { type: "number" };
    expect(best("first", number, "Which of the two offers is cheaper?", "price in EUR")).toBeUndefined();
    expect(best("newPrice", number, "Set our price to the lowest one on the shelf")).toBeUndefined();
    expect(best("persons", number, "We have bikes worth 1800 euros together")).toBeUndefined();
    expect(best("seats", number, "Book the three seats for us")).toBe(3);
    expect(best("offers", number, "Show me two offers")).toBe(2);
    expect(best("weightKg", number, "a parcel of 500 g")).toBe(0.5);
  });

  it("nothing where the text says nothing of the kind, or what does not pass the schema", () => {
    expect(best("percent", { type: "number" }, "Take something off")).toBeUndefined();
    expect(best("pages", { type: "integer", maximum: 10 }, "print 40 pages")).toBeUndefined();
    expect(best("to", { type: "string", format: "email" }, "mail it to Mara")).toBeUndefined();
    expect(best("photo", { "x-media": "image" }, "the photo 'a.png'")).toBeUndefined();
  });
});

it.each([{ type: "string", format: "date" }, { type: "string", format: "date-time" }, { type: "string" }])(
  "the name of a day of the week is no date, and nobody's name is an instant: %j",
  (schema) => {
    const slot = { name: "date", schema, required: true, description: "" } as const;
    expect(groundedFor(slot, "Please book a table for Monday at noon, for Anna")).toEqual([]);
  },
);

it("a label without its accents", () => {
  expect(best("rate", { type: "string", enum: ["full", "reduced", "senior"] }, "¿Cuánto pagamos, todos con tarifa sénior?")).toBe("senior");
});
