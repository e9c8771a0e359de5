import { SimpleChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import { asModel, check, compile, defineGraph, END, mark, specialist, type TroupeError, team, use } from "@troupe/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Redacted, redact, redactWith } from "./redact.js";
import type { PersonalKind } from "./redaction/kinds.js";
import { restore } from "./restore.js";

const run = (text: string, one = redact) => one.run!({ text }, {} as never) as Redacted;
const back = ({ redacted, vault }: Redacted) => (restore.run!({ text: redacted, vault }, {} as never) as { restored: string }).restored;

test.each<[PersonalKind, string, string]>([
  ["mail", "Write to ada.l+x@post.example.org soon.", "ada.l+x@post.example.org"],
  ["mail", "ada (at) post (dot) example", "ada (at) post (dot) example"],
  ["phone", "Ring +44 20 7946 0018, please.", "+44 20 7946 0018"],
  ["phone", "Tel.: 0221/4710815", "0221/4710815"],
  ["phone", "or (614) 555-0142", "(614) 555-0142"],
  ["iban", "to DE89 3704 0044 0532 0130 00 today", "DE89 3704 0044 0532 0130 00"],
  ["iban", "NL91ABNA0417164300", "NL91ABNA0417164300"],
  ["card", "Card 4111-1111-1111-1111.", "4111-1111-1111-1111"],
  ["id", "DNI 12345678Z", "12345678Z"],
  ["id", "Reisepass Nr. C01X00T47 liegt bei", "C01X00T47"],
  ["birth", "geb. am 17. August 1939", "17. August 1939"],
  ["birth", "née le 05/06/1990", "05/06/1990"],
  ["address", "lives at 8 Orchard Close, Leeds LS6 2QT now", "8 Orchard Close, Leeds LS6 2QT"],
  ["address", "Lindenallee 24, 50667 Köln", "Lindenallee 24, 50667 Köln"],
  ["url", "see https://host.example/users/lena.h.", "https://host.example/users/lena.h"],
  ["url", "ssh://root:secret@203.0.113.9/repo", "ssh://root:secret@203.0.113.9/repo"],
  ["ip", "from 203.0.113.77 at noon", "203.0.113.77"],
  ["person", "Dear Priya, thank you", "Priya"],
  ["person", "Sehr geehrte Frau Lindqvist,", "Lindqvist"],
  ["person", "the order of Thomas Okafor came", "Thomas Okafor"],
])("%s in %s", (kind, text, value) => {
  const { redacted, vault, found } = run(text);
  expect(Object.values(vault)).toEqual([value]);
  expect(found).toEqual({ [kind]: 1 });
  expect(redacted).toBe(text.replace(value, `[${kind.toUpperCase()}_1]`));
});

test.each([
  "The account DE89 3704 0044 0532 0130 01 fails its checksum.",
  "Order 4111 1111 1111 1112 shipped on 12.03.2024 at 7:30, weighing 1.250.000 grams.",
  "The plant stands at 52.5200 13.4050 and weighs 0.5 0.25 0.125 as tried.",
  "Version 10.2.0.4 of the client, page 31 of 212, 184 kg for 7,250 dollars.",
  "The meeting is on Monday, 3 June 2024, in the great hall.",
])("%s: nothing in it is personal", (text) => {
  expect(run(text).vault).toEqual({});
});

test.each<[PersonalKind, string, string]>([
  ["iban", "IBAN DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000", "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000"],
  ["phone", "Tel. +49\u202f30\u202f123\u202f456\u202f78", "+49\u202f30\u202f123\u202f456\u202f78"],
  ["phone", "ring +1\u2011503\u2011555\u20110142", "+1\u2011503\u2011555\u20110142"],
  ["phone", "電話：０３－１２３４－５６７８", "０３－１２３４－５６７８"],
  ["phone", "هاتف: ٠١٠١٢٣٤٥٦٧٨", "٠١٠١٢٣٤٥٦٧٨"],
  ["phone", "फोन: ०९८७६५४३२१०", "०९८७६५४३२१०"],
  ["card", "Card ４１１１ １１１１ １１１１ １１１１", "４１１１ １１１１ １１１１ １１１１"],
  ["mail", "to ada＠post．example now", "ada＠post．example"],
  ["phone", "我的电话13812345678", "13812345678"],
  ["phone", "電話は03-1234-5678です", "03-1234-5678"],
  ["iban", "账户DE89370400440532013000谢谢", "DE89370400440532013000"],
  ["card", "Card 4111 1111 1111 1111 12/27", "4111 1111 1111 1111"],
  ["card", "Card 4111 1111 1111 1111 123", "4111 1111 1111 1111"],
])("however its signs are written, and whatever runs on behind it: %s in %s", (kind, text, value) => {
  const { redacted, vault } = run(text);
  expect(Object.values(vault)).toEqual([value]);
  expect(redacted).toBe(text.replace(value, `[${kind.toUpperCase()}_1]`));
});

test.each([
  ["from DE89370400440532013000 to GB29 NWBK 6016 1331 9268 19 now", "from [IBAN_1] to [IBAN_2] now"],
  ["Tel 030 1234567 / 0171 7654321", "Tel [PHONE_1] / [PHONE_2]"],
  ["+49 170 1234567 0171 7654321", "[PHONE_1] [PHONE_2]"],
  ["Tel: 030/1234567 2024-03-12", "Tel: [PHONE_1] 2024-03-12"],
  ["4111 1111 1111 1111 5500 0000 0000 0004", "[CARD_1] [CARD_2]"],
])("of two that stand side by side none is left: %s", (text, redacted) => {
  expect(run(text).redacted).toBe(redacted);
});

test.each([
  ["Dear Mr. Smith, hello", "Dear Mr. [PERSON_1], hello"],
  ["Hello Dr. Jones!", "Hello Dr. [PERSON_1]!"],
  ["Bonjour Madame,", "Bonjour Madame,"],
  ["Dear Customer, your Customer number is new.", "Dear Customer, your Customer number is new."],
  ["Dear Team,\nthe Team meets today.", "Dear Team,\nthe Team meets today."],
])("who is greeted by a title or as one of many is not named by it: %s", (text, redacted) => {
  expect(run(text).redacted).toBe(redacted);
});

test("the same value has the same placeholder, and a name is taken out where a part of it stands again", () => {
  const { redacted, vault } = run("Nora Castellanos wrote. Ask Nora, or n@x.example; n@x.example is read daily.");
  expect(redacted).toBe("[PERSON_1] wrote. Ask [PERSON_2], or [MAIL_1]; [MAIL_1] is read daily.");
  expect(vault).toEqual({ "[PERSON_1]": "Nora Castellanos", "[PERSON_2]": "Nora", "[MAIL_1]": "n@x.example" });
});

test.each([
  ["Mr. Brandt called. Brandt's car is here.", "Brandt"],
  ["Mr. Brandt called. Brandt’s car is here.", "Brandt"],
  ["Frau Brandt rief an. Brandts Auto steht hier.", "Brandt"],
  ["Mr. Brandt called. NOTE: BRANDT IS WAITING.", "BRANDT"],
  ["Mr. Brandt called. Ask Ortega-Brandt too.", "Brandt"],
  ["Ms. Ng called. Ask Ng too.", "Ng"],
])("a name is taken out in whatever form it stands again: %s", (text, name) => {
  const done = run(text);
  expect(done.redacted.toLowerCase()).not.toContain(name.toLowerCase());
  expect(back(done)).toBe(text);
});

test("only the kinds that are asked for are taken out", () => {
  const text = "Dear Priya, ring +44 20 7946 0018 or write to p@x.example";
  expect(Object.values(run(text, redactWith({ kinds: ["mail"] })).vault)).toEqual(["p@x.example"]);
});

const pieces = fc.constantFrom(
  "Dear Ada, ",
  "[PERSON_1]",
  "[MAIL_2] ",
  "ada@x.example ",
  "+44 20 7946 0018",
  " 12 March 1980 ",
  "born ",
  "DE89370400440532013000",
  "Herr Müller ",
  "\n",
  "]",
  "[",
  "_1",
  "Lindenallee 24, 50667 Köln ",
  "😀",
  "1",
  "$&",
  "$1",
);

test("what was taken out is put back to the letter, whatever a text holds", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "grapheme", maxLength: 6 })), { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      const made = run(text);
      expect(back(made)).toBe(text);
      for (const value of Object.values(made.vault)) expect(value).not.toBe("");
    }),
    { numRuns: 3_000 },
  );
});

test("placeholders are known again as models write them, and others are left", () => {
  const vault = { "[PERSON_1]": "Ada", "[MAIL_2]": "a@x.example" };
  const text = "Dear [person_1], <PERSON 1> and [PERSON\\_1] write to (MAIL_2), not to [MAIL_3] or [1].";
  expect((restore.run!({ text, vault }, {} as never) as { restored: string }).restored).toBe(
    "Dear Ada, Ada and Ada write to a@x.example, not to [MAIL_3] or [1].",
  );
});

test("it takes time in proportion to a text, whatever the text is dense in", () => {
  const cost = (text: string) => {
    const start = process.cpuUsage();
    run(text);
    return process.cpuUsage(start).user / 1000;
  };
  for (const one of [
    "ada@",
    "a.b.c@x.y ",
    "+44 20 ",
    "1 ",
    "12-",
    "A B ",
    "Ada Lovelace ",
    "DE89 ",
    "0a:",
    "http://a/",
    "Rue de la ",
    "Dear ",
    "(at) ",
    "né ",
    "passport no ",
    "4111 ",
    "Am Am ",
    "x",
  ])
    expect([one, cost(one.repeat(Math.ceil(100_000 / one.length))) < 6_000]).toEqual([one, true]);
}, 120_000);

/** A model in the cloud that says what it is told to, and keeps what it heard. */
class Cloud extends SimpleChatModel {
  readonly heard: string[] = [];
  constructor(private readonly says: string) {
    super({});
  }
  _llmType(): string {
    return "cloud";
  }
  async _call(messages: BaseMessage[]): Promise<string> {
    this.heard.push(messages.map(({ text }) => text).join("\n"));
    return this.says;
  }
}
const cloud = (says: string) => {
  const chat = new Cloud(says);
  return { heard: chat.heard, model: asModel(chat, "test:cloud", { structured: "none" }) };
};
const letter = "Dear Priya Raman,\nplease ring +44 20 7946 0018.\nKind regards\nThomas Okafor";

test("a private letter goes to the cloud redacted, and the answer comes back whole", async () => {
  const { heard, model } = cloud('{"reply":"Hello [PERSON_1], I rang [PHONE_1]."}');
  const reply = specialist({
    name: "reply",
    does: "Answers a letter",
    model,
    input: z.object({ text: z.string() }),
    output: z.object({ reply: z.string() }),
    prompt: ({ text }) => text,
  });
  const graph = defineGraph({
    name: "letters",
    state: {
      letter: mark.private(z.string()),
      redacted: z.string(),
      vault: z.record(z.string(), z.string()),
      found: z.partialRecord(z.string(), z.int()),
      reply: z.string(),
      restored: z.string(),
    },
    input: ["letter"],
    output: ["restored"],
    nodes: {
      redact: use(redact, { read: { text: "letter" } }),
      answer: use(reply, { read: { text: "redacted" } }),
      restore: use(restore, { read: { text: "reply" } }),
    },
    start: "redact",
    edges: { redact: "answer", answer: "restore", restore: END },
  });
  expect(check(graph)).toEqual([]);
  expect(await compile(graph).invoke({ letter })).toEqual({ restored: "Hello Priya Raman, I rang +44 20 7946 0018." });
  expect(heard).toHaveLength(1);
  expect(heard[0]).toContain("[PERSON_1]");
  for (const secret of ["Priya", "Raman", "7946", "Okafor"]) expect(heard[0]).not.toContain(secret);
});

test("what was put back is private again", async () => {
  const { model, heard } = cloud("{}");
  const graph = defineGraph({
    name: "back",
    state: { text: z.string(), vault: z.record(z.string(), z.string()), restored: z.string(), out: z.string() },
    input: ["text", "vault"],
    output: ["out"],
    nodes: {
      restore,
      tell: use(
        specialist({
          name: "tell",
          does: "Tells",
          model,
          input: z.object({ restored: z.string() }),
          output: z.object({ out: z.string() }),
          prompt: ({ restored }) => restored,
        }),
      ),
    },
    start: "restore",
    edges: { restore: "tell", tell: END },
  });
  expect(check(graph).map(({ code }) => code)).toEqual(["private-leak"]);
  expect(() => compile(graph)).toThrow();
  expect(heard).toEqual([]);
});

test("a team finds the way through redact by itself where the cloud is asked for a private text", async () => {
  const { heard, model } = cloud('{"summary":"They want a call."}');
  const summarise = specialist({
    name: "summarise",
    does: "Sums up a text",
    model,
    input: z.object({ text: z.string() }),
    output: z.object({ summary: z.string() }),
    prompt: ({ text }) => text,
  });
  const desk = (members: Parameters<typeof team>[0]["members"]) =>
    defineGraph({
      name: "desk",
      state: { letter: mark.private(z.string()), summary: z.string() },
      input: ["letter"],
      output: ["summary"],
      nodes: {
        desk: team({
          name: "desk",
          does: "Sums up a letter",
          members,
          input: z.object({ letter: z.string() }),
          output: z.object({ summary: z.string() }),
        }),
      },
      start: "desk",
      edges: { desk: END },
    });
  expect(await compile(desk([summarise, redact])).invoke({ letter })).toEqual({ summary: "They want a call." });
  expect(heard.join()).not.toContain("Okafor");
  const without = await compile(desk([summarise]))
    .invoke({ letter })
    .then(
      () => undefined,
      (error: TroupeError) => error.code,
    );
  expect(without).toBe("PLAN_DECLINED");
  expect(heard).toHaveLength(1);
});
