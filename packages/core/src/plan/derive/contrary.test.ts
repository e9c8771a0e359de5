import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { derive } from "./derive.js";

const planned = async (name: string, field: string, does: string, output: string, description = "") => {
  const member = specialist({
    name,
    does,
    input: z.object({ visitor: z.string() }),
    output: z.object({ [field]: z.string() }),
    run: () => ({}) as never,
  });
  const wanted = z.object({ [output]: z.string().describe(description) });
  const { plan, declined } = await derive(
    briefOf({ request: "", members: [member], input: z.object({ visitor: z.string() }), output: wanted }),
  );
  return declined === undefined && plan.tasks.length > 0;
};

test.each([
  ["nextVisit", "day", "When a visitor comes next", "lastVisit", ""],
  ["visits", "nextDay", "Visits of a visitor", "day", "Tag des letzten Besuchs"],
  ["arrivals", "arrival", "Arrival of a visitor", "departure", ""],
  ["cheapest", "offer", "Cheapest offer for a visitor", "offer", "the dearest offer"],
])("what is wanted is not filled by its contrary: %s", async (name, field, does, output, description) => {
  expect(await planned(name, field, does, output, description)).toBe(false);
});

test.each([
  ["lastVisit", "day", "When a visitor came last", "lastVisit", ""],
  ["nextAfterLast", "lastDay", "Last day before the next visit", "lastDay", ""],
  ["nextVisitor", "surname", "Last name of who comes next", "lastName", ""],
  ["cheapest", "offer", "Cheapest offer for a visitor", "bestOffer", ""],
  ["shortestWay", "route", "Shortest route for a visitor", "fastestRoute", ""],
])("but by what it is called itself: %s", async (name, field, does, output, description) => {
  expect(await planned(name, field, does, output, description)).toBe(true);
});
