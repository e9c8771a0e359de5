import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isRef } from "../../graph/plan.js";
import { media } from "../../media/media.js";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const number = z.number();
const page = media.page();
const texts = z.array(text);
const member = (name: string, does: string, takes: Record<string, z.ZodType>, gives: Record<string, z.ZodType>) =>
  specialist({ name, does, input: z.object(takes), output: z.object(gives), run: () => ({}) as never });

/** Where each argument and each output comes from, followed back to what is given: `trim(read).trimmed`. */
async function wired(members: Specialist[], input: Schema, output: Schema, request = "") {
  const { plan, declined } = await derive(briefOf({ request, members, input, output }));
  expect(declined).toBeUndefined();
  const said = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(said).join(" ")}]`;
    if (!isRef(value)) return JSON.stringify(value);
    const [head, field] = value.ref.split(".");
    const task = plan.tasks.find(({ id }) => id === head);
    return task ? `${task.member}(${Object.values(task.args).map(said).join(", ")}).${field}` : field!;
  };
  return Object.fromEntries(Object.entries(plan.output).map(([name, value]) => [name, said(value)]));
}

const clean = member("clean", "Cleans a reading of noise", { signal: text }, { cleaned: text });
const peak = member("peak", "Highest value of a reading", { signal: text }, { peak: number });
const mean = member("mean", "Mean value of a reading", { signal: text }, { mean: number });
const reading = z.object({ reading: text });

describe("what a request says of two things, or of what is left", () => {
  test("holds for both", async () => {
    const request = "Clean the reading. Both the peak and the mean are to be taken from the cleaned reading.";
    expect(await wired([clean, peak, mean], reading, z.object({ peak: number, mean: number }), request)).toEqual({
      peak: "peak(clean(reading).cleaned).peak",
      mean: "mean(clean(reading).cleaned).mean",
    });
  });

  test("goes with the thing that it is said of, behind a comma too", async () => {
    const tidy = member("tidyRoster", "Tidies a plan: brings it into Ordnung", { roster: text }, { neat: text });
    const shifts = member("shifts", "Counts shifts, Schichten", { roster: text }, { count: number });
    const request = "Bring den Plan in Ordnung und zähle dann die Schichten, die in der geordneten Fassung stehen.";
    expect(await wired([tidy, shifts], z.object({ typed: text }), z.object({ neat: text, count: number }), request)).toEqual({
      neat: "tidyRoster(typed).neat",
      count: "shifts(tidyRoster(typed).neat).count",
    });
  });

  test.each(["Drop the doubled rows and count by town who is left.", "Drop the doubled rows, then count the remaining ones by town."])(
    "%s",
    async (request) => {
      const drop = member("dropDoubles", "Drops doubled rows of a list", { list: text }, { single: text });
      const count = member("countByTown", "Number of rows of a list per town", { list: text }, { counts: text });
      expect(await wired([drop, count], z.object({ list: text }), z.object({ single: text, counts: text }), request)).toEqual({
        single: "dropDoubles(list).single",
        counts: "countByTown(dropDoubles(list).single).counts",
      });
    },
  );

  test("and who is only spoken of feeds nobody where another gives what is taken by its name", async () => {
    const write = member("writeDown", "Writes a recording down", { recording: text }, { transcript: text });
    const host = member("hostOf", "Host of a show", { transcript: text }, { host: text });
    const check = member("jingleCheck", "Whether the host kept to the jingle", { transcript: text }, { kept: z.boolean() });
    const request = "Write the recording down and tell me whether the host kept to the jingle.";
    expect(await wired([write, host, check], z.object({ recording: text }), z.object({ kept: z.boolean() }), request)).toEqual({
      kept: "jingleCheck(writeDown(recording).transcript).kept",
    });
  });
});

describe("a value that a request says", () => {
  test("is not what its member is called after", async () => {
    const trim = member("trim", "Cuts the ends off a strand", { dna: text }, { trimmed: text });
    const content = member("gcContent", "Percentage of two bases", { dna: text }, { percent: number });
    const request = "Trim the strand, and give me the GC content of the whole strand.";
    const output = z.object({ trimmed: text, percent: number });
    expect(await wired([trim, content], z.object({ strand: text }), output, request)).toEqual({
      trimmed: "trim(strand).trimmed",
      percent: "gcContent(strand).percent",
    });
  });

  test("is no day where something else is listed", async () => {
    const leave = member("without", "List without some names", { list: texts, names: texts }, { present: texts });
    const draw = member("drawPairs", "Draws pairs", { players: texts, pairs: z.int() }, { draw: texts });
    const input = z.object({ club: texts, ill: texts });
    const request = "Who is there on Friday once the ill are off the list? And draw three pairs for the season, from the whole club.";
    const { plan } = await derive(briefOf({ request, members: [leave, draw], input, output: z.object({ present: texts, draw: texts }) }));
    expect(JSON.stringify(plan)).not.toContain("Friday");
  });

  test("names a currency by half where one alone is called so", async () => {
    const tag = member("priceTag", "Price tag", { price: number, currency: z.enum(["EUR", "SEK", "GBP"]) }, { tag: text });
    for (const [said, code] of [
      ["pounds", "GBP"],
      ["kronor", undefined],
      ["Euro", "EUR"],
    ] as const) {
      const { plan } = await derive(
        briefOf({ request: `A tag in ${said}.`, members: [tag], input: z.object({ price: number }), output: z.object({ tag: text }) }),
      );
      expect(plan.tasks[0]?.args.currency).toBe(code);
    }
  });

  test("stands before who would find one", async () => {
    const suggest = member("suggestSlug", "Suggests a slug for an article", { article: text }, { slug: text });
    const address = member("addressFor", "Address of an article", { article: text, slug: text }, { address: text });
    const request = "The address of the article under the slug winter-fair-2028";
    expect(await wired([suggest, address], z.object({ article: text }), z.object({ address: text }), request)).toEqual({
      address: 'addressFor(article, "winter-fair-2028").address',
    });
  });

  test("is the width or the height as it says behind both", async () => {
    const size = { width: z.int(), height: z.int() };
    const scale = member("scale", "Scales a picture", { picture: text, ...size }, { scaled: text });
    for (const [said, right] of [
      ["width by height", "1600, 900"],
      ["height by width", "900, 1600"],
    ])
      expect(
        await wired([scale], z.object({ picture: text }), z.object({ scaled: text }), `Scale the picture to 1600 by 900 pixels (${said}).`),
      ).toEqual({ scaled: `scale(picture, ${right}).scaled` });
  });

  test.each([
    ["Ein leichtes Quiz für Fortgeschrittene über den Text, bitte in Grün.", "advanced", "green"],
    ["Un cuestionario de nivel avanzado sobre el texto, en verde.", "advanced", "green"],
    ["Ein Quiz für Anfänger über den Text, in Schwarz.", "beginner", "black"],
  ])("is a label in German and Spanish too: %s", async (request, level, colour) => {
    const takes = { text, level: z.enum(["beginner", "advanced"]), colour: z.enum(["black", "green", "red"]) };
    const quiz = member("makeQuiz", "Makes a quiz about a text", takes, { quiz: text });
    expect(await wired([quiz], z.object({ text }), z.object({ quiz: text }), request)).toEqual({
      quiz: `makeQuiz(text, "${level}", "${colour}").quiz`,
    });
  });

  test("is the number of what it stands by, and no other number", async () => {
    const takes = { booking_no: text, fee: number };
    const letter = member("letterFor", "Words a letter about a booking", takes, { letter: text });
    const request = "The letter about booking 48213, and that it has a fee.";
    const { plan } = await derive(briefOf({ request, members: [letter], input: z.object({}), output: z.object({ letter: text }) }));
    expect(JSON.stringify(plan)).not.toContain("48213}");
    const door = member("openDoor", "Opens the door of a room", { roomNumber: z.int() }, { opened: text });
    const view = member("viewOf", "View from a room", { room: text }, { view: text });
    const output = z.object({ opened: text, view: text });
    expect(await wired([door, view], z.object({}), output, "Open the door of room 214 and tell me the view from it.")).toEqual({
      opened: "openDoor(214).opened",
      view: 'viewOf("214").view',
    });
  });

  test("in which language something is asks nobody to put it into that", async () => {
    const takes = { text, source: text.describe("language of the text, ISO 639-1"), target: text.describe("ISO 639-1") };
    const translate = member("translate", "Translates a text", takes, { result: text });
    const price = member("price", "Price of a job", { text, target: text.describe("ISO 639-1") }, { euros: number });
    const { plan } = await derive(
      briefOf({
        request: "The leaflet is in Czech and we need it in Danish.",
        members: [translate, price],
        input: z.object({ leaflet: text }),
        output: z.object({}),
      }),
    );
    expect(plan.tasks.map(({ member, args }) => [member, args.source, args.target])).toEqual([["translate", "cs", "da"]]);
  });
});

describe("what a place is called, and what is said of it", () => {
  test("a brief that is worked on is not the request, and an answer key no code", async () => {
    const court = member("courtOf", "Court that a brief belongs to", { brief: text }, { court: text });
    expect(await wired([court], z.object({ escrito: text }), z.object({ court: text }), "Which court is it?")).toEqual({
      court: "courtOf(escrito).court",
    });
    const mark = member("mark", "Marks answers", { answers: text, key: text.describe("the right answers") }, { points: number });
    const read = member("readPage", "Reads a page", { page }, { text });
    expect(await wired([read, mark], z.object({ answers: page, key: page }), z.object({ points: number }))).toEqual({
      points: "mark(readPage(answers).text, readPage(key).text).points",
    });
  });

  test("who wrote a letter is no letter, and one day of a diary is no date", async () => {
    const head = member("letterHead", "Sender and addressee of a letter", { letter: text }, { sender: text, recipient: text });
    const gist = member("gist", "What a letter is about", { letter: text }, { gist: text });
    const output = z.object({ sender: text.describe("who wrote the letter"), gist: text });
    expect(await wired([head, gist], z.object({ letter: text }), output)).toEqual({
      sender: "letterHead(letter).sender",
      gist: "gist(letter).gist",
    });
    const count = member("crewOf", "How many were on site", { diary: text }, { workers: number });
    const entry = z.object({ entry: text.describe("one day of the site diary") });
    expect(await wired([count], entry, z.object({ workers: number }))).toEqual({ workers: "crewOf(entry).workers" });
  });

  test("what was said on the phone is a text", async () => {
    const hear = member("hear", "Speech to text", { sound: page }, { words: text });
    const takes = { phone: text.describe("what was said on the phone"), chat: text };
    const report = member("report", "A report on a case", takes, { report: text });
    expect(await wired([hear, report], z.object({ call: page, chat: text }), z.object({ report: text }))).toEqual({
      report: "report(hear(call).words, chat).report",
    });
  });

  test("a text in one language is not taken for one in another, and what is proposed comes after what is there now", async () => {
    const translate = member("frenchToEnglish", "Brings French texts into English", { french: text }, { english: text });
    const takes = { before: text.describe("English"), after: text.describe("English") };
    const compare = member("compare", "What changed between two wordings", takes, { changes: texts });
    const input = z.object({ sign: text.describe("hangs there now, in English"), draft: text.describe("the new wording, in French") });
    expect(await wired([translate, compare], input, z.object({ changes: texts }))).toEqual({
      changes: "compare(sign, frenchToEnglish(draft).english).changes",
    });
  });

  test("an output whose words name another is made of that", async () => {
    const fee = member("fee", "Fee for a stay", { nights: number }, { fee: number });
    const words = member("inWords", "An amount in words", { amount: number }, { words: text });
    const output = z.object({ fee: number, words: text.describe("the fee written in words") });
    expect(await wired([fee, words], z.object({ nights: number }), output)).toEqual({
      fee: "fee(nights).fee",
      words: "inWords(fee(nights).fee).words",
    });
  });

  test("of several fields of a member the request names one", async () => {
    const days = member("leaveDays", "First and last day of a leave", { note: text }, { first: text, last: text });
    const plan = member("rota", "Rota of a day", { day: text }, { rota: text });
    for (const which of ["first", "last"])
      expect(
        await wired(
          [days, plan],
          z.object({ note: text }),
          z.object({ rota: text }),
          `The rota for the ${which} day of the leave, please.`,
        ),
      ).toEqual({ rota: `rota(leaveDays(note).${which}).rota` });
  });
});

describe("what is given", () => {
  const shot = z.object({ shot: page, form: page });
  const pack = member("pack", "Packs files into one archive", { files: z.array(page) }, { archive: page });

  test("goes into a list as what the request has done to it", async () => {
    const brighten = member("brighten", "Brightens a shot", { shot: page }, { shot: page });
    const request = "Brighten the shot and pack it together with the form.";
    expect(await wired([brighten, pack], shot, z.object({ archive: page }), request)).toEqual({
      archive: "pack([brighten(shot).shot form]).archive",
    });
  });

  test("and is not changed where the request only speaks of it", async () => {
    const crop = member("cropOut", "Crops what a photo shows", { photo: page }, { photo: page });
    const plant = member("plantOn", "Plant on a photo", { photo: page }, { plant: text });
    const request = "A neighbour sent us this photo. Which plant is it?";
    expect(await wired([crop, plant], z.object({ photo: page }), z.object({ plant: text }), request)).toEqual({
      plant: "plantOn(photo).plant",
    });
  });
});

describe("things that two members read", () => {
  test("are not what the other makes of them", async () => {
    const decipher = member("decipher", "Deciphers old handwriting", { scan: page }, { text });
    const stops = member("stops", "Places noted in a diary", { diary: text }, { stops: texts });
    const moods = member("moods", "Moods of a diary", { diary: text }, { moods: text });
    expect(await wired([decipher, stops, moods], z.object({ leaf: page }), z.object({ stops: texts, moods: text }))).toEqual({
      stops: "stops(decipher(leaf).text).stops",
      moods: "moods(decipher(leaf).text).moods",
    });
  });

  test("and a list is not gathered of what its maker starts from", async () => {
    const form = member("formOf", "Form of a rower this year", { rower: text }, { form: text });
    const rank = member("rank", "Ranks rowers by their form", { form: texts }, { ranking: text });
    const input = z.object({ rower1: text, rower2: text });
    expect(await wired([form, rank], input, z.object({ ranking: text }), "Who of the two is better?")).toEqual({
      ranking: "rank([formOf(rower1).form formOf(rower2).form]).ranking",
    });
  });

  test("and the least of some numbers is called min, as minutes are", async () => {
    const fee = member("feeIn", "Fee that a letter asks for", { letter: text }, { fee: number });
    const least = member("least", "Smallest of some numbers", { numbers: z.array(number) }, { min: number });
    const input = z.object({ letterOne: text, letterTwo: text });
    const wanted = z.object({ lowest: number.describe("lowest of the two fees asked for") });
    expect(await wired([fee, least], input, wanted)).toEqual({
      lowest: "least([feeIn(letterOne).fee feeIn(letterTwo).fee]).min",
    });
  });
});

describe("values", () => {
  const currency = z.enum(["EUR", "CHF", "NOK", "SEK"]);
  const change = member(
    "change",
    "Converts money at the rate of the day",
    { sum: number, from: currency, to: currency },
    { changed: number },
  );
  test.each([
    ["The sum is in Swiss francs. What is that in Norwegian kroner?", "CHF", "NOK"],
    ["How much is it in Norwegian kroner? The sum is in Swiss francs.", "CHF", "NOK"],
    ["Was macht das in norwegischen Kronen? Die Summe ist in Euro.", "EUR", "NOK"],
  ])("%s", async (request, from, to) => {
    expect(await wired([change], z.object({ sum: number }), z.object({ changed: number }), request)).toEqual({
      changed: `change(sum, "${from}", "${to}").changed`,
    });
  });

  test("stand where a word beside them says so, in whatever language", async () => {
    const often = member("often", "How often a word occurs", { text, word: text }, { times: number });
    const request = "¿Cuántas veces aparece la palabra «mar» en la canción?";
    expect(await wired([often], z.object({ cancion: text }), z.object({ times: number }), request)).toEqual({
      times: 'often(cancion, "mar").times',
    });
  });

  test("are none where they name another member", async () => {
    const remind = member("remind", "Words a reminder of a visit", { name: text, day: z.iso.date() }, { text });
    const signal = member("signal", "Sends a chat message", { number: text, text }, { delivered: z.boolean() });
    const input = z.object({ guest: text.describe("guest's name"), mobile: text, visit: z.iso.date().describe("day of the visit") });
    const request = "Mándale al huésped por Signal un recordatorio de su visita.";
    expect(await wired([remind, signal], input, z.object({ delivered: z.boolean() }), request)).toEqual({
      delivered: "signal(mobile, remind(guest, visit).text).delivered",
    });
  });

  test("and one number alone is no list of numbers", async () => {
    const raise = member("raise", "Raises rents", { rents: z.array(number), percent: number }, { raised: z.array(number) });
    const round = member("round", "Rounds rents to a step", { rents: z.array(number), step: number }, { rounded: z.array(number) });
    const request = "Put the rents up by 2.5 percent, then round the result to the nearest 0.5.";
    expect(await wired([raise, round], z.object({ current: z.array(number) }), z.object({ rounded: z.array(number) }), request)).toEqual({
      rounded: "round(raise(current, 2.5).raised, 0.5).rounded",
    });
  });

  test("are none where they are what is given", async () => {
    const compare = member("compare", "What is different in a later scan", { earlier: text, later: text }, { changes: text });
    const explain = member("explain", "Explains findings to the owner of a dog", { findings: text }, { letter: text });
    const input = z.object({ before: text.describe("CT of spring"), after: text.describe("CT of this week") });
    const request = "Find what changed since the first CT and explain these changes to the owner.";
    expect(await wired([compare, explain], input, z.object({ changes: text, letter: text }), request)).toEqual({
      changes: "compare(before, after).changes",
      letter: "explain(compare(before, after).changes).letter",
    });
  });
});

test("addresses stand where a member speaks of addresses, whatever its arguments are called", async () => {
  const way = member("wayLength", "Way by bike between two addresses", { origin: text, destination: text }, { km: number });
  const sticker = member("sticker", "Text of a sticker", { receiver: text.describe("address the parcel goes to") }, { sticker: text });
  const input = z.object({ senderAddress: text, recipientAddress: text });
  expect(await wired([way, sticker], input, z.object({ km: number, sticker: text }))).toEqual({
    km: "wayLength(senderAddress, recipientAddress).km",
    sticker: "sticker(recipientAddress).sticker",
  });
});

test("one number that is known is not two", async () => {
  const nights = member("nights", "How many nights a booking is for", { bookingNo: text }, { nights: z.int() });
  const fee = member("cityFee", "City fee of a stay", { nights: z.int(), beds: z.int() }, { fee: number });
  const brief = briefOf({ request: "", members: [nights, fee], input: z.object({ bookingNo: text }), output: z.object({ fee: number }) });
  const { candidates } = await derive(brief);
  expect(candidates.filter(({ plan }) => plan.tasks.some(({ member }) => member === "cityFee"))).toEqual([]);
});
