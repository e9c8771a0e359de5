import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Plan } from "../../graph/plan.js";
import { media } from "../../media/media.js";
import { answersIn } from "../../model/answers-in.js";
import type { Json } from "../../schema/json.js";
import type { Schema } from "../../schema/schema.js";
import { specialist } from "../../specialist/specialist.js";
import { type Brief, briefOf } from "../brief.js";
import { checkPlan, mostTasks } from "../check-plan.js";
import { planIn } from "../read/plan-in.js";
import { readPlan } from "../read/read-plan.js";
import { sameWork } from "../same-work.js";
import type { SettledBy } from "../settled.js";
import { repair } from "./repair.js";

const text = z.string();
const member = (name: string, input: Schema, output: Schema, rest: { effects?: true } = {}) =>
  specialist({ name, does: `Does ${name}`, input, output, ...rest, run: () => ({}) as any });

const brief = briefOf({
  request: "Report",
  members: [
    member("transcribe", z.object({ audio: media.audio() }), z.object({ text, language: text.optional() })),
    member("readPage", z.object({ page: media.page() }), z.object({ text })),
    member(
      "translate",
      z.object({ text, language: z.enum(["french", "german"]), formal: z.boolean().optional() }),
      z.object({ translation: text }),
    ),
    member("summarize", z.object({ texts: z.array(text), sentences: z.number().optional() }), z.object({ summary: text })),
    member("send", z.object({ message: text }), z.object({ sent: z.boolean() }), { effects: true }),
  ],
  input: z.object({ memo: media.audio(), receipt: media.image(), note: text }),
  output: z.object({ summary: text, translation: text.optional() }),
});

const t = (id: string, name: string, args: object) => ({ id, member: name, args }) as Plan["tasks"][number];
const ref = (path: string) => ({ ref: path });
const good: Plan = {
  tasks: [
    t("t1", "transcribe", { audio: ref("input.memo") }),
    t("t2", "readPage", { page: ref("input.receipt") }),
    t("t3", "summarize", { texts: [ref("t1.text"), ref("t2.text"), ref("input.note")], sentences: 3 }),
  ],
  output: { summary: ref("t3.summary") },
};
const change = (index: number, task: object, output: object = good.output) =>
  ({ tasks: good.tasks.map((one, i) => (i === index ? { ...one, ...task } : one)), output }) as Plan;
const codes = (plan: Plan) => checkPlan(plan, brief).map(({ code }) => code);

describe("a plan is checked", () => {
  test("and a good one passes", () => expect(codes(good)).toEqual([]));

  test.each<[string, Plan, string]>([
    ["a member that is not in the team", change(0, { member: "listen" }), "unknown-member"],
    ["a missing argument", change(1, { args: {} }), "missing-argument"],
    ["an argument the member does not take", change(1, { args: { page: ref("input.receipt"), dpi: 300 } }), "unknown-argument"],
    ["a literal of another type", change(2, { args: { ...good.tasks[2]!.args, sentences: "three" } }), "argument-type"],
    ["a ref of another type", change(1, { args: { page: ref("input.memo") } }), "argument-type"],
    ["a ref that may be missing", change(2, { args: { texts: [ref("t1.language"), ref("t2.text"), ref("input.note")] } }), "argument-type"],
    ["a medium written out", change(0, { args: { audio: { path: "/memo.wav", type: "audio/wav", hash: "sha256:0" } } }), "media-literal"],
    ["a ref to no task", change(2, { args: { texts: [ref("t1.text"), ref("t9.text"), ref("input.note")] } }), "dangling-ref"],
    ["a ref to no field", change(2, { args: { texts: [ref("t1.words"), ref("t2.text"), ref("input.note")] } }), "dangling-ref"],
    ["a ref to no input", change(0, { args: { audio: ref("input.call") } }), "dangling-ref"],
    ["a ref inside a literal", change(2, { args: { texts: [{ say: ref("t1.text") }], sentences: 1 } }), "nested-ref"],
    [
      "a placeholder inside a text",
      change(2, { args: { texts: ["Sum {{t1.text}} up", ref("t2.text"), ref("input.note")] } }),
      "placeholder",
    ],
    ["a task's field inside a text", change(2, { args: { texts: ["From t1.text", ref("t2.text"), ref("input.note")] } }), "placeholder"],
    [
      "a field of a task without a number inside a text",
      {
        tasks: [
          { ...good.tasks[0]!, id: "hear" },
          { ...good.tasks[2]!, args: { texts: [ref("hear.text"), "From {hear.text}", ref("input.note")] } },
        ],
        output: good.output,
      },
      "placeholder",
    ],
    ["a placeholder of nothing", change(2, { args: { texts: [ref("{{nobody}}"), ref("t2.text"), ref("input.note")] } }), "dangling-ref"],
    [
      "a circle",
      {
        ...good,
        tasks: [...good.tasks, t("t4", "summarize", { texts: [ref("t5.summary")] }), t("t5", "summarize", { texts: [ref("t4.summary")] })],
      },
      "cyclic-ref",
    ],
    [
      "a task that waits for itself",
      change(2, { args: { texts: [ref("t3.summary"), ref("t1.text"), ref("t2.text"), ref("input.note")] } }),
      "cyclic-ref",
    ],
    [
      "a task nothing uses",
      { ...good, tasks: [...good.tasks, t("t4", "translate", { text: ref("input.note"), language: "french" })] },
      "unused-task",
    ],
    ["an input nothing uses", change(2, { args: { texts: [ref("t1.text"), ref("t2.text")] } }), "unused-input"],
    ["two tasks of one id", change(1, { id: "t1" }), "duplicate-task"],
    ["an id that paths cannot hold", change(2, { id: "t/3" }, { summary: ref("t/3.summary") }), "task-id"],
    ["a missing output", { ...good, output: {} }, "missing-output"],
    ["an output nobody wants", { ...good, output: { ...good.output, title: ref("t1.text") } }, "unknown-output"],
    ["an output of another type", { ...good, output: { summary: ref("input.memo") } }, "output-type"],
    ["an output written out", { ...good, output: { summary: "All is well" } }, "output-literal"],
  ])("and %s is an issue", (_, plan, code) => expect(codes(plan)).toContain(code));

  test("and a field of what may be missing may be missing too", () => {
    const total = z.object({ total: z.number() });
    const team = (detail: z.ZodType) =>
      briefOf({
        request: "Do it",
        members: [member("look", z.object({ text }), z.object({ detail })), member("say", total, z.object({ said: text }))],
        input: z.object({ note: text }),
        output: z.object({ said: text }),
      });
    const plan = {
      tasks: [t("t1", "look", { text: ref("input.note") }), t("t2", "say", { total: ref("t1.detail.total") })],
      output: { said: ref("t2.said") },
    };
    expect(checkPlan(plan, team(total))).toEqual([]);
    expect(checkPlan(plan, team(total.optional()))).toMatchObject([{ code: "argument-type" }]);
  });

  test("and every issue is told, with its place", () => {
    const plan = change(0, { member: "listen" }, { summary: ref("t7.summary") });
    const issues = checkPlan(plan, brief);
    expect(issues.map(({ path }) => path.join("."))).toEqual(expect.arrayContaining(["tasks.0.member", "output.summary"]));
    expect(issues.length).toBeGreaterThan(2);
  });

  test("and a task that acts on the world has a use in itself", () => {
    expect(codes({ ...good, tasks: [...good.tasks, t("t4", "send", { message: ref("t3.summary") })] })).toEqual([]);
  });

  test("and one without end is refused at once", () => {
    const tasks = Array.from({ length: 100_000 }, (_, i) => t(`t${i}`, "transcribe", { audio: ref("input.memo") }));
    expect(codes({ tasks, output: {} })).toEqual(["too-many-tasks"]);
    expect(mostTasks).toBeGreaterThan(40);
  });
});

describe("what has one sensible repair is repaired, and noted", () => {
  test.each<[string, Plan]>([
    ["a misspelt member", change(1, { member: "read_page" })],
    ["a member with another ending", change(0, { member: "Transcriber" })],
    ["a member by what it does", change(0, { member: "transcribing" })],
    ["a member under another name that takes and gives the same", change(2, { member: "write" })],
    ["a misspelt argument", change(0, { args: { audios: ref("input.memo") } })],
    ["an argument under another name", change(0, { args: { file: ref("input.memo") } })],
    ["an argument that means nothing", change(1, { args: { page: ref("input.receipt"), dpi: 300 } })],
    ["a missing argument with one value of its type", change(1, { args: {} })],
    ["a medium by its file name", change(0, { args: { audio: "memo.wav" } })],
    ["a field under another name", change(2, { args: { texts: [ref("t1.transcript"), ref("t2.text"), ref("input.note")] } })],
    ["a ref to a task and no field", change(2, { args: { texts: [ref("t1"), ref("t2"), ref("input.note")] } })],
    ["a ref to a member in place of a task", change(2, { args: { texts: [ref("transcribe.text"), ref("t2.text"), ref("input.note")] } })],
    [
      "arguments in one another's places",
      {
        ...good,
        tasks: [...good.tasks, t("t4", "translate", { text: "german", language: ref("t3.summary") })],
        output: { ...good.output, translation: ref("t4.translation") },
      },
    ],
    ["a name in place of a ref", change(2, { args: { texts: ["the transcribed text", ref("t2.text"), ref("input.note")] } })],
    ["a number as text", change(2, { args: { ...good.tasks[2]!.args, sentences: "3" } })],
    ["an optional argument of another type", change(2, { args: { ...good.tasks[2]!.args, sentences: "a few" } })],
    ["an input that was forgotten", change(2, { args: { texts: [ref("t1.text"), ref("t2.text")] } })],
    ["a missing output", { ...good, output: {} }],
    ["an output nobody wants", { ...good, output: { ...good.output, title: ref("t1.text") } }],
    [
      "a label nearly right",
      {
        ...good,
        tasks: [...good.tasks, t("t4", "translate", { text: ref("t3.summary"), language: "German", formal: "yes" })],
        output: { ...good.output, translation: ref("t4.translation") },
      },
    ],
  ])("%s", (_, plan) => {
    expect(checkPlan(plan, brief)).not.toEqual([]);
    const { plan: mended, notes, issues } = repair(plan, brief);
    expect(issues).toEqual([]);
    expect(checkPlan(mended, brief)).toEqual([]);
    expect(notes.length).toBeGreaterThan(0);
  });

  test("tasks are put in the order they wait for one another", () => {
    const { plan, notes } = repair({ ...good, tasks: [...good.tasks].reverse() }, brief);
    expect(plan.tasks.at(-1)!.id).toBe("t3");
    expect(notes).toHaveLength(1);
  });

  test("a good plan is left as it is", () => {
    expect(repair(good, brief)).toEqual({ plan: good, notes: [], settled: [], issues: [] });
  });

  test("a task that nothing uses goes where it does the same again, or says nothing of what to do", () => {
    const twin = { ...good, tasks: [...good.tasks, { ...good.tasks[0]!, id: "t9" }] };
    expect(repair(twin, brief)).toMatchObject({ plan: good, issues: [], notes: ["Left out t9 (transcribe), which does what t1 does"] });
    const empty = { ...good, tasks: [t("t4", "translate", {}), ...good.tasks] };
    expect(repair(empty, brief)).toMatchObject({
      plan: good,
      issues: [],
      notes: ["Left out t4 (translate), which says nothing of what to do"],
    });
    const sends = [t("t5", "send", { message: ref("t3.summary") }), t("t6", "send", { message: ref("t3.summary") })];
    expect(repair({ ...good, tasks: [...good.tasks, ...sends] }, brief).plan.tasks).toHaveLength(5);
  });

  test("a fact is never taken from another field that happens to be of its type", () => {
    const wanted = briefOf({
      request: "",
      members: [
        member("readPage", z.object({ page: media.page() }), z.object({ text })),
        member("count", z.object({ text }), z.object({ words: z.number() })),
      ],
      input: z.object({ page: media.page() }),
      output: z.object({ merchant: text, total: z.number() }),
    });
    const tasks = [t("t1", "readPage", { page: ref("input.page") }), t("t2", "count", { text: ref("t1.text") })];
    const { issues } = repair({ tasks, output: { merchant: ref("t1.merchant"), total: ref("t2.total") } }, wanted);
    expect(issues.map(({ code }) => code)).toEqual(["dangling-ref", "dangling-ref"]);
  });
});

/** A team in which each answer has a name of its own, and several are texts and numbers. */
const shop = briefOf({
  request: "Add a discount of 15 percent to the offer 'Spring sale', and write to 'Ann Miller'",
  members: [
    member("findOffer", z.object({ query: text }), z.object({ offerId: text, price: z.number(), all: z.object({ offerId: text }) })),
    member("lowerPrice", z.object({ offerId: text, price: z.number(), percent: z.number() }), z.object({ lowered: z.number() })),
    member("draftLetter", z.object({ amount: z.number(), customer: text }), z.object({ letter: text, subject: text })),
    member("proofread", z.object({ draft: text }), z.object({ proof: text })),
  ],
  input: z.object({}),
  output: z.object({ lowered: z.number(), proof: text }),
});
const sale: Plan = {
  tasks: [
    t("t1", "findOffer", { query: "Spring sale" }),
    t("t2", "lowerPrice", { offerId: ref("t1.offerId"), price: ref("t1.price"), percent: 15 }),
    t("t3", "draftLetter", { amount: ref("t2.lowered"), customer: "Ann Miller" }),
    t("t4", "proofread", { draft: ref("t3.letter") }),
  ],
  output: { lowered: ref("t2.lowered"), proof: ref("t4.proof") },
};
const sold = (index: number, task: object) =>
  ({ ...sale, tasks: sale.tasks.map((one, i) => (i === index ? { ...one, ...task } : one)) }) as Plan;
const [find, lower, draft] = sale.tasks.map(({ args }) => args) as [object, object, object];

describe("what can mean one thing only is settled, and what settled it is said", () => {
  test("the plan itself is good", () => expect(checkPlan(sale, shop)).toEqual([]));

  test.each<[string, Plan, string, SettledBy]>([
    ["a field of a task that is not there", sold(1, { args: { ...lower, price: ref("t9.price") } }), "t2.price", "name"],
    ["a task's own field that another has", sold(1, { args: { ...lower, price: ref("t2.price") } }), "t2.price", "name"],
    ["a task without its field", sold(1, { args: { ...lower, price: ref("t1") } }), "t2.price", "name"],
    ["a task whose only field fits", sold(2, { args: { ...draft, amount: ref("t2") } }), "t3.amount", "type"],
    ["a field nearly right", sold(1, { args: { ...lower, price: ref("t1.prce") } }), "t2.price", "spelling"],
    [
      "an argument nearly right",
      sold(1, { args: { price: ref("t1.price"), percent: 15, offer_id: ref("t1.offerId") } }),
      "t2.offerId",
      "spelling",
    ],
    ["an argument by place", sold(0, { args: { "#1": "Spring sale" } }), "t1.query", "order"],
    ["a missing argument of its name", sold(1, { args: { price: ref("t1.price"), percent: 15 } }), "t2.offerId", "name"],
    [
      "a missing number that the request alone has",
      sold(1, { args: { offerId: ref("t1.offerId"), price: ref("t1.price") } }),
      "t2.percent",
      "words",
    ],
    ["a missing text that the request alone has", sold(2, { args: { amount: ref("t2.lowered") } }), "t3.customer", "words"],
    ["a number as text", sold(1, { args: { ...lower, percent: "15" } }), "t2.percent", "type"],
    ["a list where one is taken", sold(1, { args: { ...lower, price: [ref("t1.price")] } }), "t2.price", "type"],
    ["an output that is missing", { ...sale, output: { proof: ref("t4.proof") } }, "output.lowered", "name"],
    ["a circle that a later task's name closes", sold(1, { args: { ...lower, offerId: ref("t4.offerId") } }), "t2.offerId", "name"],
    [
      "an id given twice",
      {
        tasks: sale.tasks.map((task, i) => (i === 3 ? { ...task, id: "t1" } : task)),
        output: { ...sale.output, proof: ref("t1.proof") },
      },
      "output.proof",
      "type",
    ],
  ])("%s", (_, plan, place, by) => {
    expect(plan).not.toEqual(sale);
    const { plan: mended, issues, settled } = repair(plan, shop);
    expect(issues).toEqual([]);
    expect(sameWork(mended, sale)).toBe(true);
    expect(settled.map((one) => [one.place, one.by])).toContainEqual([place, by]);
  });

  test("outputs of a like type are told apart by their names and by what else has no use", () => {
    const { plan, issues } = repair({ ...sale, output: {} }, shop);
    expect(issues).toEqual([]);
    expect(plan.output).toEqual(sale.output);
  });

  test("a last call that is the output is taken for it", () => {
    const plan = { tasks: [...sale.tasks, t("t5", "finish", sale.output)], output: {} };
    expect(repair(plan, shop)).toMatchObject({ plan: sale, issues: [] });
  });
});

describe("what could mean several things, or none, is asked and never filled with the nearest", () => {
  const wide = briefOf({
    request: "Greet 'Ann' and 'Ben'",
    members: [
      member("greet", z.object({ name: text }), z.object({ greeting: text })),
      member("join", z.object({ first: text, second: text }), z.object({ joined: text })),
    ],
    input: z.object({}),
    output: z.object({ joined: text }),
  });
  const two = [t("t1", "greet", { name: "Ann" }), t("t2", "greet", { name: "Ben" })];
  const joined = (first: unknown, second: unknown, rest: object = {}) => ({
    tasks: [...two, t("t3", "join", { ...(first ? { first } : {}), ...(second ? { second } : {}), ...rest })],
    output: { joined: ref("t3.joined") },
  });

  test.each<[string, Plan, Brief, string]>([
    ["a field that two tasks have", joined(ref("t9.greeting"), ref("t8.greeting")) as Plan, wide, "dangling-ref"],
    [
      "two values of the request, and two places",
      {
        ...joined(ref("t1.greeting"), ref("t2.greeting")),
        tasks: [t("t1", "greet", {}), t("t2", "greet", {}), joined(ref("t1.greeting"), ref("t2.greeting")).tasks[2]!],
      } as Plan,
      wide,
      "missing-argument",
    ],
    ["a placeholder that names nothing", joined(ref("{{nobody.speech}}"), ref("t2.greeting")) as Plan, wide, "dangling-ref"],
    ["a placeholder inside a text", joined("Dear {{t1.greeting}}", ref("t2.greeting")) as Plan, wide, "placeholder"],
    ["a circle", sold(0, { args: { query: ref("t4.proof") } }), { ...shop, request: "Do it" }, "cyclic-ref"],
    [
      "a task waiting for itself",
      change(2, { args: { texts: [ref("t3.summary"), ref("t1.text"), ref("t2.text"), ref("input.note")] } }),
      brief,
      "cyclic-ref",
    ],
    [
      "a task that nothing uses",
      { ...good, tasks: [...good.tasks, t("t4", "translate", { text: ref("input.note"), language: "french" })] },
      brief,
      "unused-task",
    ],
    ["a stranger's task", { ...good, tasks: [...good.tasks, t("t4", "weather", { day: "today" })] }, brief, "unknown-member"],
    ["an entry that names no member", { ...good, tasks: [...good.tasks, t("t4", "", {})] }, brief, "unknown-member"],
    [
      "an argument that the request says and no place takes",
      sold(0, { args: { ...find, customer: "Ann Miller" } }),
      shop,
      "unknown-argument",
    ],
    [
      "a member that could be several",
      change(2, { member: "write", args: { about: [ref("t1.text"), ref("t2.text"), ref("input.note")] } }),
      brief,
      "unknown-member",
    ],
    [
      "an id given twice, with refs that either could answer",
      {
        tasks: [
          t("a", "greet", { name: "Ann" }),
          t("a", "greet", { name: "Ben" }),
          t("b", "join", { first: ref("a.greeting"), second: "x" }),
        ],
        output: { joined: ref("b.joined") },
      },
      wide,
      "duplicate-task",
    ],
  ])("%s", (_, plan, of, code) => {
    const { issues } = repair(plan, of);
    expect(issues.map((one) => one.code)).toContain(code);
  });

  test("a ref to an id given twice, whose field only the later task gives, is asked about and not mended over and over", () => {
    const plan = {
      tasks: [
        t("a", "greet", { name: "Ann" }),
        t("b", "join", { first: ref("a.joined"), second: "x" }),
        t("a", "join", { first: ref("a.joined"), second: "y" }),
      ],
      output: { joined: ref("b.joined") },
    };
    const { notes, settled, issues } = repair(plan, wide);
    expect(issues.map(({ code }) => code)).toContain("duplicate-task");
    expect(new Set(notes).size).toBe(notes.length);
    expect(new Set(settled.map(({ place }) => place)).size).toBe(settled.length);
  });

  test("no task is lost: it is in the plan, or an issue names it", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          sale.tasks.flatMap((task) => [task, { ...task, member: `${task.member}x` }, { ...task, id: "t1" }, { ...task, args: {} }]),
        ),
        (tasks) => {
          const { plan, notes } = repair({ tasks, output: sale.output }, shop);
          for (const { member, args } of tasks) {
            const kept = plan.tasks.some((one) => one.member === member || member.startsWith(one.member));
            expect(kept || notes.some((note) => note.startsWith("Left out"))).toBe(true);
            expect(kept || Object.keys(args).length === 0 || tasks.filter((one) => one.member === member).length > 1).toBe(true);
          }
        },
      ),
    );
  });
});

describe("what is but near is another thing", () => {
  const near = briefOf({
    request: "Import the note",
    members: [
      member(
        "import",
        z.object({
          text,
          maxPrice: z.number().optional(),
          weight: z.number().optional(),
          bcc: text.optional(),
          page2: text.optional(),
          contents: text.optional(),
          language: z.enum(["de", "es"]).optional(),
          size: z.enum(["S", "M", "L", "large"]).optional(),
          code: z.enum(["C++", "C#", "en-US"]).optional(),
          number: text.optional(),
        }),
        z.object({ maximum: text, page2: text }),
      ),
      member("subscribe", z.object({ name: text, mail: text }), z.object({ done: text }), { effects: true }),
      member("mail", z.object({ text }), z.object({ mailed: text })),
    ],
    input: z.object({ note: text }),
    output: z.object({ maximum: text }),
  });
  const plan = (args: object, output = "t1.maximum"): Plan => ({
    tasks: [t("t1", "import", { text: ref("input.note"), ...args })],
    output: { maximum: ref(output) },
  });
  const mended = (args: object) => repair(plan(args), near).plan.tasks[0]!.args;

  test.each([{ minPrice: 100 }, { height: 180 }, { cc: "ann@example.org" }, { page1: "one" }])("an argument %j is no other", (args) =>
    expect(Object.keys(mended(args))).toEqual(["text"]),
  );
  test.each([{ language: "en" }, { size: "XL" }, { size: "X" }, { code: "C" }, { size: "Q" }])("a literal %j is made no other", (args) =>
    expect(mended(args)).toEqual({ text: ref("input.note") }),
  );
  test.each([
    [{ max_price: 100 }, { maxPrice: 100 }],
    [{ wieght: 180 }, { weight: 180 }],
    [{ content: "all" }, { contents: "all" }],
    [{ size: "larg" }, { size: "large" }],
    [{ code: "c++" }, { code: "C++" }],
    [{ code: "en_us" }, { code: "en-US" }],
    [{ number: 12 }, { number: "12" }],
  ])("but %j is a spelling", (args, right) => expect(mended(args)).toEqual({ text: ref("input.note"), ...right }));

  test.each(["t1.minimum", "t1.page1"])("an output of %s is no other", (output) =>
    expect(repair(plan({}, output), near).issues.map(({ code }) => code)).toContain("dangling-ref"),
  );

  test.each([
    ["unsubscribe", { name: "Ann", mail: "ann@example.org" }],
    ["createUser", { name: "Ann", mail: "ann@example.org" }],
    ["deleteMail", { text: "Hi" }],
  ])("who does %s is nobody else, least of all one who acts", (name, args) => {
    const { plan: done, issues } = repair({ ...plan({}), tasks: [...plan({}).tasks, t("t2", name, args)] }, near);
    expect([done.tasks[1]!.member, issues.map(({ code }) => code)]).toEqual([name, expect.arrayContaining(["unknown-member"])]);
  });

  test.each([
    { tone: "formal", content: "Hello" },
    { content: "Hello", tone: "formal" },
  ])("of several values that might be the one that is missing, %j, none is taken for it but what the request says", (args) => {
    const translate = (request: string) =>
      briefOf({
        request,
        members: [member("translate", z.object({ text, language: text }), z.object({ translation: text }))],
        input: z.object({}),
        output: z.object({ translation: text }),
      });
    const written = { tasks: [t("t1", "translate", { ...args, language: "fr" })], output: { translation: ref("t1.translation") } };
    expect(repair(written, translate("Do it"))).toMatchObject({ plan: written, notes: [] });
    expect(repair(written, translate("Say Hello in French"))).toMatchObject({
      plan: { tasks: [{ args: { text: "Hello", language: "fr" } }] },
      issues: [],
    });
  });

  test("a ref to nothing is a text only where the request says all of it", () => {
    const told = (request: string) => repair(plan({ number: ref("$5") }), { ...near, request });
    expect(told("Import it for $5.").plan.tasks[0]!.args.number).toBe("$5");
    expect(told("Import it for $50")).toMatchObject({ plan: plan({ number: ref("$5") }), issues: [{ code: "dangling-ref" }] });
  });

  test("a number that has lost digits is no text", () => {
    const args = { text: ref("input.note"), number: Number("12345678901234567890") };
    expect(repair(plan(args), near)).toMatchObject({ plan: plan(args), issues: [{ code: "argument-type" }] });
  });

  test("a label that the team has not is no label of an input, and a text with a placeholder is not left out", () => {
    const label = z.enum(["german", "french"]);
    const own = briefOf({
      request: "Translate it into Klingon",
      members: [member("translate", z.object({ text, language: label, title: text.optional() }), z.object({ translation: text }))],
      input: z.object({ note: text, language: label.optional() }),
      output: z.object({ translation: text }),
      spare: ["language"],
    });
    const written = (args: object) =>
      ({ tasks: [t("t1", "translate", { text: ref("input.note"), ...args })], output: { translation: ref("t1.translation") } }) as Plan;
    for (const language of ["Klingon", "Italian"])
      expect(repair(written({ language }), own)).toMatchObject({ plan: written({ language }), issues: [{ code: "argument-type" }] });
    const title = { language: "german", title: "On {{t1.translation}}" };
    expect(repair(written(title), own)).toMatchObject({ plan: written(title), issues: [{ code: "placeholder" }] });
  });

  test("nobody acts on the world twice since a task was told twice", () => {
    const send = t("t4", "send", { message: ref("t3.summary") });
    const { plan: done, issues } = repair({ ...good, tasks: [...good.tasks, send, send] }, brief);
    expect([done.tasks.length, issues.map(({ code }) => code)]).toEqual([5, ["duplicate-task"]]);
  });

  test("a ref in a list to an id given twice is asked about, with a field or without", () => {
    for (const one of ["a", "a.text"]) {
      const tasks = [
        t("a", "readPage", { page: ref("input.receipt") }),
        t("a", "transcribe", { audio: ref("input.memo") }),
        t("b", "summarize", { texts: [ref(one), ref("input.note")] }),
      ];
      const { plan: done, issues } = repair({ tasks, output: { summary: ref("b.summary") } }, brief);
      expect([done.tasks.map(({ id }) => id), issues.map(({ code }) => code)]).toEqual([
        ["a", "a", "b"],
        expect.arrayContaining(["duplicate-task"]),
      ]);
    }
  });
});

describe("a plan is read in the ways planners write it", () => {
  test.each<[string, Json]>([
    ["as asked", good as unknown as Json],
    ["inside another object", { plan: good } as unknown as Json],
    [
      "with other names for the parts",
      {
        steps: good.tasks.map(({ id, member, args }) => ({ step: Number(id.slice(1)), tool: member, arguments: args })),
        outputs: good.output,
      } as unknown as Json,
    ],
    ["tasks by id", { tasks: Object.fromEntries(good.tasks.map(({ id, ...task }) => [id, task])), output: good.output } as unknown as Json],
    [
      "refs as text",
      JSON.parse(
        JSON.stringify(good).replace(/\{"ref":"([^"]+)"\}/g, (_, path: string) =>
          path.startsWith("input") ? `"${path}"` : `"{{${path}}}"`,
        ),
      ),
    ],
    ["refs with a dollar", JSON.parse(JSON.stringify(good).replace(/\{"ref":"([^"]+)"\}/g, '"$$$1"'))],
  ])("%s", (_, json) => {
    expect(repair(readPlan(json)!.plan, brief)).toMatchObject({ issues: [], plan: { tasks: good.tasks } });
  });

  test("what is no plan is none", () => {
    for (const json of [null, 1, "t1", [], {}, { tasks: "none" }, [1, 2]] as Json[]) expect(readPlan(json)).toBeUndefined();
  });

  test("a ref inside an object is an issue, in whatever spelling", () => {
    for (const said of ["t1", "$t1.text", "{t1.text}", "<t1>", "$1"]) {
      const tasks = [good.tasks[0]!, t("t4", "send", { message: { say: [said] } })];
      expect(codes(readPlan({ tasks, output: {} } as unknown as Json, brief)!.plan)).toContain("nested-ref");
    }
  });

  test("text that only looks a little like a ref stays text", () => {
    const json = { tasks: [{ id: "t1", member: "send", args: { message: "input of the day. Really" } }], output: {} };
    expect(readPlan(json)!.plan.tasks[0]!.args.message).toBe("input of the day. Really");
  });
});

const path = fc.oneof(
  fc.constantFrom(
    "input.memo",
    "input.note",
    "t1.text",
    "t2",
    "t3.summary",
    "t9.x",
    "input",
    "",
    "t1.text.length",
    "__proto__.x",
    "input.constructor",
  ),
  fc.string(),
);
const value: fc.Arbitrary<any> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.jsonValue({ maxDepth: 2 }),
    path.map(ref),
    path,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("any"), { maxKeys: 2 }),
  ),
})).any;
const names = fc.oneof(
  fc.constantFrom("audio", "page", "text", "texts", "language", "summary", "__proto__", "constructor", "toString"),
  fc.string(),
);
const wild = fc.record({
  tasks: fc.array(
    fc.record({
      id: fc.oneof(fc.constantFrom("t1", "t2", "t3", "input", "__proto__"), fc.string(), fc.nat()),
      member: fc.oneof(fc.constantFrom("transcribe", "readPage", "summarise", "translate", "send"), fc.string()),
      args: fc.dictionary(names, value, { maxKeys: 4 }),
    }),
    { maxLength: 8 },
  ),
  output: fc.dictionary(names, value, { maxKeys: 3 }),
});

/** A good plan with some of its parts taken out, doubled, exchanged or replaced. */
const mutated = fc.tuple(fc.array(fc.tuple(fc.nat(), fc.nat(3), value), { minLength: 1, maxLength: 4 })).map(([edits]) => {
  let json = JSON.stringify(good);
  for (const [at, kind, other] of edits) {
    const tokens = json.match(/"[^"]*"|[{}[\],:]|[^{}[\],:"]+/g) ?? [];
    const i = at % Math.max(1, tokens.length);
    if (kind === 0) tokens.splice(i, 1);
    if (kind === 1) tokens.splice(i, 0, tokens[i] ?? "");
    if (kind === 2) tokens[i] = tokens[(i * 7 + 3) % tokens.length] ?? "";
    if (kind === 3) tokens[i] = JSON.stringify(other) ?? "null";
    json = tokens.join("");
  }
  return json;
});

describe("whatever a planner writes", () => {
  const survives = async (written: string) => {
    const reads = [...(await answersIn(written)).map((json) => readPlan(json, brief)), await planIn(written, brief)].flatMap(
      (read) => read ?? [],
    );
    for (const read of new Map(reads.map((one) => [JSON.stringify(one.plan), one])).values()) {
      const { plan, issues, notes } = repair(read.plan, brief);
      expect(checkPlan(plan, brief)).toEqual(issues);
      expect(notes.length).toBeLessThanOrEqual(201);
      expect(() => JSON.stringify(plan)).not.toThrow();
    }
  };

  test("wild plans end in a plan that checks or in issues", async () => {
    await fc.assert(
      fc.asyncProperty(wild, (plan) => survives(JSON.stringify(plan))),
      { numRuns: 400 },
    );
  });

  test.each(["constructor", "toString", "__proto__"])("a field %s, which every object has, is none of theirs", async (name) => {
    const doubled = [t("input", "", {}), t("input", "transcribe", {}), t("t1", "transcribe", { "": `input.${name}` })];
    await survives(JSON.stringify({ tasks: doubled, output: {} }));
  });

  test("good plans with damage too", async () => {
    await fc.assert(fc.asyncProperty(mutated, survives), { numRuns: 400 });
  });

  test("any text too", async () => {
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 300 }), survives), { numRuns: 200 });
  });

  test("and huge, deep and tangled ones", async () => {
    const circle = Array.from({ length: 60 }, (_, i) =>
      t(`t${i}`, "summarize", { texts: Array.from({ length: 60 }, (_, j) => ref(`t${j}.summary`)) }),
    );
    const chain = Array.from({ length: 64 }, (_, i) =>
      t(`t${i}`, "translate", { text: ref(i ? `t${i - 1}.translaton` : "input.nota"), language: "Frensh", more: 1 }),
    );
    for (const tasks of [circle, chain, chain.slice().reverse(), Array.from({ length: 5000 }, () => good.tasks[0]!)])
      await survives(JSON.stringify({ tasks, output: good.output }));
    await survives(`{"tasks":${"[".repeat(50_000)}`);
    await survives(`{"tasks":[{"id":"t1","member":"send","args":{"message":${'{"a":'.repeat(55)}1${"}".repeat(55)}}}],"output":{}}`);
  });
});

describe("a value of the request is taken for what its words say", () => {
  const trip = briefOf({
    request: "Find flights from Lima to Oslo on 3 May 2027 for 2 passengers, at most 900 euros",
    members: [
      member(
        "findFlights",
        z.object({ origin: text, destination: text, date: text, passengers: z.number(), max_price: z.number() }),
        z.object({ flights: text }),
      ),
    ],
    input: z.object({}),
    output: z.object({ flights: text }),
  });
  const args = { origin: "Lima", destination: "Oslo", date: "2027-05-03", passengers: 2, max_price: 900 };
  const without = (name: string): Plan => ({
    tasks: [t("t1", "findFlights", Object.fromEntries(Object.entries(args).filter(([key]) => key !== name)))],
    output: { flights: ref("t1.flights") },
  });

  test.each(["origin", "destination", "date", "passengers"] as const)("%s", (name) => {
    const { plan, issues, settled } = repair(without(name), trip);
    expect(issues).toEqual([]);
    expect(plan.tasks[0]!.args[name]).toBe(args[name]);
    expect(settled).toEqual([{ place: `t1.${name}`, source: JSON.stringify(args[name]), by: "words" }]);
  });

  test("and is none where a ref was written, though it makes a circle", () => {
    const acting = briefOf({
      request: "Report the match to the league, the newsletter is on Friday",
      members: [
        member("result", z.object({ notes: text }), z.object({ result: text })),
        member("league", z.object({ result: text }), z.object({ receipt: text }), { effects: true }),
      ],
      input: z.object({}),
      output: z.object({ receipt: text }),
    });
    const plan: Plan = {
      tasks: [t("t1", "result", { notes: ref("t2.receipt") }), t("t2", "league", { result: ref("t1.result") })],
      output: { receipt: ref("t2.receipt") },
    };
    expect(repair(plan, acting)).toMatchObject({ plan, issues: [{ code: "cyclic-ref" }] });
  });

  test("and asked about where two are missing, or where none is left", () => {
    const both = { ...without("origin"), tasks: [t("t1", "findFlights", { date: "2027-05-03", passengers: 2, max_price: 900 })] };
    expect(repair(both, trip).issues.map(({ code }) => code)).toEqual(["missing-argument", "missing-argument"]);
    const other = { ...without("origin"), tasks: [t("t1", "findFlights", { ...without("origin").tasks[0]!.args, date: "Lima" })] };
    expect(repair(other, trip).issues.map(({ code }) => code)).toContain("missing-argument");
  });
});
