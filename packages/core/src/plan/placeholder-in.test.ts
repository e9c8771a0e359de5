// biome-ignore-all lint/suspicious/noTemplateCurlyInString: how planners write refs.
import { expect, test } from "vitest";
import { z } from "zod";
import type { Plan } from "../graph/plan.js";
import { specialist } from "../specialist/specialist.js";
import { type Brief, briefOf } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { placeholderIn } from "./placeholder-in.js";
import { spellings } from "./read/spellings.js";

const text = z.string();
const brief = (request = "Write a letter about the note", shown: Record<string, string> = {}): Brief => ({
  ...briefOf({
    request,
    members: [
      specialist({
        name: "summarize",
        does: "Summarizes a text",
        input: z.object({ text }),
        output: z.object({ summary: text, name: text }),
        run: () => ({ summary: "", name: "" }),
      }),
      specialist({
        name: "letter",
        does: "Writes a letter",
        input: z.object({ heading: text, body: text }),
        output: z.object({ letter: text }),
        run: () => ({ letter: "" }),
      }),
    ],
    input: z.object({ note: text }),
    output: z.object({ letter: text }),
  }),
  shown,
});
const plan = (heading: string, ids: readonly [string, string] = ["t1", "t2"]): Plan => ({
  tasks: [
    { id: ids[0], member: "summarize", args: { text: { ref: "input.note" } } },
    { id: ids[1], member: "letter", args: { heading, body: { ref: `${ids[0]}.summary` } } },
  ],
  output: { letter: { ref: `${ids[1]}.letter` } },
});
const codes = (heading: string, ids?: readonly [string, string], of = brief()) => checkPlan(plan(heading, ids), of).map(({ code }) => code);

test.each([
  ...[
    "$t1",
    "$T1",
    "${t1}",
    "$(t1)",
    "$step1",
    "$1",
    "$summarize",
    "$t1.summary",
    "{{t1}}",
    "{t1}",
    "{step1}",
    "{step_1_output}",
    "{1}",
    "{summarize}",
  ],
  ...[
    "%{t1}",
    "%{summarize.output%}",
    "<t1>",
    "<step_1>",
    "<<t1>>",
    "<t1.summary>",
    "[t1]",
    "[step1]",
    "[[t1]]",
    "[t1.summary]",
    "%t1%",
    "@t1",
    "#t1",
    "#step1",
    "#E1",
  ],
  ...["[output of t1]", "<the result of step 1>", "{output from t1}", "[previous output]", "{previous_output}", "<previous>", "$previous"],
  ...["{note}", "$note", "{input.note}", "<input.note>", "${{ steps.t1.outputs.summary }}", "t1.summary", "t1->summary", "t1::summary"],
  ...["t1's summary", "{steps.t1.summary}", "[PREVIOUS_OUTPUT]"],
])("%s inside a text is a placeholder", (said) => {
  for (const heading of [`About ${said}`, `${said}: news`, `On (${said}), again.`, `See ${said}.`]) {
    expect([heading, codes(heading)]).toEqual([heading, ["placeholder"]]);
    // The user's own, word for word.
    expect(codes(heading, undefined, brief(`Write a letter, ${said} above it`))).toEqual([]);
    expect(codes(heading, undefined, { ...brief(), shown: { note: `So: ${said}` } })).toEqual([]);
  }
});

test("each spelling that is read as a ref alone is looked for inside texts, but for those that prose has", () => {
  const prose = ["<t1>.loud", "(t1.loud)", "`t1.loud`", "#/tasks/t1/loud", "=t1.loud", "the output of t1"];
  for (const { example } of spellings.filter((one) => !prose.includes(one.example))) {
    const said = example.replace("loud", "summary").replace(/(GENERATED>-|resource-)0/, "$11");
    expect([example, placeholderIn(`About ${said}, in short`, plan(""), brief(), 1) !== undefined]).toEqual([example, true]);
  }
});

test.each([
  ...["$5", "$1.50", "$1,200", "$1 million", "$1 per item", "$2", "$10", "US$3", "[1]", "[2]", "#1 fan", "#2", "@ann", "ann@t1.example"],
  ...["<b>now</b>", "<i>", "<summary>x</summary>", "{name}", "{greeting}", "[sic]", "[name]", "[summary]", "#news", "#summary", "@summary"],
  ...[
    "100%",
    "5% to 10%",
    "%name%",
    "t1",
    "T1",
    "(t1)",
    "step 1",
    "{first} {last}",
    "%{name}",
    "<last>",
    "x{2}",
    "\\d{1}",
    "[a-z]{1}",
    "#fff",
    "C#",
  ],
  ...["$name", "[previous]", "#previous", "the previous output", "previous", "output", "[Smith 2001]", "e.g. a -> b", "&#1;", "/#t1"],
])("%s inside a text is none, where nothing is called so", (said) => {
  for (const heading of [said, `About ${said}`, `${said}: news`]) expect([heading, codes(heading)]).toEqual([heading, []]);
});

test("what tags and words of prose are stays so where a task has that very name", () => {
  for (const said of ["<b>now</b>", "#news", "@news", "[news]"]) expect(codes(`All ${said}`, ["b", "news"])).toEqual([]);
  expect(codes("All {news}", ["news", "b"])).toEqual(["placeholder"]);
  expect(codes("All #news.summary", ["news", "b"])).toEqual(["placeholder"]);
});

test("one that the user says hides none that nobody says, and a part of what is said is not said", () => {
  expect(codes("{{a}} and {{b}}", undefined, brief("Begin with {{a}}"))).toEqual(["placeholder"]);
  expect(codes("About $1", undefined, brief("It costs $1.50"))).toEqual(["placeholder"]);
});

test("takes time in proportion to a text", () => {
  const parts = [
    "{1} ",
    "[",
    "[x] ",
    "$a.a",
    "@a.",
    "#a-",
    "<b> ",
    "<output of ",
    "(the result of t",
    "%a",
    "%{a",
    "$(a",
    "{{",
    "t1.",
    "$1,",
  ];
  for (const part of parts) {
    const long = `${part.repeat(100_000 / part.length)}</b>`;
    const start = process.cpuUsage();
    placeholderIn(long, plan("", ["b", "t9"]), { ...brief(), shown: { note: long } });
    const { user, system } = process.cpuUsage(start);
    expect([part, (user + system) / 1000 < 1000]).toEqual([part, true]);
  }
});

test("a number counts tasks before its own", () => {
  expect(placeholderIn("About $1", plan(""), brief(), 0)).toBeUndefined();
  expect(placeholderIn("About $2", plan(""), brief())).toBe("$2");
  expect(placeholderIn("About $7", plan("", ["t7", "t8"]), brief(), 1)).toBe("$7");
  expect(placeholderIn("About $1", plan("", ["first", "other"]), brief(), 1)).toBe("$1");
});
