import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Plan } from "../../graph/plan.js";
import { media } from "../../media/media.js";
import type { JsonSchema } from "../../schema/json.js";
import { mark } from "../../schema/mark.js";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { type Brief, briefOf, type Card } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import type { Slot } from "../slot.js";
import { derive } from "./derive.js";

const member = (name: string, does: string, input: Schema, output: Schema, rest: { effects?: true } = {}) =>
  specialist({ name, does, input, output, ...rest, run: () => ({}) as any });

const text = z.string();
const transcribe = member(
  "transcribe",
  "Writes down what is said in a recording",
  z.object({ audio: media.audio() }),
  z.object({ text, segments: z.array(z.object({ start: z.number(), text })).optional() }),
);
const readPage = member(
  "readPage",
  "Reads the text of a photographed or scanned page",
  z.object({ page: media.page() }),
  z.object({ text, lines: z.array(text).optional() }),
);
const summarize = member(
  "summarize",
  "Summarises texts in a few sentences",
  z.object({ texts: z.array(text) }),
  z.object({ summary: text }),
);
const summarizeOneOrMore = member(
  "summarize",
  "Summarises texts in a few sentences",
  z.object({ text: z.union([text, z.array(text)]) }),
  z.object({ summary: text }),
);
const places = z.record(text, z.object({ start: z.number(), end: z.number() }).nullable());
const receiptFacts = member(
  "receiptFacts",
  "Finds merchant, date and amounts on a receipt",
  z.object({ text }),
  z.object({ merchant: text.nullable(), date: text.nullable(), total: z.number().nullable(), places }),
);
const noteFacts = member(
  "noteFacts",
  "Finds site, technician, hours and next visit in a technician's note",
  z.object({ text }),
  z.object({ site: text, technician: text, hours: z.number(), nextVisit: text, places }),
);
const translate = member(
  "translate",
  "Translates a text into another language",
  z.object({ text, language: z.enum(["french", "german"]) }),
  z.object({ text }),
);
const describe_ = member("describe", "Says what a photograph shows", z.object({ image: media.image() }), z.object({ caption: text }));
const draw = member("draw", "Draws a picture of what a text describes", z.object({ text }), z.object({ image: media.image() }));

/** A plan as one line a task: `t2 readPage(page: input.receipt)`, with members' names for ids. */
function drawn({ tasks, output }: Plan): string[] {
  const names = new Map(tasks.map(({ id, member }) => [id, member]));
  const ref = (one: any): string => {
    if (Array.isArray(one)) return `[${one.map(ref).join(", ")}]`;
    if (typeof one?.ref !== "string") return JSON.stringify(one);
    const [head, field] = one.ref.split(".");
    return `${names.get(head) ?? head}.${field}`;
  };
  const say = (values: object) =>
    Object.entries(values)
      .map(([name, value]) => `${name}: ${ref(value)}`)
      .join(", ");
  return [...tasks.map(({ member, args }) => `${member}(${say(args)})`), say(output)].sort();
}

async function planned(members: Specialist[], input: Schema, output: Schema, request = "Does the work"): Promise<string[]> {
  const brief = briefOf({ request, members, input, output });
  const { plan, issues } = await derive(brief);
  expect(issues).toEqual([]);
  return drawn(plan);
}

describe("finds the plan that a person would draw", () => {
  const facts = { merchant: text.nullable(), date: text.nullable(), total: z.number().nullable(), site: text, hours: z.number() };
  const given = z.object({ memo: media.audio(), receipt: media.image(), note: text });

  test("a field report from a memo, a photographed receipt and a note", async () => {
    const output = z.object({ summary: text.describe("What the memo and the note say"), ...facts });
    expect(await planned([transcribe, readPage, summarize, receiptFacts, noteFacts], given, output)).toEqual([
      "noteFacts(text: input.note)",
      "readPage(page: input.receipt)",
      "receiptFacts(text: readPage.text)",
      "summarize(texts: [transcribe.text, input.note])",
      "summary: summarize.summary, merchant: receiptFacts.merchant, date: receiptFacts.date, total: receiptFacts.total, site: noteFacts.site, hours: noteFacts.hours",
      "transcribe(audio: input.memo)",
    ]);
  });

  test("a list takes all there is where nothing says otherwise, also where one text would do", async () => {
    const all = [
      "readPage(page: input.receipt)",
      "summarize(text: [transcribe.text, readPage.text, input.note])",
      "summary: summarize.summary",
      "transcribe(audio: input.memo)",
    ];
    expect(await planned([transcribe, readPage, translate, summarizeOneOrMore], given, z.object({ summary: text }))).toEqual(all);
  });

  test("a list is of the inputs that the wanted field names", async () => {
    const output = z.object({ summary: text.describe("What was found on site, from the memo and the note"), ...facts });
    const plan = await planned([transcribe, readPage, summarizeOneOrMore, receiptFacts, noteFacts], given, output);
    expect(plan).toContain("summarize(text: [transcribe.text, input.note])");
    expect(plan).toContain("receiptFacts(text: readPage.text)");
  });

  test("each recording is transcribed by a task of its own", async () => {
    const input = z.object({ morning: media.audio(), evening: media.audio() });
    expect(await planned([summarize, transcribe], input, z.object({ summary: text }))).toEqual([
      "summarize(texts: [transcribe.text, transcribe.text])",
      "summary: summarize.summary",
      "transcribe(audio: input.evening)",
      "transcribe(audio: input.morning)",
    ]);
    const output = z.object({ morningText: text, eveningText: text });
    const brief = briefOf({ request: "", members: [transcribe], input, output });
    const { plan, issues } = await derive(brief);
    expect(issues).toEqual([]);
    const audioOf = (field: string) => plan.tasks.find(({ id }) => (plan.output[field] as any).ref.startsWith(`${id}.`))!.args.audio;
    expect([audioOf("morningText"), audioOf("eveningText")]).toEqual([{ ref: "input.morning" }, { ref: "input.evening" }]);
  });

  test("a label is taken from the request, and a detour only where it is asked for", async () => {
    const members = [transcribe, translate, summarizeOneOrMore];
    const input = z.object({ memo: media.audio() });
    expect(await planned(members, input, z.object({ text }), "Translates the memo into German")).toContain(
      'translate(text: transcribe.text, language: "german")',
    );
    expect(await planned(members, input, z.object({ text }), "Writes the memo down")).toEqual([
      "text: transcribe.text",
      "transcribe(audio: input.memo)",
    ]);
  });

  test("a picture becomes text and text a picture", async () => {
    const input = z.object({ photo: media.image() });
    expect(
      await planned([describe_, draw, readPage], input, z.object({ drawing: media.image() }), "Draws what the photograph shows"),
    ).toEqual(["describe(image: input.photo)", "draw(text: describe.caption)", "drawing: draw.image"]);
  });

  const answer = member(
    "answer",
    "Answers a question from texts",
    z.object({ question: text, texts: z.array(text) }),
    z.object({ answer: text }),
  );

  test("a list leaves out what has an argument of its own", async () => {
    const input = z.object({ question: text, first: media.page(), second: media.page() });
    expect(await planned([readPage, answer], input, z.object({ answer: text }), "Answers questions about scans")).toContain(
      "answer(question: input.question, texts: [readPage.text, readPage.text])",
    );
  });

  test("a list leaves out what is made of its other elements", async () => {
    const members = [
      transcribe,
      readPage,
      summarizeOneOrMore,
      member("speak", "Reads a text aloud", z.object({ text }), z.object({ audio: media.audio() })),
      member("join", "Joins two texts into one", z.object({ first: text, second: text }), z.object({ text })),
    ];
    const input = z.object({ memo: media.audio(), letter: media.image() });
    expect(await planned(members, input, z.object({ summary: text }), "Sums up a memo and a photo of a letter")).toContain(
      "summarize(text: [transcribe.text, readPage.text])",
    );
  });

  test("an argument takes the input of its own name, and a medium is no row of data", async () => {
    const rows = z.array(z.record(text, z.any()));
    const members = [
      answer,
      transcribe,
      member("speak", "Reads a text aloud", z.object({ text }), z.object({ audio: media.audio() })),
      member("toSql", "Writes SQL for a question", z.object({ question: text }), z.object({ sql: text })),
      member("query", "Runs a query on the sales data", z.object({ sql: text }), z.object({ rows })),
    ];
    expect(await planned(members, z.object({ question: text }), z.object({ rows }), "Answers a question about sales")).toEqual([
      "query(sql: toSql.sql)",
      "rows: query.rows",
      "toSql(question: input.question)",
    ]);
  });

  test("without a run's input every input is given, optional ones too", async () => {
    const input = z.object({ note: text, language: z.enum(["german"]).optional() });
    expect(await planned([translate], input, z.object({ text }))).toContain("translate(text: input.note, language: input.language)");
  });

  test("members that fetch on their own feed a list", async () => {
    const members = [
      member("web", "Finds what the web says", z.object({ topic: text }), z.object({ finding: text })),
      member("papers", "Finds what papers say", z.object({ topic: text }), z.object({ finding: text })),
      member("compose", "Writes a report from findings", z.object({ findings: z.array(text) }), z.object({ report: text })),
    ];
    expect(await planned(members, z.object({ topic: text }), z.object({ report: text }))).toEqual([
      "compose(findings: [web.finding, papers.finding])",
      "papers(topic: input.topic)",
      "report: compose.report",
      "web(topic: input.topic)",
    ]);
  });
});

describe("a place that is settled for good", () => {
  const patch = member("patch", "Changes a program", z.object({ task: text, begun: text.optional() }), z.object({ changes: text }));
  const tester = member("tester", "Runs the tests", z.object({ changes: text.optional() }), z.object({ passed: z.boolean() }));
  const settle = { "patch.begun": "input.earlier", "tester.changes": "patch.changes" };
  const derived = async (input: Schema) => {
    const brief = briefOf({ request: "", members: [patch, tester], input, output: z.object({ changes: text, passed: z.boolean() }) });
    return (await derive(brief, { settle })).settled.map(({ place, source, by }) => [place, source, by]);
  };

  test("is filled though it need not be, where its source is there", async () => {
    expect(await derived(z.object({ task: text, earlier: text }))).toEqual(
      expect.arrayContaining([
        ["patch.begun", "input.earlier", "settled"],
        ["tester.changes", "patch.changes", "settled"],
      ]),
    );
    const without = await derived(z.object({ task: text }));
    expect(without.map(([place]) => place)).not.toContain("patch.begun");
    expect(without).toContainEqual(["tester.changes", "patch.changes", "settled"]);
  });
});

describe("the words of the request say what a chain is made of", () => {
  const digest = member("digest", "Boils a text down to a few lines", z.object({ text }), z.object({ digest: text }));
  const danish = member("danish", "Renders a text in Danish", z.object({ text }), z.object({ danish: text }));
  const formalise = member("formalise", "Makes a text sound official", z.object({ text }), z.object({ formal: text }));
  const count = member("syllables", "Counts the syllables of a text", z.object({ text }), z.object({ count: z.number() }));
  const sourceOf = async (request: string, [first, second]: readonly [Specialist, Specialist]) => {
    const fields = [...Object.entries((first.output as z.ZodObject).shape), ...Object.entries((second.output as z.ZodObject).shape)];
    const brief = briefOf({
      request,
      members: [first, second],
      input: z.object({ article: text }),
      output: z.object(Object.fromEntries(fields) as any),
    });
    const { settled } = await derive(brief);
    return settled.find(({ place }) => place === `${second.name}.text`)?.source;
  };

  test.each([
    ["A digest, plus the Danish rendering of it", [digest, danish], "digest.digest"],
    ["Boil the article down. Have the outcome rendered in Danish", [digest, danish], "digest.digest"],
    ["The digest, in Danish", [digest, danish], "digest.digest"],
    ["A digest, plus the article in Danish from start to finish", [digest, danish], "input.article"],
    ["Make the article official. How many syllables does the official wording have?", [formalise, count], "formalise.formal"],
    ["Make the article official. How many syllables does the article have?", [formalise, count], "input.article"],
    ["The article made official, and the syllables of the article as it stands", [formalise, count], "input.article"],
    ["Make the article official, and count the syllables of what comes out in the end", [formalise, count], "formalise.formal"],
    ["A digest of the article, then in Danish the original article, not boiled down", [digest, danish], "input.article"],
  ] as const)("%s", async (request, members, source) => {
    expect(await sourceOf(request, members)).toBe(source);
  });
});

describe("takes a request at its word", () => {
  const email = member("email", "Sends an e-mail", z.object({ to: text, body: text }), z.object({ id: text }), { effects: true });
  const offer = member("offer", "Writes an offer in answer to an inquiry", z.object({ inquiry: text }), z.object({ offer: text }));
  const shorter = member("shorter", "Says the same in fewer words", z.object({ text }), z.object({ short: text }));
  const age = member("readingAge", "From what age a text can be read", z.object({ text }), z.object({ age: z.number() }));
  const declinedFor = async (members: Specialist[], input: Schema, output: Schema, request: string) =>
    (await derive(briefOf({ request, members, input, output }))).declined;

  test("an act on the world that nobody does is declined, not done halfway", async () => {
    const input = z.object({ inquiry: text });
    expect(await declinedFor([offer], input, z.object({}), "Email the client an offer")).toContain("Email the client");
    for (const asked of ["E-mail the client an offer", "Could you please email the client an offer?", "Kindly send him an offer"])
      expect(await declinedFor([offer], input, z.object({}), asked), asked).toContain(asked.replace("?", ""));
    expect(await declinedFor([offer], input, z.object({ offer: text }), "An offer that we will email ourselves")).toBeUndefined();
    const two = z.object({ inquiry: text, to: text });
    expect(await declinedFor([offer, email], two, z.object({ id: text }), "Email the client an offer")).toBeUndefined();
  });

  test("what somebody will do is not done for them, and what is told of them is no denial", async () => {
    const post = member("post", "Posts a text online", z.object({ text }), z.object({ url: text }), { effects: true });
    const input = z.object({ inquiry: text });
    expect(await planned([offer, post], input, z.object({ offer: text }), "An offer, which I will post myself")).toEqual([
      "offer(inquiry: input.inquiry)",
      "offer: offer.offer",
    ]);
    const mailed = z.object({ inquiry: text, to: text });
    const brief = briefOf({
      request: "Email an offer, so that they will know",
      members: [offer, email],
      input: mailed,
      output: z.object({}),
    });
    expect((await derive(brief)).plan.tasks.map(({ member }) => member)).toContain("email");
  });

  test("a language that none of those who know languages has is declined", async () => {
    const input = z.object({ note: text });
    const into = member("into", "Translates a text", z.object({ text, language: z.enum(["de", "fr"]) }), z.object({ translated: text }));
    expect(await declinedFor([into], input, z.object({ translated: text }), "Put the note into Japanese")).toContain("Japanese");
    expect(await planned([into], input, z.object({ translated: text }), "Put the note into French")).toContain(
      'into(text: input.note, language: "fr")',
    );
  });

  test("a number that it says is taken by who takes such numbers", async () => {
    const scale = member(
      "scale",
      "Rewrites a recipe for another number of people",
      z.object({ recipe: text, people: z.number() }),
      z.object({ scaled: text }),
    );
    const list = member("list", "Makes the shopping list of a recipe", z.object({ recipe: text }), z.object({ shopping: z.array(text) }));
    expect(
      await planned(
        [scale, list],
        z.object({ recipe: text }),
        z.object({ shopping: z.array(text) }),
        "Scale the recipe to 12 people and make the shopping list",
      ),
    ).toEqual(["list(recipe: scale.scaled)", "scale(recipe: input.recipe, people: 12)", "shopping: list.shopping"]);
  });

  test("two days go to the two arguments for days in their order", async () => {
    const day = z.string().meta({ format: "date" });
    const rooms = member(
      "rooms",
      "Free rooms between two days",
      z.object({ arrival: day, departure: day }),
      z.object({ rooms: z.array(text) }),
    );
    const made = await planned([rooms], z.object({}), z.object({ rooms: z.array(text) }), "Which rooms are free from 3 to 7 June 2027?");
    expect(made).toContain('rooms(arrival: "2027-06-03", departure: "2027-06-07")');
  });

  test("a statement in any language is a text, no language", async () => {
    const score = member("score", "How likely a statement is made up", z.object({ statement: text }), z.object({ score: z.number() }));
    const english = member("intoEnglish", "English version of any text", z.object({ text }), z.object({ english: text }));
    const input = z.object({ statement: text.describe("of the insured, in any language") });
    expect(
      await planned([english, score], input, z.object({ english: text, score: z.number() }), "An English version, and the score"),
    ).toEqual([
      "english: intoEnglish.english, score: score.score",
      "intoEnglish(text: input.statement)",
      "score(statement: input.statement)",
    ]);
  });

  test("a list holds what the request says it is made of, not what that is made from", async () => {
    const cv = member("career", "A person's career in a paragraph", z.object({ person: text }), z.object({ career: text }));
    const town = member("townStory", "What happened in a town", z.object({ town: text }), z.object({ history: text }));
    const joke = member("joke", "A joke about a person", z.object({ person: text }), z.object({ joke: text }));
    const plaque = member("plaque", "Words for a plaque", z.object({ pieces: z.array(text) }), z.object({ plaque: text }));
    const made = await planned(
      [cv, town, joke, plaque],
      z.object({ person: text, town: text }),
      z.object({ plaque: text }),
      "Compose a plaque out of the person's career and the history of the town",
    );
    expect(made).toContain("plaque(pieces: [career.career, townStory.history])");
  });

  test("an argument that a member makes under its name is not filled by an input that happens to fit", async () => {
    const weather = member("weather", "Weather forecast for a place", z.object({ place: text }), z.object({ weather: text }));
    const sow = member("sowing", "Sowing plan for a crop", z.object({ crop: text, weather: text }), z.object({ plan: text }));
    const made = await planned([weather, sow], z.object({ hamlet: text, crop: text }), z.object({ plan: text }), "When to sow");
    expect(made).toContain("sowing(crop: input.crop, weather: weather.weather)");
  });

  test("what names a label of one argument fills no other, and a bare number counts what its member gives", async () => {
    const motto = member(
      "motto",
      "A motto for a picture",
      z.object({ image: media.image(), maxChars: z.number() }),
      z.object({ motto: text }),
    );
    const into = member(
      "mottoIn",
      "The motto in another language",
      z.object({ motto: text, lang: z.enum(["fr", "ja", "pl"]) }),
      z.object({ motto: text }),
    );
    const tags = member("tags", "Tags for a post", z.object({ post: text, n: z.number().optional() }), z.object({ tags: z.array(text) }));
    const made = await planned(
      [motto, into, tags],
      z.object({ image: media.image() }),
      z.object({ ja: text, tags: z.array(text) }),
      "A motto for the image of at most 60 characters, that motto in Japanese, plus 4 tags for the original motto",
    );
    expect(made).toEqual([
      "ja: mottoIn.motto, tags: tags.tags",
      "motto(image: input.image, maxChars: 60)",
      'mottoIn(motto: motto.motto, lang: "ja")',
      "tags(post: motto.motto, n: 4)",
    ]);
  });

  test("an output that two fields come as near to by meaning alone is open", async () => {
    const sum = z.number().describe("money in euros");
    const deposit = member("deposit", "Deposit in a lease", z.object({ lease: text }), z.object({ deposited: sum }));
    const fee = member("fee", "Fee in a lease", z.object({ lease: text }), z.object({ charged: sum }));
    const output = z.object({ rent: z.number().describe("money in euros a month") });
    const { open } = await derive(briefOf({ request: "", members: [deposit, fee], input: z.object({ lease: text }), output }));
    expect(open.map(({ place }) => place)).toContain("output.rent");
  });

  test("a label is no text to read, and a list of items comes from who makes the items", async () => {
    const part = member(
      "part",
      "Which part of a shop a complaint is about",
      z.object({ text }),
      z.object({ part: z.enum(["till", "stock"]) }),
    );
    const gravity = member("gravity", "How grave a complaint is", z.object({ text }), z.object({ gravity: z.enum(["low", "high"]) }));
    const output = z.object({ part: z.enum(["till", "stock"]), gravity: z.enum(["low", "high"]) });
    expect(await planned([part, gravity], z.object({ complaint: text }), output, "Gravity and part of the complaint")).toEqual([
      "gravity(text: input.complaint)",
      "part(text: input.complaint)",
      "part: part.part, gravity: gravity.gravity",
    ]);
    const order = member("readOrder", "Items ordered in a mail", z.object({ mail: text }), z.object({ items: z.array(text) }));
    const stock = member("stock", "Whether all items are in stock", z.object({ items: z.array(text) }), z.object({ there: z.boolean() }));
    const both = z.object({ there: z.boolean(), items: z.array(text) });
    expect(await planned([order, stock], z.object({ mail: text }), both, "Do we have what this mail orders?")).toContain(
      "stock(items: readOrder.items)",
    );
  });

  test("what is made of an output on top is that output, also where another member has its name", async () => {
    const speech = member("writeSpeech", "Writes a wedding speech", z.object({ story: text }), z.object({ speech: text }));
    const spanish = member("intoSpanish", "Translates a text into Spanish", z.object({ text }), z.object({ spanish: text }));
    const into = member(
      "translate",
      "Translates a text into another language",
      z.object({ text: text.describe("what is to be translated"), language: text.describe("target language, e.g. German") }),
      z.object({ translation: text }),
    );
    const plans = (translator: Specialist, request: string) =>
      planned([speech, translator], z.object({ story: text }), z.object({ speech: text }), request);
    expect(await plans(spanish, "Write a funny speech, then put it into Spanish.")).toEqual([
      "intoSpanish(text: writeSpeech.speech)",
      "speech: intoSpanish.spanish",
      "writeSpeech(story: input.story)",
    ]);
    expect(await plans(into, "Write the speech, and translate the speech into Spanish.")).toEqual([
      "speech: translate.translation",
      'translate(text: writeSpeech.speech, language: "Spanish")',
      "writeSpeech(story: input.story)",
    ]);
    expect(await plans(spanish, "Write a funny speech.")).toEqual(["speech: writeSpeech.speech", "writeSpeech(story: input.story)"]);
  });

  test("once something is done, what is done next is done to its result", async () => {
    const output = z.object({ short: text, age: z.number() });
    expect(
      await planned(
        [shorter, age],
        z.object({ article: text }),
        output,
        "From what age can the article be read once it has been made shorter?",
      ),
    ).toContain("readingAge(text: shorter.short)");
  });
});

test("says what is missing where no plan can be made", async () => {
  const brief = briefOf({
    request: "",
    members: [summarize],
    input: z.object({ memo: media.audio() }),
    output: z.object({ summary: text }),
  });
  const { issues } = await derive(brief);
  expect(issues.map(({ code }) => code)).toContain("missing-output");
});

/** Random teams with a plan hidden in them: types are labels, members turn some into one, decoys do too. */
const hidden = fc
  .record({
    types: fc.integer({ min: 2, max: 8 }),
    seed: fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }),
    decoys: fc.integer({ min: 0, max: 12 }),
    many: fc.boolean(),
  })
  .map(({ types, seed, decoys, many }): Brief => {
    let at = 0;
    const next = (below: number) => seed[at++ % seed.length]! % below;
    const schemas: JsonSchema[] = Array.from({ length: types + 1 }, (_, i) =>
      i % 3 === 0
        ? { "x-media": ["audio", "image", "page"][i % 2]! }
        : i % 3 === 1
          ? { type: "object", properties: { [`p${i}`]: { type: "string" } }, required: [`p${i}`] }
          : { enum: [`e${i}`, `f${i}`] },
    );
    const slot = (name: string, schema: JsonSchema): Slot => ({ name, schema, required: true, description: "" });
    const slots = (all: Slot[]) => Object.fromEntries(all.map((one) => [one.name, one]));
    const members: Card[] = [];
    const known = [0];
    for (let i = 1; i <= types; i++) {
      const from = Array.from({ length: 1 + next(2) }, () => known[next(known.length)]!);
      const takes = from.map((type, j) => slot(`a${j}`, many && j === 0 ? { type: "array", items: schemas[type]! } : schemas[type]!));
      members.push({ name: `m${i}`, does: `makes ${i}`, takes: slots(takes), gives: slots([slot(`o${i}`, schemas[i]!)]), effects: false });
      known.push(i);
    }
    for (let d = 0; d < decoys; d++) {
      const gives = slots([slot(`x${d}`, schemas[next(types + 1)]!)]);
      members.push({
        name: `d${d}`,
        does: `makes ${next(9)}`,
        takes: slots([slot("b", schemas[next(types + 1)]!)]),
        gives,
        effects: next(5) === 0,
      });
    }
    return {
      request: "",
      members,
      given: slots([slot("start", schemas[0]!)]),
      wanted: slots([slot("goal", schemas[types]!)]),
      spare: ["start"],
      shown: {},
    };
  });

test("finds a plan that checks for every random team that holds one", async () => {
  await fc.assert(
    fc.asyncProperty(hidden, async (brief) => {
      const { plan, issues } = await derive(brief);
      expect(issues).toEqual([]);
      expect(checkPlan(plan, brief)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("ends on a large team where everything fits everything", async () => {
  const many = Array.from({ length: 60 }, (_, i) =>
    member(
      `m${i}`,
      `turns texts of kind ${i} into kind ${i + 1}`,
      z.object({ text, other: text, texts: z.array(text) }),
      z.object({ text, more: text }),
    ),
  );
  const input = z.object({ a: text, b: text, c: text });
  const output = z.object({ first: text, second: text, third: text });
  const { issues } = await derive(briefOf({ request: "kind 9", members: many, input, output }));
  expect(issues).toEqual([]);
});

describe("where only what is trusted may stand", () => {
  const post = member("post", "Posts a letter", z.object({ body: text, address: mark.trusted(text) }), z.object({ receipt: text }));
  const sent = async (input: Schema, request = "") =>
    (await derive(briefOf({ request, members: [post], input, output: z.object({ receipt: text }) }))).plan;

  test("what is trusted does, however much better another is named", async () => {
    const plan = await sent(z.object({ body: text, address: text, home: mark.trusted(text) }));
    expect(plan.tasks.map(({ args }) => args.address)).toEqual([{ ref: "input.home" }]);
  });

  test("nothing does where nothing is", async () => {
    expect((await sent(z.object({ body: text, address: text }))).tasks).toEqual([]);
  });
});
