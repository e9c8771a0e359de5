import { expect, test } from "vitest";
import { z } from "zod";
import type { DecisionKind } from "../../model/model.js";
import { specialist } from "../../specialist/specialist.js";
import { planFor, team } from "../team.js";

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
  const heard: { kind: DecisionKind; options: readonly (readonly string[])[] }[] = [];
  const decider = { id: "scripted:plans", card: { kind: "decisions", decides: ["plans"] } };
  const ctx = {
    progress: () => {},
    embed: () => Promise.reject(new Error("none is bound")),
    model: (role: string) => (role === "decisions" ? decider : undefined),
    decide: async ({ kind, questions }: { kind: DecisionKind; questions: Questions }) => {
      heard.push({ kind, options: Object.values(questions).map(({ criteria }) => Object.keys(criteria)) });
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
