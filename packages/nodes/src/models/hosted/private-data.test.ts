import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  asSpecialist,
  type Bindable,
  type ChatModel,
  type Context,
  check,
  compile,
  defineGraph,
  END,
  type Graph,
  mark,
  type Plan,
  type Specialist,
  specialist,
  TroupeError,
  use,
} from "@troupe/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { model } from "../model.js";

let server: Server;
let cloud: ChatModel;
let here: ChatModel;
/** All that the cloud was ever sent. */
let heard: string[] = [];

/** A server that speaks OpenAI's language and says back the last message, as a model that keeps nothing to itself. */
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += data));
    request.on("end", () => {
      if (request.url!.startsWith("/cloud")) heard.push(body);
      const { messages, stream } = JSON.parse(body) as { messages: { content: string }[]; stream?: boolean };
      const content = messages.at(-1)!.content;
      const head = { id: "1", created: 1, model: "m" };
      if (!stream) {
        const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
        return response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ ...head, object: "chat.completion", choices }));
      }
      const piece = (delta: object, finish_reason: string | null) =>
        `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`${piece({ role: "assistant", content }, null)}${piece({}, "stop")}data: [DONE]\n\n`);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  process.env.OPENAI_API_KEY ??= "none";
  const at = (path: string) => `openai:${path}@http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
  // The cloud stands on loopback; that it is the cloud, its card says.
  cloud = model(at("cloud"), { local: false });
  here = model(at("here"));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const text = z.object({ a: z.string(), b: z.string() });
const out = z.object({ out: z.string() });
const worker = (name: string, run: (input: { a: string; b: string }, ctx: Context) => Promise<string> | string, gives = out): Specialist =>
  specialist({ name, does: name, input: text, output: gives, run: async (input, ctx) => ({ out: await run(input, ctx) }) });
/** Asks a model of a role, or one that is named, in words of its own. */
const asking = (name: string, role: string) =>
  worker(name, async ({ a, b }, ctx) => (await ctx.generate({ model: role, prompt: `${a} and ${b}` })).text);
const prompted = (name: string, asked: () => ChatModel | string): Specialist => ({
  ...worker(name, () => ""),
  run: undefined as never,
  get model() {
    return asked();
  },
  prompt: ({ a, b }: { a: string; b: string }) => JSON.stringify({ out: `${a} ${b}` }),
});

const clean = worker("clean", () => "nothing", z.object({ out: mark.public(z.string()) }));
const join = worker("join", ({ a, b }) => `${a}|${b}`);
const looksUp = worker("looksUp", ({ a }) => `${a} 5550173946`, z.object({ out: mark.private(z.string()) }));
/** Who was sent anything. */
let recipients: string[] = [];
const sends = specialist({
  name: "sends",
  does: "Sends",
  effects: true,
  input: z.object({ a: mark.trusted(z.string()), b: z.string() }),
  output: out,
  run: ({ a, b }) => {
    recipients.push(a);
    return { out: b };
  },
});
const kinds = (): Record<string, Specialist> => ({
  clean,
  join,
  looksUp,
  turn: worker("turn", ({ a, b }) => [...`${b}${a}`].reverse().join("").toUpperCase()),
  cloud: prompted("cloud", () => cloud),
  big: prompted("big", () => "big"),
  small: prompted("small", () => "small"),
  asksBig: asking("asksBig", "big"),
  asksSmall: asking("asksSmall", "small"),
  calls: worker("calls", async ({ a, b }, ctx) => {
    const { out } = await ctx.call("join", join, { a, b });
    return (await ctx.call("ask", asking("inner", "big"), { a: out, b: "so" })).out;
  }),
  partly: worker("partly", async ({ a, b }, ctx) => (await ctx.call("ask", asking("inner", "big"), { a: b, b })).out + a),
  sends,
  // Whatever comes to it is tried as a recipient.
  posts: worker("posts", async ({ a, b }, ctx) => {
    for (const [i, to] of [a, b, a.slice(1), "literal", b.toLowerCase()].entries())
      await ctx.call(`send${i}`, sends, { a: to, b }).catch(() => {});
    return (await ctx.call("bound", use(sends, { set: { a: "bound" } }), { b })).out;
  }),
  // What is refused is tried in other ways.
  stubborn: worker("stubborn", async ({ a, b }, ctx) => {
    for (const [i, way] of [a, b, a.toUpperCase(), `${b}${a}`].entries())
      await ctx.call(`ask${i}`, asking("inner", "big"), { a: way, b: "now" }).catch(() => {});
    await ctx.generate({ model: "big", prompt: a.slice(2) }).catch(() => {});
    await ctx.call("look", looksUp, { a: "of", b: "whom" });
    return ctx.generate({ model: "big", prompt: "and now" }).then(
      ({ text }) => text,
      () => b,
    );
  }),
});
const names = [
  "clean",
  "join",
  "looksUp",
  "turn",
  "cloud",
  "big",
  "small",
  "asksBig",
  "asksSmall",
  "calls",
  "partly",
  "stubborn",
  "sends",
  "posts",
] as const;

/** Fields by number: inputs first, then what each step writes. */
interface Step {
  readonly kind: (typeof names)[number] | "graph" | "plan";
  readonly a: number;
  readonly b: number;
  readonly into: number;
  readonly inner: readonly Step[];
}
const step = (depth: number): fc.Arbitrary<Step> =>
  fc.record({
    kind:
      depth > 0
        ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.constantFrom("graph" as const, "plan" as const))
        : fc.constantFrom(...names),
    a: fc.nat(20),
    b: fc.nat(20),
    into: fc.nat(20),
    inner: depth > 0 ? fc.array(step(depth - 1), { minLength: 1, maxLength: 3 }) : fc.constant([]),
  });
const inputs = fc.array(fc.constantFrom("private", "plain", "trusted"), { minLength: 2, maxLength: 4 });

/** Steps in a row, of which the last goes back to the first once where `loops`; later steps may write over what is there. */
function graphOf(steps: readonly Step[], given: readonly string[], loops: boolean, name = "random"): Graph {
  const fields = given.map((_, i) => `f${i}`);
  const all: Record<string, z.ZodType> = Object.fromEntries(
    fields.map((field, i) => [
      field,
      given[i] === "private" ? mark.private(z.string()) : given[i] === "trusted" ? mark.trusted(z.string()) : z.string(),
    ]),
  );
  const nodes: Record<string, ReturnType<typeof use>> = {};
  for (const [i, one] of steps.entries()) {
    const [a, b] = [fields[one.a % fields.length]!, fields[one.b % fields.length]!];
    const into = one.into % 3 === 0 ? fields[one.into % fields.length]! : `s${i}`;
    const made = one.kind === "graph" ? inside(one.inner) : one.kind === "plan" ? planned(one.inner) : kinds()[one.kind]!;
    nodes[`n${i}`] = use(made, { read: { a, b }, write: { out: into } } as object);
    if (!fields.includes(into)) fields.push(into);
    all[into] ??= z.string();
  }
  const ids = Object.keys(nodes);
  const last = ids.at(-1)!;
  const next = (i: number) => ids[i + 1] ?? END;
  const back = loops && ids.length > 1;
  return (defineGraph as (graph: object) => Graph)({
    name,
    state: { ...all, end: z.string() },
    input: given.map((_, i) => `f${i}`),
    output: ["end"],
    nodes: {
      ...nodes,
      ends: use(
        worker("ends", () => "end"),
        { read: { a: "f0", b: "f1" }, write: { out: "end" } } as object,
      ),
    },
    start: ids[0],
    ...(back ? { loops: { [ids[0]!]: { max: 2, then: "ends" } } } : {}),
    edges: {
      ...Object.fromEntries(ids.map((id, i) => [id, id === last ? (back ? ids[0] : "ends") : next(i)])),
      ends: END,
    },
  });
}

function inside(steps: readonly Step[]): Specialist {
  const graph = graphOf(steps, ["plain", "plain"], false, "inner");
  const whole = asSpecialist(graph);
  return specialist({
    name: "inside",
    does: "Runs a graph",
    input: text,
    output: out,
    run: async ({ a, b }, ctx) => ({ out: String(((await ctx.call("whole", whole, { f0: a, f1: b })) as { end: string }).end) }),
  });
}

let plans = { checked: 0, refused: 0 };
/** A plan of any wiring; whether it is carried out is for the engine to say, and the check says the same. */
function planned(steps: readonly Step[]): Specialist {
  const members = Object.values(kinds());
  const refs = ["input.a", "input.b"];
  const tasks = steps.map((one, i) => {
    const args = { a: { ref: refs[one.a % refs.length]! }, b: { ref: refs[one.b % refs.length]! } };
    refs.push(`t${i}.out`);
    return { id: `t${i}`, member: names.includes(one.kind as never) ? one.kind : "join", args };
  });
  const plan: Plan = { tasks, output: { out: { ref: refs.at(-1)! } } };
  return specialist({
    name: "planned",
    does: "Carries out a plan",
    input: text,
    output: out,
    run: async (input, ctx) => {
      plans.checked++;
      return (await ctx
        .plan(async () => ({ plan, by: "hand", notes: [] }), members, input)
        .catch((error) => {
          if (error.code === "PRIVATE_DATA") plans.refused++;
          throw error;
        })) as { out: string };
    },
  });
}

/** Digits that only private values have, and how they look turned round. */
const secrets = ["8264913057", "7319046582", "9150378264", "6482057193", "5550173946"];
const turned = secrets.flatMap((one) => [one, [...one].reverse().join("")]);
const parts = turned.flatMap((one) => Array.from({ length: one.length - 4 }, (_, i) => one.slice(i, i + 5)));

test("of 1,000 random graphs and plans that pass the check, none brings a private field to the cloud, or an effect to whom nobody trusted names", async () => {
  const count = { refusedByCheck: 0, refusedInRun: 0, ended: 0, asked: 0, sent: 0 };
  plans = { checked: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step(1), { minLength: 1, maxLength: 6 }), inputs, fc.boolean(), async (steps, given, loops) => {
      const graph = graphOf(steps, given, loops);
      const models: Record<string, Bindable> = { big: cloud, small: here };
      [heard, recipients] = [[], []];
      fc.pre(check(graph).every(({ code }) => code === "private-leak" || code === "untrusted-source"));
      try {
        const input = Object.fromEntries(given.map((kind, i) => [`f${i}`, kind === "private" ? `No ${secrets[i]} it is` : `${kind} ${i}`]));
        await compile(graph, { models }).invoke(input);
        count.ended++;
      } catch (error) {
        if (!(error instanceof TroupeError)) throw error;
        if (error.code === "GRAPH_INVALID") count.refusedByCheck++;
        else if (["PRIVATE_DATA", "UNTRUSTED_VALUE"].includes(error.code)) count.refusedInRun++;
        else throw error;
      }
      count.asked += heard.length;
      const leaked = parts.filter((part) => heard.some((body) => body.includes(part)));
      expect(leaked).toEqual([]);
      expect(recipients.filter((to) => to !== "bound" && !/^trusted \d$/.test(to))).toEqual([]);
      count.sent += recipients.filter((to) => to !== "bound").length;
    }),
    { numRuns: 2_100 },
  );
  expect(count.ended + count.refusedInRun).toBeGreaterThan(1_000);
  // The property says nothing unless the cloud is asked much, and much is refused.
  expect(count.sent).toBeGreaterThan(20);
  expect(count.ended).toBeGreaterThan(150);
  expect(count.asked).toBeGreaterThan(300);
  expect(count.refusedByCheck).toBeGreaterThan(100);
  expect(count.refusedInRun).toBeGreaterThan(50);
  expect(plans.refused).toBeGreaterThan(5);
}, 240_000);
