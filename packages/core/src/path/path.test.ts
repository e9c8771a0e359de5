import fc from "fast-check";
import { expect, test } from "vitest";
import { Path } from "./path.js";

const name = fc.stringMatching(/^[a-z]{1,3}$/);
const rounds = fc.array(fc.tuple(name, fc.integer({ min: 1, max: 30 })), { maxLength: 3 });
const node = (owner: Path) =>
  fc.record({ rounds, name, item: fc.option(fc.nat(200), { nil: undefined }) }).map(({ rounds, name, item }) => ({
    at: Path.node(owner, [...new Map(rounds).keys()], new Map(rounds), name, item),
    item,
  }));

test("what a path is made of is found in it again, however deep it lies", () => {
  fc.assert(
    fc.property(
      node("").chain((outer) => fc.tuple(fc.constant(outer), node(outer.at))),
      name,
      fc.integer({ min: 1, max: 99 }),
      ([outer, inner], key, n) => {
        expect(Path.parent(outer.at)).toBe(Path.run);
        expect(Path.parent(inner.at)).toBe(outer.at);
        expect([Path.item(outer.at), Path.item(inner.at)]).toEqual([outer.item, inner.item]);
        const call = Path.child(inner.at, key);
        expect([Path.parent(call), Path.frame(call), Path.name(call)]).toEqual([inner.at, inner.at, key]);
        expect(Path.beside(Path.child(inner.at, key), "y")).toBe(Path.child(inner.at, "y"));
        const plan = Path.plan(call, n);
        const task = Path.child(plan, key);
        expect([Path.frame(task), Path.owner(plan), Path.parent(task)]).toEqual([plan, call, call]);
        for (const at of [outer.at, inner.at, call, plan]) {
          expect(Path.inside(task, at)).toBe(true);
          expect(Path.around(task)).toContain(at);
          expect(Path.inside(at, task)).toBe(false);
          expect(Path.inside(`${at}x`, at)).toBe(false);
        }
      },
    ),
  );
});

test.each(["", "a/b", "a@1", "a#1", "a[0]"])("%j is no key of a call, since it would part a path", (key) => {
  expect(Path.isKey(key)).toBe(false);
});
