import { expect, test } from "vitest";
import { z } from "zod";
import type { Plan } from "../../graph/plan.js";
import { compile } from "../../interop/compile.js";
import { specialist } from "../../specialist/specialist.js";
import { team } from "../team.js";
import { savePlan } from "./save-plan.js";

const text = z.string();
const translate = specialist({
  name: "translate",
  does: "Translates a text",
  input: z.object({ text, language: text, most: z.number().optional() }),
  output: z.object({ translation: text }),
  run: ({ text, language, most }) => ({ translation: `${text} in ${language}, ${most}` }),
});
const desk = (output: z.ZodType = z.looseObject({})) =>
  team({
    name: "desk",
    does: "Works",
    members: [translate],
    input: z.object({ note: text, request: text }),
    output,
    request: "request",
  } as never);
const planned = (languages: Readonly<Record<string, string>>, name: (language: string) => string): Plan => ({
  tasks: Object.entries(languages).map(([id, language]) => ({
    id,
    member: "translate",
    args: { text: { ref: "input.note" }, language, most: 40 },
  })),
  output: Object.fromEntries(Object.entries(languages).map(([id, language]) => [name(language), { ref: `${id}.translation` }])),
});
const request = "Translate it into German and into Danish, in at most 40 words";
const both = { t1: "German", t2: "Danish" };

test.each([(one: string) => `translation_${one}_40`, (one: string) => `${one.toLowerCase()}Translation`])(
  "an output that is named after what is an input of the graph is named after its field",
  async (name) => {
    const { graph, file, code } = savePlan(desk(), planned(both, name), { request, guesses: [`output.${name("Danish")}`] });
    expect(graph.output).toEqual(["translation", "translation_2"]);
    expect(await compile(graph).invoke({ note: "n", t2_language: "Dutch" })).toEqual({
      translation: "n in German, 40",
      translation_2: "n in Dutch, 40",
    });
    for (const said of [file.$comment, code]) expect(said).toContain("output.translation_2");
  },
);

test("one that says what stays constant, that a team names, or that is named otherwise keeps its name", () => {
  const name = (one: string) => `in${one}`;
  const outputs = (...[plan, output, said = request]: [Plan, z.ZodType?, string?]) =>
    savePlan(desk(output), plan, { request: said }).graph.output;
  expect(outputs(planned(both, name), undefined, "Translate it")).toEqual(["inGerman", "inDanish"]);
  expect(outputs(planned(both, name), z.object({ inGerman: text, inDanish: text }))).toEqual(["inGerman", "inDanish"]);
  expect(outputs(planned(both, (one) => (one === "German" ? "first" : "second")))).toEqual(["first", "second"]);
  // Neither another output nor an input gives up its name.
  const named = planned(both, (one) => (one === "German" ? "german" : "translation"));
  expect(outputs(named)).toEqual(["translation_2", "translation"]);
});
