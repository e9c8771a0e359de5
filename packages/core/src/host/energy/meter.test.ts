import fc from "fast-check";
import { expect, test } from "vitest";
import type { CpuTime } from "../../model/cpu-time.js";
import { type Claim, meter } from "./meter.js";

/** A machine whose process computes when the test says so. */
function machine(watts?: number) {
  let cpuMs = 0;
  return { compute: (ms: number) => void (cpuMs += ms), ...meter({ cpuMs: () => cpuMs, watts: () => watts }) };
}

const total = (all: readonly CpuTime[]) => all.reduce((sum, { ms }) => sum + ms, 0);

test("what two do at once is shared between them, and what one does alone is its own", () => {
  const { occurrence, compute } = machine();
  const a = occurrence();
  compute(100);
  const b = occurrence();
  compute(100);
  a.end();
  compute(30);
  b.end();
  expect(a.taken().ms).toBe(150);
  expect(b.taken().ms).toBe(80);
});

test("an occurrence that waits for one inside it is not charged for it", () => {
  const { occurrence, compute } = machine();
  const outer = occurrence();
  compute(10);
  const inner = occurrence(outer);
  compute(100);
  inner.end();
  compute(5);
  outer.end();
  expect([outer.taken().ms, inner.taken().ms]).toEqual([15, 100]);
});

test("a call to a model counts to its occurrence too, and a call that waits for a server elsewhere is charged for nothing that another computes", () => {
  const { occurrence, compute } = machine();
  const small = occurrence();
  const giant = occurrence();
  const asked = giant.part({ idle: true });
  const computing = small.part();
  compute(100);
  expect(computing.taken().ms).toBe(100);
  for (const one of [computing, asked, small, giant]) one.end();
  expect([small.taken().ms, giant.taken().ms]).toEqual([100, 0]);
});

test("what an occurrence took until it was stopped, with calls under way, is told", () => {
  const { occurrence, compute } = machine();
  const stopped = occurrence();
  const call = stopped.part();
  compute(70);
  stopped.end();
  expect(stopped.taken().ms).toBe(70);
  call.end();
  call.end();
});

test("power that the machine tells makes joules, watt by watt", () => {
  const { occurrence, compute } = machine(20);
  const one = occurrence();
  compute(500);
  one.end();
  expect(one.taken()).toEqual({ ms: 500, meteredMs: 500, joules: 10 });
});

type Step = { readonly does: "open" | "inside" | "part" | "idle" | "end" | "ask"; readonly which: number; readonly ms: number };
const steps = fc.array(
  fc.record<Step>({
    does: fc.constantFrom("open", "inside", "part", "idle", "end", "ask"),
    which: fc.nat(20),
    ms: fc.nat(1000),
  }),
  { maxLength: 60 },
);

test("whatever begins, ends and asks in whatever order, occurrences together took what was computed while any was under way", () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const { occurrence, compute } = machine();
      const told: CpuTime[] = [];
      const open: { readonly claim: Claim; readonly of: number; readonly part: boolean }[] = [];
      let computed = 0;
      const end = (at: number) => {
        // What runs inside another ends before it, or with it.
        for (let i = open.length - 1; i > at; i--) if (open[i]!.of === at) end(i);
        const [one] = open.splice(at, 1);
        one!.claim.end();
        if (!one!.part) told.push(one!.claim.taken());
        for (const [i, other] of open.entries()) if (other.of > at) open[i] = { ...other, of: other.of - 1 };
      };
      for (const { does, which, ms } of taken) {
        compute(ms);
        if (open.length) computed += ms;
        const at = open.length ? which % open.length : -1;
        const of = open[at];
        if (does === "open" || !of) open.push({ claim: occurrence(), of: -1, part: false });
        else if (does === "end") end(at);
        else if (of.part) continue;
        else if (does === "ask") told.push(of.claim.taken());
        else if (does === "inside") open.push({ claim: occurrence(of.claim), of: at, part: false });
        else open.push({ claim: of.claim.part({ idle: does === "idle" }), of: at, part: true });
      }
      while (open.length) end(open.length - 1);
      expect(total(told)).toBeCloseTo(computed, 2);
    }),
    { numRuns: 2000 },
  );
});
