import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END, type Graph } from "../graph/graph.js";
import { append } from "../graph/reducer.js";
import { use } from "../graph/use.js";
import { elsewhereIn } from "../marks/elsewhere.js";
import { asks, chatAt, cleans, copies, sends } from "../marks/marks.fixture.js";
import { media } from "../media/media.js";
import { team } from "../plan/team.js";
import { mark } from "../schema/mark.js";
import { asSpecialist, specialist } from "../specialist/specialist.js";
import { check } from "./check.js";
import { checkMarks } from "./marks.js";

const { model: cloud } = chatAt(false);
const { model: here } = chatAt(true);
const found = (graph: Graph) => check(graph).map(({ code, message }) => `${code}: ${message}`);

/** A letter, through some nodes in a row, each read from what the one before wrote. */
function row(letter: z.ZodType<string>, ...steps: ReturnType<typeof asks>[]): Graph {
  const names = steps.map((_, i) => `n${i}`);
  const fields = ["letter", ...names.map((name) => `${name}_out`)];
  return (defineGraph as (graph: object) => Graph)({
    name: "row",
    state: { ...Object.fromEntries(fields.map((field) => [field, z.string()])), letter },
    input: ["letter"],
    output: [fields.at(-1)],
    nodes: Object.fromEntries(
      names.map((name, i) => [name, use(steps[i]!, { read: { text: fields[i]! }, write: { out: fields[i + 1]! } })]),
    ),
    start: "n0",
    edges: Object.fromEntries(names.map((name, i) => [name, names[i + 1] ?? END])),
  });
}

test("what is private may not come to a model elsewhere, however far it has gone; the issue names the way", () => {
  const secret = mark.private(z.string());
  expect(found(row(secret, copies, asks(here), asks(cloud)))).toEqual([
    "private-leak: What is private would leave this machine, or its marks: letter → n0.out → n1.out → n2.text → test:cloud.",
  ]);
  expect(found(row(z.string(), copies, asks(here), asks(cloud)))).toEqual([]);
  expect(found(row(secret, copies, asks(here)))).toEqual([]);
});

test("what code vouches to be public may go anywhere, what a model writes may not", () => {
  const secret = mark.private(z.string());
  expect(found(row(secret, copies, cleans, asks(cloud)))).toEqual([]);
  const writes = specialist({ ...asks(here), output: z.object({ out: mark.public(z.string()) }), prompt: ({ text }) => text });
  expect(check(row(secret, writes as typeof copies, asks(cloud))).map(({ code }) => code)).toEqual(["mark-unkept", "private-leak"]);
});

test("roles tell where they are once models are bound", () => {
  const graph = row(mark.private(z.string()), copies, asks("default"));
  expect(found(graph)).toEqual([]);
  expect(checkMarks(graph, elsewhereIn({ default: here }))).toEqual([]);
  expect(checkMarks(graph, elsewhereIn({ default: cloud })).map(({ code }) => code)).toEqual(["private-leak"]);
});

test("a mark inside an object, in a list, behind null or in a graph inside holds too", () => {
  const whole = (field: z.ZodType, reads = "record") =>
    (defineGraph as (graph: object) => Graph)({
      name: "whole",
      state: { record: field, out: z.string() },
      input: ["record"],
      output: ["out"],
      nodes: {
        tells: use(
          specialist({
            name: "tells",
            does: "Tells",
            input: z.object({ of: field }),
            output: z.object({ out: z.string() }),
            model: cloud,
            prompt: () => "",
          }),
          { read: { of: reads } },
        ),
      },
      start: "tells",
      edges: { tells: END },
    });
  const secret = mark.private(z.string());
  expect(found(whole(z.object({ name: secret, plan: z.string() })))).toHaveLength(1);
  expect(found(whole(z.array(z.object({ name: secret.nullable() }))))).toHaveLength(1);
  expect(found(whole(z.union([z.number(), secret.optional()])))).toHaveLength(1);
  expect(found(whole(z.record(z.string(), secret)))).toHaveLength(1);
  expect(found(whole(z.object({ name: z.string() })))).toEqual([]);
  const inner = asSpecialist(row(z.string(), copies, asks(cloud)), "Asks inside");
  const outer = (defineGraph as (graph: object) => Graph)({
    name: "outer",
    state: { note: secret, said: z.string() },
    input: ["note"],
    output: ["said"],
    nodes: { inside: use(inner, { read: { letter: "note" }, write: { n1_out: "said" } }) },
    start: "inside",
    edges: { inside: END },
  });
  expect(found(outer)).toEqual([
    "private-leak: What is private would leave this machine, or its marks: note → inside.letter → n0.out → n1.text → test:cloud.",
  ]);
});

test("the items of an each, what collects them, reducers and loops carry marks on", () => {
  const graph = defineGraph({
    name: "letters",
    state: {
      letters: z.array(mark.private(z.string())),
      letter: z.string(),
      text: z.string(),
      texts: z.array(z.string()),
      all: append(z.array(z.string())),
      out: z.string(),
    },
    input: ["letters"],
    output: ["out"],
    nodes: {
      begin: specialist({
        name: "begin",
        does: "Begins",
        input: z.object({ letters: z.array(z.string()) }),
        output: z.object({}),
        run: () => ({}),
      }),
      copy: use(copies, { read: { text: "letter" }, write: { out: "text" } }),
      gather: use(
        specialist({
          name: "gather",
          does: "Gathers",
          input: z.object({ texts: z.array(z.string()) }),
          output: z.object({ all: z.array(z.string()) }),
          run: ({ texts }) => ({ all: texts }),
        }),
      ),
      tell: specialist({
        name: "tell",
        does: "Tells",
        input: z.object({ all: z.array(z.array(z.string())) }),
        output: z.object({ out: z.string() }),
        model: cloud,
        prompt: ({ all }) => all.join(),
      }),
    },
    start: "begin",
    edges: {
      begin: { each: "letters", as: "letter", to: "copy", collect: { text: "texts" }, then: "gather" },
      copy: END,
      gather: "tell",
      tell: END,
    },
  });
  expect(found(graph)).toEqual([
    "private-leak: What is private would leave this machine, or its marks: letters → copy.out → gather.all → tell.all → test:cloud.",
  ]);
});

test("a recipient comes from what is marked as trusted or from a constant, never from a medium, a model or unmarked data", () => {
  const read = specialist({
    name: "read",
    does: "Reads a page",
    input: z.object({ page: media.page() }),
    output: z.object({ address: z.string() }),
    run: () => ({ address: "" }),
  });
  const mail = (address: z.ZodType<string>, how: { read?: { to: "address" | "owner" }; set?: { to: string } }) =>
    (defineGraph as (graph: object) => Graph)({
      name: "mail",
      state: { page: media.page(), address, owner: z.string(), body: z.string(), sent: z.boolean() },
      input: ["page", "owner", "body"],
      output: ["sent"],
      nodes: { read, send: use(sends(), how as object) },
      start: "read",
      edges: { read: "send", send: END },
    });
  expect(found(mail(z.string(), { read: { to: "address" } }))).toEqual([
    "untrusted-source: What is untrusted would stand where only what is trusted may: page → read.address → send.to.",
  ]);
  // The mark on the field alone lends no trust to what is written there.
  expect(found(mail(mark.trusted(z.string()), { read: { to: "address" } }))).toEqual([
    "untrusted-source: What is untrusted would stand where only what is trusted may: page → read.address → address.",
  ]);
  expect(found(mail(z.string(), { read: { to: "owner" } })).map((one) => one.split(":")[0])).toEqual(["untrusted-source"]);
  expect(found(mail(z.string(), { set: { to: "desk@example.org" } }))).toEqual([]);
  const marked = mail(z.string(), { read: { to: "owner" } });
  expect(found({ ...marked, state: { ...marked.state, owner: mark.trusted(z.string()) } })).toEqual([]);
});

test("nobody vouches for what a model writes, or for what is made of a medium", () => {
  const claims = (given: object) =>
    specialist({
      name: "claims",
      does: "Claims",
      input: z.object(given as { text: z.ZodString }),
      output: z.object({ out: mark.trusted(z.string()) }),
      run: () => ({ out: "" }),
    });
  const graph = (one: ReturnType<typeof claims>, field: z.ZodType) =>
    (defineGraph as (graph: object) => Graph)({
      name: "claims",
      state: { text: field, out: z.string() },
      input: ["text"],
      output: ["out"],
      nodes: { one },
      start: "one",
      edges: { one: END },
    });
  expect(found(graph(claims({ text: media.page() }), media.page())).map((one) => one.split(":")[0])).toEqual(["mark-unkept"]);
  expect(found(graph(claims({ text: z.string() }), z.string()))).toEqual([]);
});

test("what a team gives is private where one of its members gives something that is, unless the team vouches that it is not", () => {
  const opens = specialist({
    name: "opens",
    does: "Opens a file on somebody",
    input: z.object({ text: z.string() }),
    output: z.object({ out: mark.private(z.string()) }),
    run: () => ({ out: "" }),
  });
  const desk = (output: z.ZodType<string>) =>
    team({
      name: "desk",
      does: "Tells what a file says",
      members: [opens],
      input: z.object({ text: z.string() }),
      output: z.object({ out: output }),
    });
  expect(found(row(z.string(), desk(z.string()), asks(cloud)))).toEqual([
    "private-leak: What is private would leave this machine, or its marks: n0.out → n1.text → test:cloud.",
  ]);
  expect(found(row(z.string(), desk(mark.public(z.string())), asks(cloud)))).toEqual([]);
});

test("what a team settles as a recipient has to come to it as trusted", () => {
  const office = team({
    name: "office",
    does: "Tells somebody",
    members: [sends()],
    input: z.object({ to: z.string(), body: z.string() }),
    output: z.object({ sent: z.boolean() }),
    settle: { "sends.to": "input.to" },
  });
  const mail = (owner: z.ZodType<string>) =>
    (defineGraph as (graph: object) => Graph)({
      name: "mail",
      state: { owner, body: z.string(), sent: z.boolean() },
      input: ["owner", "body"],
      output: ["sent"],
      nodes: { office: use(office, { read: { to: "owner" } }) },
      start: "office",
      edges: { office: END },
    });
  expect(found(mail(z.string()))).toEqual([
    "untrusted-source: What is untrusted would stand where only what is trusted may: owner → office.to.",
  ]);
  expect(found(mail(mark.trusted(z.string())))).toEqual([]);
});
