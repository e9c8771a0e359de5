import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const text = z.string();
const of = (name: string, gives: string, does = "Makes something of a text") =>
  specialist({ name, does, input: z.object({ text }), output: z.object({ [gives]: text }), run: () => ({ [gives]: "" }) as never });
const briefFor = (request: string, members = [of("alpha", "one"), of("beta", "two")], wanted = "result") =>
  briefOf({ request, members, input: z.object({ note: text }), output: z.object({ [wanted]: text }) });
const membersOf = ({ tasks }: { tasks: readonly { member: string }[] }) => tasks.map(({ member }) => member);

test.each(["Makes something", "Makes something of a note", "Desk", ""])(
  "of two that nothing tells apart it is not known which is meant, and neither works on what the other gives: %j",
  async (request) => {
    const { standing, candidates, open, declined } = await derive(briefFor(request));
    expect(standing).toBe("refused");
    expect(declined).toBeUndefined();
    expect(candidates.map(({ plan }) => membersOf(plan))).toEqual([["alpha"], ["beta"]]);
    expect(open.map(({ why }) => why)).toContain("output.result may come from alpha.one or from beta.two");
    expect(open.map(({ source }) => source)).not.toContain("beta.two");
  },
);

test("a word for one of them tells them apart, and so may one work on what the other gives", async () => {
  expect(membersOf((await derive(briefFor("Use beta"))).plan)).toEqual(["beta"]);
  const { plan } = await derive(briefFor("First alpha, then beta what comes of it"));
  expect(membersOf(plan)).toEqual(["alpha", "beta"]);
  expect(membersOf((await derive(briefFor("", undefined, "two"))).plan)).toEqual(["beta"]);
});
