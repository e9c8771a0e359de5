import { defineGraph, END, type Specialist, specialist, team } from "@troupe/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { findTeam } from "./find-team.js";

const text = z.object({ text: z.string() });
const shout = specialist({ name: "shout", does: "Shouts", input: text, output: text, run: (given) => given });
const teamOf = (name: string, ...members: Specialist[]) =>
  team({ name, does: name, members: [shout, ...members], input: text, output: text });
const targetOf = (nodes: Record<string, Specialist>) => ({
  file: "desk.ts",
  graph: defineGraph({
    name: "g",
    state: { text: z.string() },
    input: ["text"],
    output: ["text"],
    nodes,
    start: Object.keys(nodes)[0]!,
    edges: Object.fromEntries(Object.keys(nodes).map((node, i, all) => [node, all[i + 1] ?? END])),
  } as any),
});

test("a team is found at a node, in a graph inside, and among a team's members", () => {
  const inner = teamOf("inner");
  const outer = teamOf("outer", inner);
  for (const one of [inner, outer]) expect(findTeam(targetOf({ a: outer }) as any, one.name)).toBe(one);
  expect(findTeam({ file: "desk.ts", specialist: outer } as any, "inner")).toBe(inner);
  expect(findTeam({ file: "desk.ts", specialist: outer } as any, undefined)).toBe(outer);
  expect(findTeam(targetOf({ a: inner, b: inner }) as any, undefined)).toBe(inner);
});

test("two teams of one name are told, and none of them is taken", () => {
  const target = targetOf({ a: teamOf("desk"), b: teamOf("desk") });
  for (const name of [undefined, "desk"])
    expect(() => findTeam(target as any, name)).toThrowError(
      expect.objectContaining({ code: "NO_TEAM", message: expect.stringContaining("a name of its own") }),
    );
});
