import fc from "fast-check";
import { expect, test } from "vitest";
import { calibrate, type Judged } from "./calibrate.js";
import { scaled } from "./scale.js";

/** The same numbers for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface World {
  readonly labels: number;
  /** How much surer the model says it is than it is: 1 is honest, more is too sure. */
  readonly boast: number;
  /** The share of cases that belong to no label. */
  readonly outside: number;
}

/** Cases whose right label is drawn from the probabilities that an honest model would give. */
function draw(count: number, { labels, boast, outside }: World, random: () => number): Judged[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => {
    const truth = scaled(
      Array.from({ length: labels }, () => 2 * normal()),
      { temperature: 1, none: Number.NEGATIVE_INFINITY },
    ).options;
    let at = random();
    const right = truth.findIndex((share) => (at -= share) < 0);
    const said = truth.map((share) => share ** boast);
    const sum = said.reduce((a, b) => a + b, 0);
    return {
      probabilities: Object.fromEntries(said.map((share, i) => [`l${i}`, share / sum])),
      label: random() < outside ? null : `l${Math.max(0, right)}`,
    };
  });
}

const confidenceOf = ({ probabilities }: Judged, learned: ReturnType<typeof calibrate>) => {
  const { options } = scaled(Object.values(probabilities).map(Math.log), learned.scale);
  const confidence = Math.max(...options);
  return { confidence, label: `l${options.indexOf(confidence)}` };
};

const world = fc.record({
  labels: fc.integer({ min: 2, max: 12 }),
  boast: fc.double({ min: 0.4, max: 3, noNaN: true }),
  outside: fc.constantFrom(0, 0.1),
});

test("of cases that come as those that were learned from, no more than the risk are answered wrongly", () => {
  const check = (it: World, risk: number, seed: number) => {
    const random = numbers(seed);
    const repeats = 12;
    const each = 1_000;
    let wrong = 0;
    for (let i = 0; i < repeats; i++) {
      const learned = calibrate(draw(150, it, random), { risk });
      for (const one of draw(each, it, random)) {
        const { confidence, label } = confidenceOf(one, learned);
        if (confidence >= learned.threshold! && label !== one.label) wrong++;
      }
    }
    // The bound holds in expectation over calibrations; one of 150 cases strays by sqrt(risk / 150), so their mean by this:
    const error = Math.sqrt(risk / 150 / repeats) + Math.sqrt(risk / each / repeats);
    expect(wrong / (repeats * each)).toBeLessThan(risk + 3.5 * error);
  };
  fc.assert(fc.property(world, fc.constantFrom(0.02, 0.05, 0.1), fc.integer(), check), { numRuns: 12 });
});

test("the threshold leaves what is sure: of an honest model, more than half is answered at a risk of a tenth", () => {
  const random = numbers(7);
  const it = { labels: 4, boast: 1, outside: 0 };
  const learned = calibrate(draw(400, it, random), { risk: 0.1 });
  const answered = draw(2_000, it, random).filter((one) => confidenceOf(one, learned).confidence >= learned.threshold!);
  expect(answered.length).toBeGreaterThan(1_000);
});

test("a model that boasts, or is too modest, is taken at what it is worth", () => {
  const check = (it: World, seed: number) => {
    const random = numbers(seed);
    const learned = calibrate(draw(1_500, it, random));
    const bins = Array.from({ length: 15 }, () => ({ count: 0, sure: 0, right: 0 }));
    const fresh = draw(6_000, { ...it, outside: 0 }, random);
    for (const one of fresh) {
      const { confidence, label } = confidenceOf(one, learned);
      const bin = bins[Math.min(14, Math.floor(confidence * 15))]!;
      bin.count++;
      bin.sure += confidence;
      if (label === one.label) bin.right++;
    }
    const error = bins.reduce((sum, { sure, right }) => sum + Math.abs(sure - right), 0) / fresh.length;
    expect(error).toBeLessThan(0.05);
  };
  fc.assert(
    fc.property(world, fc.integer(), (it, seed) => check({ ...it, outside: 0 }, seed)),
    { numRuns: 8 },
  );
});

test("where cases of no label are to be expected, the threshold is higher and they get less confidence", () => {
  const it = { labels: 6, boast: 1.5, outside: 0 };
  const judged = draw(500, it, numbers(5));
  const [closed, open] = [calibrate(judged, { risk: 0.1 }), calibrate(judged, { risk: 0.1, outside: 0.2 })];
  const unlike = { probabilities: Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`l${i}`, 1 / 6])), label: null };
  expect(confidenceOf(unlike, open).confidence).toBeLessThan(confidenceOf(unlike, closed).confidence);
  const answered = (learned: typeof open) => judged.filter((one) => confidenceOf(one, learned).confidence >= learned.threshold!).length;
  expect(answered(open)).toBeLessThan(answered(closed));
});

test("what is learned is plain data that names its version and the hash of its cases, whatever their keys' order", () => {
  const judged = draw(40, { labels: 3, boast: 2, outside: 0.1 }, numbers(1));
  const learned = calibrate(judged, { risk: 0.1 });
  expect(JSON.parse(JSON.stringify(learned))).toEqual(learned);
  expect(learned).toMatchObject({ version: 1, cases: 40, risk: 0.1, data: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
  const turned = judged.map((one) => ({ ...one, probabilities: Object.fromEntries(Object.entries(one.probabilities).reverse()) }));
  expect(calibrate(turned).data).toBe(learned.data);
  expect(calibrate(judged.slice(1)).data).not.toBe(learned.data);
});

test("a few cases that are all right promise no certainty, and nothing overflows", () => {
  const extreme = fc.record({
    count: fc.integer({ min: 1, max: 12 }),
    share: fc.constantFrom(0, 1e-300, 0.2, 0.5, 1 - 1e-12, 1),
    label: fc.constantFrom("a", "b", null),
  });
  const check = (kinds: { count: number; share: number; label: string | null }[]) => {
    const judged = kinds.flatMap(({ count, share, label }) =>
      Array.from({ length: count }, () => ({ probabilities: { a: share, b: 1 - share }, label })),
    );
    const { temperature, none } = calibrate(judged).scale;
    expect(temperature).toBeGreaterThan(0);
    expect(Number.isFinite(temperature) && Number.isFinite(none)).toBe(true);
    const { options } = scaled([0, Math.log(1e-6)], { temperature, none });
    expect(Math.max(...options)).toBeLessThan(1);
  };
  fc.assert(fc.property(fc.array(extreme, { minLength: 1, maxLength: 4 }), check), { numRuns: 300 });
});

test("of a model that is oftener wrong than right, too, as many cases are taken to have no label as have none", () => {
  const judged = Array.from({ length: 100 }, (_, i) => ({
    probabilities: { a: 0.9, b: 0.1 },
    label: i % 10 === 3 ? null : i % 5 ? "b" : "a",
  }));
  const { none } = scaled([0.9, 0.1].map(Math.log), calibrate(judged).scale);
  expect(none).toBeCloseTo(0.1, 1.5);
});

test("too few cases for a risk are refused with how many it takes", () => {
  const judged = draw(98, { labels: 3, boast: 1, outside: 0 }, numbers(3));
  expect(() => calibrate(judged, { risk: 0.01 })).toThrow(
    expect.objectContaining({ code: "CALIBRATION_SMALL", what: expect.stringContaining("99") }),
  );
  expect(calibrate([...judged, judged[0]!], { risk: 0.01 }).threshold).toBeGreaterThan(0);
});

test.each([
  ["risk", 2],
  ["risk", 1],
  ["risk", 0],
  ["risk", -0.1],
  ["risk", Number.NaN],
  ["outside", 30],
  ["outside", -0.1],
  ["outside", Number.NaN],
  ["risk", "0.5" as never],
  ["outside", "0.5" as never],
])("a %s of %s is no share, and refused", (option, share) => {
  const judged = draw(150, { labels: 3, boast: 1, outside: 0.1 }, numbers(3));
  expect(() => calibrate(judged, { risk: 0.1, [option]: share })).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", what: expect.stringContaining(option) }),
  );
});

test("a misspelt option is refused: without it there is no threshold", () => {
  const judged = draw(150, { labels: 3, boast: 1, outside: 0.1 }, numbers(3));
  expect(() => calibrate(judged, { risks: 0.1 } as never)).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", what: "calibrate.risks is no option of it", hint: 'Did you mean "risk"?' }),
  );
});

test.each<[string, object]>([
  ["percent", { a: 98, b: 2 }],
  ["what is no number", { a: Number.NaN, b: 1 }],
  ["text", { a: "0.5", b: 0.5 }],
  ["less than nothing", { a: -1, b: 1 }],
  ["nothing", {}],
  ["more than all", { a: 0.9, b: 0.9 }],
  ["nothing of each", { a: 0, b: 0 }],
  ["one label alone", { a: 1 }],
  ["what lacks a label", { a: 0.5, b: 0.2 }],
])("%s in place of probabilities is refused, and names its case", (_, probabilities) => {
  const judged = draw(20, { labels: 3, boast: 1, outside: 0 }, numbers(3));
  expect(() => calibrate([...judged, { probabilities: probabilities as any, label: null }])).toThrow(
    expect.objectContaining({ code: "CALIBRATION_INVALID", what: expect.stringContaining("judged[20]") }),
  );
});

test("no cases teach nothing", () => {
  expect(() => calibrate([])).toThrow(expect.objectContaining({ code: "CALIBRATION_SMALL" }));
});

test("cases of no label that are known count for the share that is expected of them, however few are given", () => {
  const it = { labels: 6, boast: 1.5, outside: 0 };
  const risk = 0.1;
  const outside = 0.4;
  const random = numbers(11);
  // To a model that knows nothing of them, what belongs to no label looks like what does.
  const strange = (count: number) => draw(count, it, random).map((one) => ({ ...one, label: null }));
  const learned = calibrate([...draw(600, it, random), ...strange(60)], { risk, outside });
  const fresh = [...draw(3_000, it, random), ...strange(2_000)];
  const wrong = fresh.filter((one) => {
    const { confidence, label } = confidenceOf(one, learned);
    return confidence >= learned.threshold! && label !== one.label;
  });
  expect(wrong.length / fresh.length).toBeLessThan(risk * 1.2);
});

test("the risk is kept with few cases too, some of them of no label, by a model that is surer than it should be", () => {
  const random = numbers(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const drawn = (count: number): Judged[] =>
    Array.from({ length: count }, () => {
      const [right, isOutside] = [random() < 0.5 ? 0 : 1, random() < 0.2];
      const scores = [0, 1].map((i) => 3 * ((!isOutside && i === right ? 1.5 : 0) + 0.7 * normal()));
      const [a, b] = scaled(scores, { temperature: 1, none: Number.NEGATIVE_INFINITY }).options as [number, number];
      return { probabilities: { l0: a, l1: b }, label: isOutside ? null : `l${right}` };
    });
  const [repeats, each] = [1_500, 25];
  let wrong = 0;
  for (let i = 0; i < repeats; i++) {
    const learned = calibrate(drawn(60), { risk: 0.1 });
    for (const one of drawn(each)) {
      const { confidence, label } = confidenceOf(one, learned);
      if (confidence >= learned.threshold! && label !== one.label) wrong++;
    }
  }
  // Its standard error is 0.0018.
  expect(wrong / (repeats * each)).toBeLessThan(0.102);
});

test("the order of the cases is nothing to go by", () => {
  const random = numbers(13);
  const it = { labels: 4, boast: 1, outside: 0 };
  const known = draw(200, it, random);
  const strange = Array.from({ length: 200 }, () => ({ probabilities: { l0: 0.25, l1: 0.25, l2: 0.25, l3: 0.25 }, label: null }));
  const apart = calibrate([...known, ...strange], { risk: 0.1 });
  const inTurn = calibrate(
    known.flatMap((one, i) => [one, strange[i]!]),
    { risk: 0.1 },
  );
  expect(inTurn.threshold).toBeCloseTo(apart.threshold!, 5);
});

test("of labels that are as likely, which one a model takes is not known, so that it is not counted as right", () => {
  const judged = Array.from({ length: 100 }, () => ({ probabilities: { a: 0.5, b: 0.5 }, label: "a" }));
  expect(calibrate(judged, { risk: 0.1 }).threshold).toBeGreaterThan(1);
});

test("a label of which no probability was given is refused", () => {
  expect(() => calibrate([{ probabilities: { a: 0.5, b: 0.5 }, label: "c" }])).toThrow(
    expect.objectContaining({ code: "CALIBRATION_INVALID" }),
  );
});
