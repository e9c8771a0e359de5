import { expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { planFor, team } from "../team.js";

const text = z.string();
const acts = { effects: true } as const;
const member = (name: string, does: string, input: Schema, output: Schema, rest: { effects?: true } = {}) =>
  specialist({ name, does, input, output, ...rest, run: () => ({}) as never });

async function errorOf(members: Specialist[], input: Schema, output: Schema, does: string, rest: object = {}) {
  const made = team({ name: "desk", does, members, input, output, ...rest } as never);
  const ctx = { progress() {}, generate: () => Promise.reject(new Error("no")), model: () => undefined };
  return planFor(made, undefined, ctx as never).then(
    () => expect.unreachable("the plan was made"),
    (error) => error,
  );
}
const codes = (error: { issues: { code: string; path: string[] }[] }) => error.issues.map(({ code, path }) => [code, ...path].join(" "));

const letter = z.object({ letter: text });
const brand = member("brand", "Sorts a wine by its grape", z.object({ wine: z.object({ grape: text }) }), z.object({ sort: text }));
const post = member("post", "Posts a letter", letter, z.object({ postNo: text }), acts);

test("the word that speaks of who is not at work holds an act back, and is named with what helps", async () => {
  const error = await errorOf([brand, post], letter, z.object({ postNo: text }), "Post the letter with the grape");
  expect(error.code).toBe("PLAN_UNSURE");
  expect(error.message).toContain('post would act on the world, but "grape" speaks of brand, which is not at work');
  expect(error.hint).toContain('say it without "grape"');
  expect(new Set(codes(error))).toEqual(new Set(["act-held"]));
});

test("so is the clause that nobody serves, in German", async () => {
  const buchen = member("buchen", "Bucht einen Tisch", z.object({ gast: text }), z.object({ tischNr: text }), acts);
  const error = await errorOf(
    [buchen],
    z.object({ gast: text }),
    z.object({ tischNr: text }),
    "Buche einen Tisch und stell Blumen in die Vase",
  );
  expect(error.message).toContain('nobody at work does what "stell Blumen in die Vase" asks for');
  expect(error.hint).toContain('Say "stell Blumen in die Vase" in the words of a member');
  expect(codes(error)).toEqual(["act-held"]);
});

test("and that no clause tells it to act, in Spanish", async () => {
  const pagar = member("pagar", "Paga una factura", z.object({ factura: text }), z.object({ recibo: text }), acts);
  const error = await errorOf([pagar], z.object({ factura: text }), z.object({ recibo: text }), "¿Se puede pagar la factura?");
  expect(error.message).toContain("no clause tells pagar to act");
  expect(codes(error)).toEqual(["act-held"]);
});

test.each([
  ["beside a question, by what does not speak of it", "Do they have it in XL? Never mind the measurements."],
  ["by what nobody is to do", "Tell me whether they have it in XL. Nobody is to reserve anything before I have had a look."],
])("nobody is told to act %s", async (_, does) => {
  const sized = z.object({ article: text, size: z.enum(["M", "L", "XL"]) });
  const measure = member(
    "sizeFromMeasures",
    "Finds the size from body measurements",
    z.object({ chest: z.number() }),
    z.object({ size: text }),
  );
  const reserve = member("reserveItem", "Reserves an article in the shop", sized, z.object({ reservation: text }), acts);
  const error = await errorOf([measure, reserve], z.object({ article: text }), z.object({}), does);
  expect(error.code).toMatch(/^PLAN_(?:UNSURE|DECLINED)$/);
});

test("a source passed over is named, and the place that settles it; others that are sure are not listed", async () => {
  const costOf = member("costOf", "What a repair costs", z.object({ job: text }), z.object({ cost: z.number() }));
  const fee = member("fee", "Fee for a job", z.object({ job: text }), z.object({ fee: z.number() }));
  const pay = member("pay", "Pays an amount for a job", z.object({ cost: z.number(), job: text }), z.object({ receipt: text }), acts);
  const input = z.object({ job: text, sum: z.number() });
  const output = z.object({ receipt: text, fee: z.number() });
  const error = await errorOf([costOf, fee, pay], input, output, "Pay the sum, and the fee for the job");
  expect(error.message).toMatch(/pay\.cost would come from \S+, past costOf\.cost, which has its very name/);
  expect(error.hint).toContain('"pay.cost":');
  expect(error.hint).not.toContain('unsure: "guess"');
  expect(codes(error)).toEqual(["open-place pay.cost"]);
});

test("what little speaks for holds back an act that takes it, also where guesses are allowed", async () => {
  const value = member("value", "What a painting is worth", z.object({ painting: text }), z.object({ value: z.number() }));
  const offer = member("offer", "Places an offer", z.object({ painting: text, sum: z.number() }), z.object({ offerId: text }), acts);
  const one = z.object({ painting: text });
  const error = await errorOf([value, offer], one, z.object({ offerId: text }), "Place an offer for the painting", { unsure: "guess" });
  expect(error.message).toContain("neither a name nor the request says that offer.sum comes from value.value");
  expect(codes(error).filter((code) => code.startsWith("open-place"))).toEqual(["open-place offer.sum"]);
});

test("who takes nothing is held back like any other", async () => {
  const ring = member("ring", "Rings the bell", z.object({}), z.object({ rung: z.boolean() }), acts);
  const error = await errorOf([ring], z.object({ note: text.optional() }), z.object({ rung: z.boolean() }), "Can we ring the bell?");
  expect(error.message).toContain("no clause tells ring to act");
});
