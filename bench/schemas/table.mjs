// A hundred schemas of zod, ArkType and Valibot, each with what fits it, what does not, and a question to answer in it: what a grammar
// is held to in tests, and what models are asked in `bench/schemas.mjs`.
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { scope, type } from "arktype";
import * as v from "valibot";
import { z } from "zod";

const rows = [];
const row = (make, wrap) => (field, schema, ask, fits, misfits, loose) =>
  rows.push({
    name: `${make}: ${field}`,
    schema: wrap(field, schema),
    ask,
    fits: fits.map((value) => ({ [field]: value })),
    misfits: misfits.map((value) => ({ [field]: value })),
    // What only validation can refuse.
    loose: (loose ?? []).map((value) => ({ [field]: value })),
  });
const whole = (make, name, schema, ask, fits, misfits, loose = []) =>
  rows.push({ name: `${make}: ${name}`, schema, ask, fits, misfits, loose });

// Strings of zod
const zod = row("zod", (field, schema) => z.object({ [field]: schema }));
zod("text", z.string(), "Who wrote Hamlet?", ["William Shakespeare", "", 'say "hi"\n\\', "日本 🎉"], [1, null, ["a"]]);
zod(
  "date",
  z.iso.date(),
  "The invoice was issued on 14 March 2026. When was it issued?",
  ["2026-03-14", "2024-02-29"],
  ["2026-13-01", "2025-02-29", "14 March 2026", "2026-3-14"],
);
zod(
  "instant",
  z.iso.datetime(),
  "The meeting begins on 14 March 2026 at 9:30 in the morning, UTC. When?",
  ["2026-03-14T09:30:00Z", "2026-03-14T09:30:00.123Z"],
  ["2026-03-14T09:30:00+00:00", "2026-03-14", "2026-03-14T24:00:00Z"],
);
zod(
  "departure",
  z.iso.datetime({ offset: true }),
  "The train leaves Vienna on 2 May 2026 at 18:05, two hours ahead of UTC. When?",
  ["2026-05-02T18:05:00+02:00", "2026-05-02T16:05:00Z"],
  ["2026-05-02T18:05:00+2", "2026-05-02 18:05"],
);
zod(
  "local",
  z.iso.datetime({ local: true }),
  "The alarm rings on 2 May 2026 at 7 o'clock. When?",
  ["2026-05-02T07:00:00", "2026-05-02T07:00:00Z"],
  ["2026-05-02", "7:00"],
);
zod(
  "stamp",
  z.iso.datetime({ precision: 3 }),
  "The log line is of 1 January 2026, noon, UTC. When?",
  ["2026-01-01T12:00:00.000Z"],
  ["2026-01-01T12:00:00Z", "2026-01-01T12:00:00.00Z"],
);
zod(
  "time",
  z.iso.time(),
  "The shop opens at half past eight in the morning. When does it open?",
  ["08:30", "08:30:00", "23:59:59.5"],
  ["8:30", "24:00", "08:60", "08:30Z"],
);
zod(
  "duration",
  z.iso.duration(),
  "The film lasts two hours and five minutes. How long?",
  ["PT2H5M", "P1Y2M", "P3W"],
  ["2h", "P", "PT", "P1W2D"],
);
zod(
  "email",
  z.email(),
  "Write to anna.berg@example.org about the lease. Which address?",
  ["anna.berg@example.org", "o'neil@a-b.co"],
  ["anna", "a@b", "a b@c.de", ".a@b.de", "a@-b.de"],
);
zod(
  "uuid",
  z.uuid(),
  "The order has the id 123e4567-e89b-12d3-a456-426614174000. Which id?",
  ["123e4567-e89b-12d3-a456-426614174000"],
  ["123e4567", "123e4567-e89b-92d3-a456-426614174000", "123e4567e89b12d3a456426614174000"],
);
zod(
  "key",
  z.uuidv4(),
  "The key is 123e4567-e89b-42d3-a456-426614174000. Which key?",
  ["123e4567-e89b-42d3-a456-426614174000"],
  ["123e4567-e89b-12d3-a456-426614174000"],
);
zod(
  "guid",
  z.guid(),
  "The component is 00000000-0000-0000-c000-000000000046. Which one?",
  ["00000000-0000-0000-c000-000000000046"],
  ["0000-0000", "g0000000-0000-0000-c000-000000000046"],
);
zod(
  "link",
  z.url(),
  "The manual is at https://example.org/manual. Where is it?",
  ["https://example.org/manual", "http://a.co"],
  ["example", "https://", "//a.b"],
);
zod("host", z.hostname(), "The server is mail.example.org. Which host?", ["mail.example.org", "localhost"], ["mail example", "-a.org", ""]);
zod(
  "ipv4",
  z.ipv4(),
  "The printer has the address 192.168.0.17. Which address?",
  ["192.168.0.17", "255.0.0.1"],
  ["256.0.0.1", "1.2.3", "01.2.3.4"],
);
zod(
  "ipv6",
  z.ipv6(),
  "The router has the address fe80::1. Which address?",
  ["fe80::1", "::", "2001:db8:0:0:0:0:0:1"],
  ["fe80", "1:2:3", "::g"],
);
zod(
  "mac",
  z.mac(),
  "The card has the address 00:1a:2b:3c:4d:5e. Which address?",
  ["00:1a:2b:3c:4d:5e", "00:1A:2B:3C:4D:5E"],
  ["00:1a:2b", "00-1a-2b-3c-4d-5e", "00:1a:2B:3c:4d:5e"],
);
zod(
  "network",
  z.cidrv4(),
  "The office is in the network 10.0.0.0/8. Which network?",
  ["10.0.0.0/8", "0.0.0.0/32"],
  ["10.0.0.0", "10.0.0.0/33"],
);
zod("base64", z.base64(), "In base64, hi is aGk=. How is it written?", ["aGk=", "", "aGVsbG8h"], ["a", "aGk", "aG=k"]);
zod("hex", z.hex(), "The colour is ff8800. Which colour, in hexadecimal?", ["ff8800", ""], ["xyz", "ff 88"]);
zod("phone", z.e164(), "Call +4915112345678. Which number?", ["+4915112345678"], ["4915112345678", "+0915112345678", "+49 151 123"]);
zod(
  "ulid",
  z.ulid(),
  "The event is 01ARZ3NDEKTSV4RRFFQ69G5FAV. Which event?",
  ["01ARZ3NDEKTSV4RRFFQ69G5FAV"],
  ["81ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEK"],
);
zod(
  "nanoid",
  z.nanoid(),
  "The session is V1StGXR8_Z5jdHi6B-myT. Which session?",
  ["V1StGXR8_Z5jdHi6B-myT"],
  ["V1StGXR8", "V1StGXR8 Z5jdHi6B-myT"],
);
zod("emoji", z.emoji(), "Which emoji shows a smile?", ["😀", "👍🏽"], ["x", ""]);
zod("word", z.string().lowercase(), "What do cows eat? One word in small letters.", ["grass", "", "weiß"], ["Grass"]);
zod("plate", z.string().regex(/^[A-Z]{3}-\d{2}$/), "The number plate is ABC-12. Which plate?", ["ABC-12"], ["abc-12", "ABC-123", "ABC12"]);
zod(
  "file",
  z.string().startsWith("img_").endsWith(".png").max(16),
  "The picture is img_holiday.png. Which file?",
  ["img_holiday.png", "img_.png"],
  ["holiday.png", "img_a.jpg", "img_averylongname.png"],
);
zod("note", z.string().includes("blue"), "The sky is blue. Write that down.", ["The sky is blue.", "blue"], ["The sky is red.", ""]);
zod(
  "title",
  z.string().min(3).max(20),
  "What is the title of the book about the whale, by Melville?",
  ["Moby Dick", "é\nü", "abc"],
  ["ab", "a".repeat(21), "🎉".repeat(21)],
);
zod("code", z.string().length(4), "The code for the door is 4711. Which code?", ["4711"], ["471", "47111"]);
zod(
  "range",
  z.templateLiteral(["from-", z.int(), "-to-", z.enum(["end", "start"])]),
  "It goes from-12-to-end. Where does it go?",
  ["from-12-to-end", "from--3-to-start"],
  ["from-12-to-", "from-x-to-end"],
);
zod("tag", z.literal(["new", 1, null, true]), "Is it new? Answer with the tag.", ["new", 1, null, true], ["old", 2, false]);

// Numbers of zod
zod("count", z.int(), "There were twelve apples. How many?", [12, 0, -3], [1.5, "12"]);
zod("percent", z.int().min(0).max(100), "Three quarters are done. How many percent?", [75, 0, 100], [101, -1, 7.5, 1000]);
zod("year", z.int().gte(1900).lte(2099), "The bridge was built in 1937. When?", [1937, 2099, 1900], [1899, 2100, 193, 19370]);
zod("below", z.int().max(-5), "It was fifteen degrees below zero. What was the temperature?", [-15, -5, -1234], [-4, 0, 5]);
zod("price", z.number().positive(), "The coffee is 3.80 euros. What does it cost?", [3.8, 0.001, 1234.5], [0, -1]);
zod("share", z.number().min(0).max(1), "A quarter of them came. Which share?", [0.25, 0, 1, 0.999], [1.01, -0.1, 10]);
zod("between", z.number().gt(-2.5).lt(2.5), "The value lies at one and a half. Which value?", [1.5, -2.4, 0, 2.499], [2.5, -2.5, 3, -20]);
zod("cents", z.number().multipleOf(0.05), "The bread costs 2.35. What does it cost?", [2.35, 0, -0.1, 12], [2.33, 0.01]);
zod("dozens", z.int().multipleOf(12).min(1), "They bought two dozen eggs. How many eggs?", [24, 12, 144], [0, 13, -12, 25]);
zod("small", z.int32(), "How many legs has a spider?", [8, -2147483648, 2147483647], [2147483648, 1.5]);

// Enums, unions, options of zod
zod("mood", z.enum(["good", "bad", "mixed"]), "Anna is very happy. What is her mood?", ["good", "bad"], ["Good", "", 1]);
zod("level", z.union([z.literal(1), z.literal(2), z.literal(3)]), "She is a beginner. Which level, 1 to 3?", [1, 3], [4, "1", 11]);
zod("maybe", z.string().nullable(), "Nobody knows who built it. Who built it? null where nobody knows.", ["Anna", null], [1, false]);
zod("either", z.union([z.string(), z.number(), z.boolean()]), "Is water wet?", ["yes", 1, true], [null, {}]);
zod("done", z.boolean(), "The work is done. Is it done?", [true, false], ["true", 1, null]);
whole(
  "zod",
  "optional fields",
  z.object({ name: z.string(), age: z.int().optional(), city: z.string().optional() }),
  "Anna is 34 and lives in Graz.",
  [{ name: "Anna" }, { name: "Anna", city: "Graz" }, { name: "A", age: 3, city: "B" }],
  [{}, { age: 3 }, { name: "A", age: "3" }],
);
whole(
  "zod",
  "a strict object",
  z.strictObject({ a: z.string().optional(), b: z.string().optional() }),
  "a is one, b is two.",
  [{}, { b: "two" }, { a: "one", b: "two" }],
  [{ c: "x" }, { a: 1 }],
);
whole(
  "zod",
  "a discriminated union",
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("circle"), radius: z.number() }),
    z.object({ kind: z.literal("square"), side: z.number() }),
  ]),
  "Describe a square with sides of 4.",
  [
    { kind: "circle", radius: 2 },
    { kind: "square", side: 4 },
  ],
  [{ kind: "circle" }, { kind: "square", radius: 2 }, { kind: "oval" }],
);
whole(
  "zod",
  "an intersection",
  z.intersection(z.object({ name: z.string() }), z.object({ age: z.int().min(0) })),
  "Anna is 34.",
  [{ name: "Anna", age: 34 }],
  [{ name: "Anna" }, { name: "Anna", age: -1 }],
);
whole(
  "zod",
  "fields of fields",
  z.object({ person: z.object({ name: z.string(), address: z.object({ city: z.string(), zip: z.string().regex(/^\d{4}$/) }) }) }),
  "Anna lives in 8010 Graz.",
  [{ person: { name: "Anna", address: { city: "Graz", zip: "8010" } } }],
  [{ person: { name: "Anna", address: { city: "Graz", zip: "80100" } } }, { person: { name: "Anna" } }],
);
whole(
  "zod",
  "a default",
  z.object({ unit: z.string().default("kg"), weight: z.number().nonnegative() }),
  "The parcel weighs 2.5 kg.",
  [{ weight: 2.5 }, { unit: "kg", weight: 0 }],
  [{ unit: "kg" }, { unit: "kg", weight: -1 }],
);
whole(
  "zod",
  "a named schema",
  z.object({ name: z.string() }).meta({ id: "Person", description: "A person" }),
  "Anna is here.",
  [{ name: "Anna" }],
  [{}, { name: null }],
);

// Records, lists and tuples of zod
zod("scores", z.record(z.string(), z.number()), "Anna has 3 points, Ben has 5.", [{ Anna: 3, Ben: 5 }, {}], [{ Anna: "3" }, [3]]);
zod(
  "votes",
  z.record(z.enum(["yes", "no"]), z.int().min(0)),
  "There were 7 votes for yes and 2 for no.",
  [{ yes: 7, no: 2 }],
  [{ yes: 7 }, { yes: 7, no: 2, maybe: 1 }, { yes: 7, no: -1 }],
);
zod(
  "rooms",
  z.partialRecord(z.enum(["kitchen", "bath", "hall"]), z.int().min(0)),
  "There is one kitchen.",
  [{ kitchen: 1 }, {}, { kitchen: 1, hall: 2 }],
  [{ cellar: 1 }, { kitchen: "1" }],
);
zod(
  "prices",
  z.record(z.string().regex(/^[a-z]{2,8}$/), z.number().min(0)),
  "An apple costs 2, a pear costs 3.",
  [{ apple: 2, pear: 3 }, {}],
  [{ Apple: 2 }, { a: 2 }, { apple: -2 }],
);
whole(
  "zod",
  "a rest of numbers",
  z.object({ name: z.string() }).catchall(z.number()),
  "Anna has 3 apples and 2 pears.",
  [{ name: "Anna", apples: 3 }, { name: "Anna" }],
  [{ name: "Anna", apples: "3" }, { apples: 3 }],
);
zod("words", z.array(z.string()), "Name the three primary colours.", [["red", "yellow", "blue"], []], ["red", [1]]);
zod("pair", z.array(z.int()).length(2), "The box is 3 by 4. Which two numbers?", [[3, 4]], [[3], [3, 4, 5], ["3", "4"]]);
zod(
  "some",
  z
    .array(z.enum(["a", "b", "c"]))
    .min(1)
    .max(3),
  "Which of a, b and c come first?",
  [["a"], ["a", "b", "c"], ["b", "b"]],
  [[], ["a", "b", "c", "a"], ["d"]],
);
zod(
  "people",
  z.array(z.object({ name: z.string(), age: z.int().min(0).max(150) })).max(5),
  "Anna is 34, Ben is 28.",
  [[{ name: "Anna", age: 34 }], []],
  [[{ name: "Anna" }], [{ name: "Anna", age: 151 }]],
);
zod(
  "point",
  z.tuple([z.string(), z.number(), z.number()]),
  "The point P lies at 3 and 4.",
  [["P", 3, 4]],
  [
    ["P", 3],
    ["P", 3, 4, 5],
    [3, "P", 4],
  ],
);
zod("line", z.tuple([z.string(), z.string().optional()]), "The line is called L.", [["L"], ["L", "x"]], [[], ["L", "x", "y"], [1]]);
zod(
  "series",
  z.tuple([z.string()], z.int()),
  "The series is called S and has 1, 2 and 3.",
  [["S", 1, 2, 3], ["S"]],
  [[], ["S", "1"], [1, 2]],
);
zod(
  "grid",
  z.array(z.array(z.int().min(0).max(9)).length(2)).length(2),
  "A grid of two rows: 1 2 and 3 4.",
  [
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    [[1, 2]],
    [
      [1, 2],
      [3, 10],
    ],
  ],
);

// Schemas of zod that refer to themselves
const folder = z.object({
  name: z.string(),
  get folders() {
    return z.array(folder);
  },
});
whole(
  "zod",
  "a tree",
  folder,
  "The folder home holds a folder docs, which is empty.",
  [
    { name: "home", folders: [{ name: "docs", folders: [] }] },
    { name: "x", folders: [] },
  ],
  [{ name: "home" }, { name: "home", folders: [{ name: 1, folders: [] }] }],
);
const link = z.object({
  station: z.string(),
  get next() {
    return link.nullable();
  },
});
whole(
  "zod",
  "a chain",
  link,
  "The line goes from Graz to Linz and ends there.",
  [
    { station: "Graz", next: { station: "Linz", next: null } },
    { station: "Graz", next: null },
  ],
  [{ station: "Graz" }, { station: "Graz", next: "Linz" }],
);
const sum = z.union([
  z.int(),
  z.object({
    op: z.enum(["plus", "minus"]),
    get left() {
      return sum;
    },
    get right() {
      return sum;
    },
  }),
]);
zod(
  "sum",
  sum,
  "Two plus three.",
  [5, { op: "plus", left: 2, right: { op: "minus", left: 5, right: 2 } }],
  [{ op: "plus", left: 2 }, "5", { op: "times", left: 2, right: 3 }],
);
zod("data", z.json(), "Anything in JSON about a cat.", [{ name: "Tom", lives: [9, null] }, 3, "x", [true]], []);
zod("thing", z.unknown(), "Anything about a dog.", ["Rex", { name: "Rex" }, 3], []);

// Valibot
const vali = row("Valibot", (field, schema) => toStandardJsonSchema(v.object({ [field]: schema })));
const text = (...actions) => v.pipe(v.string(), ...actions);
vali("date", text(v.isoDate()), "The lease ends on 31 December 2026. When?", ["2026-12-31"], ["2026-13-31", "31.12.2026"]);
vali("time", text(v.isoTime()), "Lunch is at noon. When?", ["12:00"], ["noon", "25:00"]);
vali(
  "instant",
  text(v.isoTimestamp()),
  "It happened on 1 May 2026 at 10:15:30 UTC. When?",
  ["2026-05-01T10:15:30Z", "2026-05-01T10:15:30.120Z"],
  ["2026-05-01", "10:15"],
);
vali("week", text(v.isoWeek()), "It is the 7th week of 2026. Which week?", ["2026-W07"], ["2026-07", "2026-W54"]);
vali("email", text(v.email()), "Write to ben@example.com. Which address?", ["ben@example.com"], ["ben", "ben@"]);
vali(
  "uuid",
  text(v.uuid()),
  "The id is 123e4567-e89b-12d3-a456-426614174000. Which id?",
  ["123e4567-e89b-12d3-a456-426614174000"],
  ["123"],
);
vali("colour", text(v.hexColor()), "Orange is #ff8800. Which colour?", ["#ff8800", "#f80"], ["ff8800", "#ff88001", "#ggg"]);
vali("slug", text(v.slug()), "Make a slug of Hello World.", ["hello-world", "a"], ["Hello World", "-a", "a--b"]);
vali("bic", text(v.bic()), "The bank's code is DEUTDEFF. Which code?", ["DEUTDEFF", "DEUTDEFF500"], ["DEUT", "deutdeff"]);
vali("digits", text(v.digits(), v.maxLength(6)), "The number is 4711. Which number?", ["4711"], ["47a", "", "1234567"]);
vali("decimal", text(v.decimal()), "Pi is about 3.14. Write it.", ["3.14", "-2"], ["3,14", "."]);
vali("rating", v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)), "Three of five stars. Which rating?", [3, 1, 5], [0, 6, 2.5]);
vali("even", v.pipe(v.number(), v.multipleOf(2)), "Which even number comes after 6?", [8, 0, -2], [7, 1.5]);
vali("size", v.picklist(["S", "M", "L"]), "It is a large shirt. Which size?", ["L", "S"], ["XL", ""]);
vali("nothing", v.nullish(v.string()), "Nobody called. Who called? null where nobody did.", ["Anna", null], [1]);
vali("stops", v.tupleWithRest([v.string()], v.number()), "The line A stops at 1, 2 and 3.", [["A", 1, 2], ["A"]], [[], ["A", "1"]]);
vali(
  "shape",
  v.variant("kind", [v.object({ kind: v.literal("circle"), r: v.number() }), v.object({ kind: v.literal("dot") })]),
  "A circle with a radius of 2.",
  [{ kind: "circle", r: 2 }, { kind: "dot" }],
  [{ kind: "circle" }, { kind: "line" }],
);
vali(
  "stock",
  v.pipe(v.record(v.string(), v.pipe(v.number(), v.minValue(0))), v.minEntries(1)),
  "There are 4 hammers.",
  [{ hammers: 4 }, { a: 1, b: 2 }],
  [{}, { hammers: -4 }],
);
vali("other", text(v.notValue("none")), "Which fruit is yellow and bent?", ["banana", "non", "nones"], ["none"]);

// ArkType
const ark = row("ArkType", (field, schema) => type({ [field]: schema }));
ark("email", "string.email", "Write to cleo@example.net. Which address?", ["cleo@example.net"], ["cleo", "a@b"]);
ark("date", "string.date.iso", "The lease begins on 1 June 2026. When?", ["2026-06-01"], [], ["June", "2026-6-1"]);
ark("version", "string.semver", "The program is at version 1.4.2. Which version?", ["1.4.2", "1.0.0-rc.1"], ["1.4", "v1.4.2"]);
ark("ip", "string.ip.v4", "The camera is at 10.0.0.9. Which address?", ["10.0.0.9"], ["10.0.0", "10.0.0.256"]);
ark("grade", "1 <= number.integer <= 6", "She got a two. Which grade, 1 to 6?", [2, 6], [0, 7, 1.5]);
ark("steps", "number % 5", "How many minutes, in steps of five, are in a quarter of an hour?", [15, 0], [14]);
ark("name", "2 <= string <= 12", "Her name is Cleo. What is her name?", ["Cleo"], ["C", "averyveryverylongname"]);
ark("size", "'small' | 'large'", "It is large. Which size?", ["small", "large"], ["medium"]);
ark("names", "string[] >= 1", "Anna and Ben came. Who came?", [["Anna", "Ben"]], [[], "Anna"]);
ark("counts", { "[/^n_/]": "number" }, "n_a is 1 and n_b is 2.", [{ n_a: 1, n_b: 2 }, {}], [{ n_a: "1" }]);
ark(
  "closed",
  { a: "string", "b?": "number", "+": "reject" },
  "a is x and b is 2.",
  [{ a: "x" }, { a: "x", b: 2 }],
  [{ a: "x", c: 1 }, { b: 2 }],
);
const family = scope({ person: { name: "string", children: "person[]" } }).export();
whole(
  "ArkType",
  "a family",
  family.person,
  "Anna has a child, Ben, who has none.",
  [{ children: [{ children: [], name: "Ben" }], name: "Anna" }],
  [{ name: "Anna" }, { children: [1], name: "Anna" }],
);

export const table = rows;
