import { expect, test } from "vitest";
import { z } from "zod";
import type { Schema } from "../../schema/schema.js";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const acts = (name: string, does: string, input: Schema, output: Schema) =>
  specialist({ name, does, input, output, effects: true, run: () => ({}) as never });

const hold = acts("placeHold", "Puts a hold on a book", z.object({ title: text, card: text }), z.object({ holdId: text }));
const fine = acts("payFine", "Debits a fine", z.object({ card: text, eur: z.number() }), z.object({ receipt: text }));
const post = acts("post", "Posts on our social media accounts", z.object({ message: text }), z.object({ postId: text }));
const derived = (request: string) =>
  derive(
    briefOf({ request, members: [hold, fine, post], input: z.object({ title: text, card: text }), output: z.object({ holdId: text }) }),
  );

test.each([
  "Would you put a hold on that book for me? My fine can wait till Friday.",
  "Put a hold on the book for me. The fine is paid already.",
  "Put a hold on the book for me. I don't have the receipt of the fine at hand.",
  "Put a hold on the book for me, we'll post on Monday.",
  "Put a hold on the book for me. Leave the social media alone.",
  "Put a hold on the book for me. Leave the social media alone for now.",
  "Put a hold on the book for me. It is for my son.",
  "Put a hold on the book for me. My fine isn't paid yet.",
])("what is only told keeps nobody from acting: %s", async (request) => {
  const { standing, held, plan } = await derived(request);
  expect({ standing, held, tasks: plan.tasks.map(({ member }) => member) }).toEqual({ standing: "sure", held: [], tasks: ["placeHold"] });
});

test("what only says what stands where is no part of its own", async () => {
  const mail = acts(
    "mailOut",
    "Mails somebody",
    z.object({ recipient: text, title: text.describe("subject line") }),
    z.object({ mailId: text }),
  );
  const input = z.object({ recipient: text, job_title: text });
  const request = "Mail her, with the job title as the subject line";
  const { held, plan } = await derive(briefOf({ request, members: [mail, post], input, output: z.object({ mailId: text }) }));
  expect([held, plan.tasks.map(({ args }) => args)]).toEqual([
    [],
    [{ recipient: { ref: "input.recipient" }, title: { ref: "input.job_title" } }],
  ]);
});

test("an argument that takes an order is given none where nothing is said", async () => {
  const office = specialist({
    name: "responsible",
    does: "Office in charge of a citizen's request",
    input: z.object({ request: text.describe("any request by a citizen") }),
    output: z.object({ office: text }),
    run: () => ({}) as never,
  });
  const brief = briefOf({
    request: "",
    members: [office],
    input: z.object({ petition: text }),
    output: z.object({ office: text, gist: text }).partial(),
  });
  const { plan } = await derive(brief);
  expect(plan.tasks.map(({ args }) => args)).toEqual([{ request: { ref: "input.petition" } }]);
});

test("whether something is so already may be asked", async () => {
  const paid = specialist({
    name: "isPaid",
    does: "Checks whether an invoice is paid",
    input: z.object({ invoice: text }),
    output: z.object({ paid: z.boolean() }),
    run: () => ({}) as never,
  });
  for (const request of ["Check whether the invoice is already paid.", "Prüfe, ob die Rechnung schon bezahlt ist."]) {
    const { plan } = await derive(briefOf({ request, members: [paid, fine], input: z.object({ invoice: text }), output: z.object({}) }));
    expect(plan.tasks.map(({ member }) => member)).toEqual(["isPaid"]);
  }
});

test.each(["Put a hold on the book for me and pay my fine.", "Would you put a hold on the book? And post that we did."])(
  "what is asked for beside it does: %s",
  async (request) => {
    const { standing, held } = await derived(request);
    expect(standing !== "sure" || held.length > 0).toBe(true);
  },
);
