import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import type { DecisionExample, DecisionKind } from "../../model/model.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { type Brief, briefOf } from "../brief.js";
import { derive } from "../derive/derive.js";
import { planFor, team } from "../team.js";
import type { Decide, Decider } from "./decide-open.js";

const text = z.string();
const member = (name: string, does: string, takes: object, gives: string, effects = false) =>
  specialist({
    name,
    does,
    input: z.object(takes as any),
    output: z.object({ [gives]: text }),
    ...(effects ? { effects: true as const } : {}),
    run: () => ({ [gives]: "Rain" }) as any,
  });

type Questions = Readonly<Record<string, { readonly criteria: Readonly<Record<string, null>> }>>;
/** A decision model measured on plans that is sure of the option in which its words stand, or that none does it. */
const chooses = (words: string | undefined, share = 0.99) => {
  const heard: { kind: DecisionKind; options: readonly (readonly string[])[]; examples?: readonly DecisionExample[] }[] = [];
  const decider = { id: "scripted:plans", card: { kind: "decisions", decides: ["plans"], sharpness: 0.5 } };
  const ctx = {
    progress: () => {},
    embed: () => Promise.reject(new Error("none is bound")),
    model: (role: string) => (role === "decisions" ? decider : undefined),
    decide: async ({ kind, questions, examples }: { kind: DecisionKind; questions: Questions; examples?: readonly DecisionExample[] }) => {
      heard.push({ kind, options: Object.values(questions).map(({ criteria }) => Object.keys(criteria)), ...(examples && { examples }) });
      return Object.fromEntries(
        Object.entries(questions).map(([id, { criteria }]) => {
          const options = Object.keys(criteria);
          const chosen = options.find((option) => words !== undefined && option.includes(words)) ?? options.at(-1)!;
          return [
            id,
            {
              probabilities: Object.fromEntries(
                options.map((option) => [option, option === chosen ? share : (1 - share) / (options.length - 1)]),
              ),
            },
          ];
        }),
      );
    },
  };
  return { ctx: ctx as any, heard };
};
const address = z.string().describe("address");
const letter = member("letter", "Writes a letter", { to: address }, "letter");
const stamp = member("stamp", "Makes a stamp", { of: address }, "stamp");
const post = member("stamp", "Makes a stamp", { of: address }, "stamp", true);
const asked = (words: string | undefined, second = stamp, share?: number) => {
  const { ctx, heard } = chooses(words, share);
  const desk = {
    name: "desk",
    does: "A letter and a stamp",
    members: [letter, second],
    input: z.object({ mine: address, theirs: address }),
    output: z.object({ letter: text, stamp: text }),
  };
  return planFor(team(desk as any), undefined, ctx).then(
    ({ plan, notes, guesses }) => ({
      guesses,
      heard,
      notes: notes.join("\n"),
      to: plan.tasks.find(({ member }) => member === "letter")?.args.to,
      code: undefined,
    }),
    ({ code }) => ({ guesses: undefined, heard, notes: "", to: undefined, code }),
  );
};

test("where no plan is sure, the decision model says which is meant: in two orders, each with none of these last", async () => {
  const { heard, notes, to } = await asked("letter(to: theirs)");
  expect(heard.map(({ kind }) => kind)).toEqual(["plans"]);
  const [forth, back] = heard[0]!.options;
  expect(forth!.at(-1)).toBe("none of these");
  expect(back).toEqual([...forth!.slice(0, -1).toReversed(), "none of these"]);
  expect(to).toEqual({ ref: "input.theirs" });
  expect(notes).toContain(`scripted:plans was asked which of ${forth!.length - 1} plans is meant`);
  expect(notes).toContain("letter.to from input.theirs, by decision");
});

test("with the question come answered ones, whose right options stand in every place, none among them", async () => {
  const [{ examples = [] } = {}] = (await asked("letter(to: theirs)")).heard;
  for (const { options, right } of examples) {
    expect(options).toContain(right);
    expect(options.at(-1)).toBe("none of these");
  }
  expect(new Set(examples.map(({ options, right }) => options.indexOf(right))).size).toBeGreaterThan(2);
  expect(examples.filter(({ right }) => right === "none of these").length).toBeGreaterThan(1);
});

test("its word turns the choice, and where it says that none is meant the team does nothing", async () => {
  expect((await asked("letter(to: mine)")).to).toEqual({ ref: "input.mine" });
  expect(await asked(undefined)).toMatchObject({ to: undefined, code: expect.stringMatching(/^PLAN_(?:UNSURE|DECLINED)$/) });
});

test("where its word does not make a plan sure, what it chose is a guess that names the places", async () => {
  const { code, guesses, notes } = await asked("letter(to: theirs)", stamp, 0.5);
  expect(code).toBeUndefined();
  expect(guesses).toEqual(expect.arrayContaining(["letter.to"]));
  expect(notes).toContain("The plan is a guess");
});

test("it is not asked where a plan is sure, nor where one of those in question would act on the world", async () => {
  const { ctx, heard } = chooses("letter");
  const one = team({
    name: "one",
    does: "Write a letter",
    members: [letter],
    input: z.object({ to: address }),
    output: z.object({ letter: text }),
  });
  expect((await planFor(one, undefined, ctx)).guesses).toBeUndefined();
  expect(heard).toEqual([]);
  expect(await asked("letter(to: theirs)", post)).toMatchObject({ heard: [], code: "PLAN_UNSURE" });
});

/** The words that each decider of a derivation was asked about, and its answer: the option that holds these words, or none. */
const deciding = (id: string, plans: number | undefined, words?: string, share = 0.98) => {
  const heard: string[] = [];
  const decide: Decide = async (kind, _, questions) => {
    heard.push(kind);
    return Object.fromEntries(
      Object.entries(questions).map(([name, { options }]) => {
        const chosen = options.findIndex((option) => words !== undefined && option.includes(words));
        return [
          name,
          options.map((_, i) => (i === (chosen < 0 ? options.length - 1 : chosen) ? share : (1 - share) / (options.length - 1))),
        ];
      }),
    );
  };
  return { decider: { id, decide, ...(plans === undefined ? {} : { plans }) }, heard };
};
const evenly: Decide = async (_, __, questions) =>
  Object.fromEntries(Object.entries(questions).map(([name, { options }]) => [name, options.map(() => 1 / options.length)]));
const fields = (names: readonly string[], type: z.ZodType = text) => z.object(Object.fromEntries(names.map((name) => [name, type])));
const brief = (members: readonly Specialist[], given: readonly string[], wanted: readonly string[]): Brief =>
  briefOf({ request: "", members, input: fields(given, address), output: fields(wanted) });
const letters = brief([letter, stamp], ["mine", "theirs"], ["letter", "stamp"]);

test("what decision models make likely is a guess until it is likelier than what signs alone make sure", async () => {
  const found = async (share: number) => await derive(letters, { deciders: [deciding("plans", 0.5, "letter(to: theirs)", share).decider] });
  const [likely, sure] = [await found(0.9), await found(0.999)];
  expect(likely.candidates[0]!.chance).toBeGreaterThan(0.74);
  expect([likely.standing, sure.standing]).toEqual(["guess", "sure"]);
  expect(likely.why.length).toBeGreaterThan(0);
  expect([likely, sure].map(({ plan }) => plan.tasks.find(({ member }) => member === "letter")!.args.to)).toEqual([
    { ref: "input.theirs" },
    { ref: "input.theirs" },
  ]);
});

test("who is asked place by place and has no place to settle keeps nobody after it from being asked", async () => {
  const [first, second] = [deciding("wiring", undefined), deciding("plans", 0.5)];
  const halves = specialist({
    name: "split",
    does: "Splits",
    input: fields(["whole"]),
    output: fields(["left", "right"]),
    run: () => ({}) as any,
  });
  const open = brief([halves], ["whole"], ["start"]);
  expect((await derive(open)).standing).not.toBe("sure");
  await derive(open, { deciders: [first.decider, second.decider] });
  expect(first.heard).toEqual([]);
  expect(second.heard).toEqual(["plans"]);
});

test("which plan is meant counts on where somebody else decides a place of it", async () => {
  const meant = deciding("plans", 0.5, "letter(to: theirs)", 0.6);
  const undecided = { id: "wiring", decide: evenly };
  const to = async (...deciders: readonly Decider[]) =>
    (await derive(letters, { deciders })).plan.tasks.find(({ member }) => member === "letter")!.args.to;
  expect(await to(undecided)).toEqual({ ref: "input.mine" });
  expect(await to(meant.decider, undecided)).toEqual({ ref: "input.theirs" });
});

test("a decision model settled a place only where it finds the source likelier than all others and than none", async () => {
  const by = async (words?: string) =>
    (await derive(letters, { deciders: [deciding("wiring", undefined, words).decider] })).settled
      .filter(({ by }) => by === "decision")
      .map(({ source }) => source);
  expect(await by("`theirs`")).toContain("input.theirs");
  expect(await by()).toEqual([]);
});

test("two that are asked which plan is meant are heard together, each as much as its word counts", async () => {
  const chanceOf = async (...deciders: readonly Decider[]) => {
    const { candidates } = await derive(letters, { deciders });
    return candidates.find(({ plan }) =>
      isDeepStrictEqual(plan.tasks.find(({ member }) => member === "letter")!.args.to, { ref: "input.theirs" }),
    )!.chance;
  };
  const one = (power: number) => deciding("one", power, "letter(to: theirs)", 0.5).decider;
  const other = deciding("other", 0.5, "letter(to: theirs)", 0.5).decider;
  expect(await chanceOf(one(0.5))).toBeGreaterThan(await chanceOf());
  expect(await chanceOf(one(0.9))).toBeGreaterThan(await chanceOf(one(0.5)));
  expect(await chanceOf(one(0.5), other)).toBeGreaterThan(await chanceOf(one(0.5)));
});
