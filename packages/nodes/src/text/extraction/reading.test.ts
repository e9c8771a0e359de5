import { expect, test } from "vitest";
import { readingOf } from "./reading.js";
import { soughtFor } from "./sought.js";

const text = "Minutes\n\nOn Monday Tessa Broadhurst spoke of the roof, and Ivo Marsh of the lift. The porter on call was mad max.";
const fields = { speaker: { kind: "person" }, porter: { kind: "person" } } as const;
const reading = () => readingOf(text, Object.fromEntries(Object.keys(fields).map((name) => [name, soughtFor(name, fields)])));

test("what embeddings found of a field's candidates counts on where a model names what no pattern found", () => {
  const it = reading();
  const [ivo] = it.best("speaker").filter(({ candidate }) => candidate.text === "Ivo Marsh");
  const signsOf = () => it.best("speaker").find(({ candidate }) => candidate.text === "Ivo Marsh")!.signs;
  it.learn("embeddings", { speaker: { similarity: new Map([[ivo!.candidate, 0.9]]) } });
  const before = signsOf().similar;
  expect(before).toBeGreaterThan(0.5);
  it.hear("model", new Map([["porter", "mad max"]]));
  expect(it.survey("porter").candidates.map(({ text }) => text)).toContain("mad max");
  expect(signsOf().similar).toBe(before);
});

test("a name that only a model finds is not taken where patterns know names, and is where a script has no capitals", () => {
  const said = (source: string, name: string) => {
    const one = { driver: { kind: "person", description: "who drove" } } as const;
    const it = readingOf(source, { driver: soughtFor("driver", one) });
    it.hear("model", new Map([["driver", name]]));
    return it.values().get("driver")?.text;
  };
  expect(said("Unit CEO 417 was ticketed at noon on the pier. No more is known of it.", "CEO 417")).toBeUndefined();
  expect(said("Car nr 38 was ticketed at noon on the pier. No more is known of it.", "nr 38")).toBeUndefined();
  expect(said("მანქანას გიორგი მართავდა შუადღისას", "გიორგი")).toBe("გიორგი");
  expect(said("كان سامي يقود السيارة عند الظهر", "سامي")).toBe("سامي");
});
