// Graphs and schemas that came as data: findings in bounded time, whatever stands in them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ends, refused } from "../alone.mjs";

const loadNothing = async () => ({});
const written = (state, more = {}) =>
  JSON.stringify({
    name: "hostile",
    state,
    input: Object.keys(state),
    output: Object.keys(state),
    nodes: {},
    start: "end",
    edges: {},
    ...more,
  });
const read =
  (text) =>
  ({ core }) =>
    ends(() => core.readGraph({ text }, { load: loadNothing }));

const deep = (levels) => {
  let type = "string";
  for (let i = 0; i < levels; i++) type = { list: type };
  return type;
};

const schemas = {
  "anyOf of itself": { $defs: { a: { anyOf: Array.from({ length: 20 }, () => ({ $ref: "#/$defs/a" })) } }, $ref: "#/$defs/a" },
  "allOf of itself": { $defs: { a: { allOf: [{ $ref: "#/$defs/a" }] } }, $ref: "#/$defs/a" },
  "two that hold one another": {
    $defs: { a: { properties: { b: { $ref: "#/$defs/b" } } }, b: { properties: { a: { $ref: "#/$defs/a" } } } },
    $ref: "#/$defs/a",
  },
  "a ref to nothing": { $ref: "#/$defs/nowhere" },
  "a ref to itself": { $defs: { a: { $ref: "#/$defs/a" } }, $ref: "#/$defs/a" },
};

const fieldsOf = (schema, name = "a") => ({ type: "object", properties: { [name]: schema }, required: [name] });

const node = (core, name) =>
  core.specialist({ name, does: name, input: z.object({ n: z.number() }), output: z.object({ n: z.number() }), run: ({ n }) => ({ n }) });

export default [
  ...Object.entries(schemas).map(([name, schema]) => ({
    name: `a schema with ${name}`,
    short: name === "allOf of itself",
    run: async (given) => {
      const plain = {
        "~standard": {
          version: 1,
          vendor: "hostile",
          validate: (value) => ({ value }),
          jsonSchema: { input: () => schema, output: () => schema },
        },
      };
      const { core } = given;
      const fields = {
        ...plain,
        "~standard": {
          ...plain["~standard"],
          jsonSchema: { input: () => fieldsOf(schema), output: () => fieldsOf(schema) },
        },
      };
      const one = core.specialist({ name: "one", does: "one", input: fields, output: fields, run: (value) => value });
      return ends(() =>
        core.check(
          core.defineGraph({
            name: "g",
            state: { a: plain },
            input: ["a"],
            output: ["a"],
            nodes: { one },
            start: "one",
            edges: { one: core.END },
          }),
        ),
      );
    },
  })),
  {
    name: "a pattern that never ends",
    short: true,
    run: ({ core }) => {
      const n = { type: "string", pattern: "^(a+)+$" };
      const fields = core.schemaFromJson(fieldsOf(n, "n"));
      const one = core.specialist({ name: "one", does: "one", input: fields, output: fields, run: (value) => value });
      const state = { n: core.schemaFromJson(n) };
      const app = core.compile(
        core.defineGraph({ name: "g", state, input: ["n"], output: ["n"], nodes: { one }, start: "one", edges: { one: core.END } }),
      );
      return ends(() => app.invoke({ n: `${"a".repeat(40)}b` }));
    },
  },
  {
    name: "20,000 labels",
    seconds: 5,
    run: ({ core }) => {
      const n = { enum: Array.from({ length: 20_000 }, (_, i) => `label ${i}`) };
      const fields = core.schemaFromJson(fieldsOf(n, "n"));
      const one = core.specialist({ name: "one", does: "one", input: fields, output: fields, run: (value) => value });
      const state = { n: core.schemaFromJson(n) };
      return ends(() =>
        core.compile(
          core.defineGraph({ name: "g", state, input: ["n"], output: ["n"], nodes: { one }, start: "one", edges: { one: core.END } }),
        ),
      );
    },
  },
  {
    name: "a pattern that is none",
    short: true,
    run: async ({ core }) => {
      const text = JSON.stringify({
        name: "g",
        state: { n: { type: "string", pattern: "(" } },
        input: ["n"],
        output: ["n"],
        nodes: {},
        start: "end",
        edges: {},
      });
      const { issues } = await core.readGraph({ text }, { load: loadNothing });
      if (!issues.some(({ message }) => /pattern|regular/i.test(message))) return `no issue speaks of it: ${JSON.stringify(issues)}`;
    },
  },
  { name: "types a thousand deep", run: read(written({ a: deep(1000) })) },
  { name: "YAML that refers to itself", short: true, run: read("a: &a [*a, *a]\nname: *a\n") },
  {
    name: "YAML that grows without end",
    run: read(
      [
        "a: &a [x,x,x,x,x,x,x,x,x]",
        ..."bcdefghij".split("").map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefghi"[i]}`).join(",")}]`),
      ].join("\n"),
    ),
  },
  { name: "YAML of 100,000 keys", seconds: 15, run: read(Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join("\n")) },
  {
    name: "20,000 nodes of a module that is not there",
    seconds: 20,
    run: ({ core }) => {
      const names = Array.from({ length: 20_000 }, (_, i) => `n${i}`);
      const nodes = Object.fromEntries(names.map((name) => [name, "./nowhere.mjs#one"]));
      const edges = Object.fromEntries(names.map((name, i) => [name, names[i + 1] ?? "end"]));
      return ends(() => core.readGraph({ text: written({ n: "number" }, { nodes, start: "n0", edges }) }, { load: loadNothing }));
    },
  },
  {
    name: "a file of 60 MB",
    short: true,
    run: ({ core, scratch }) => {
      const file = join(scratch, "large.json");
      writeFileSync(file, written({}, { name: "x".repeat(60_000_000) }));
      return refused(() => core.readGraph(file, { load: loadNothing }), ["LIMIT_CROSSED"]);
    },
  },
  ...["/dev/zero", "/dev/null"].map((file) => ({
    name: `a graph at ${file}`,
    run: ({ core }) => refused(() => core.readGraph(file, { load: loadNothing }), ["GRAPH_UNREADABLE"]),
  })),
  {
    name: "lists 100,000 deep",
    run: async ({ core }) => {
      const { issues } = await core.readGraph({ text: "[".repeat(100_000) }, { load: loadNothing });
      const odd = issues.find(({ message }) => /call stack/i.test(message));
      if (odd) return `it says ${odd.message}`;
    },
  },
  {
    name: "names of the prototype's",
    short: true,
    run: read(written({ __proto__: "string", constructor: "string", toString: "number" }, { start: ["constructor", "__proto__"] })),
  },
  {
    name: "a chain of 3,000 nodes",
    seconds: 12,
    run: ({ core }) => {
      const names = Array.from({ length: 3000 }, (_, i) => `n${i}`);
      const one = node(core, "one");
      return ends(() =>
        core.compile(
          core.defineGraph({
            name: "chain",
            state: { n: z.number() },
            input: ["n"],
            output: ["n"],
            nodes: Object.fromEntries(names.map((name) => [name, one])),
            start: "n0",
            edges: Object.fromEntries(names.map((name, i) => [name, names[i + 1] ?? core.END])),
          }),
        ),
      );
    },
  },
  {
    name: "values that are no graph",
    short: true,
    run: async ({ core }) => {
      for (const value of [
        undefined,
        null,
        1,
        "graph",
        [],
        {},
        { name: "g" },
        () => {},
        { state: z.object({}) },
        { nodes: { a: () => {} } },
        new Map(),
      ]) {
        const finding = await refused(async () => core.compile(value));
        if (finding) return `${String(JSON.stringify(value))}: ${finding}`;
      }
    },
  },
  {
    name: "a file that is no text",
    run: ({ core, scratch }) => {
      const file = join(scratch, "graph.yaml");
      writeFileSync(file, Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)));
      return ends(() => core.readGraph(file, { load: loadNothing }));
    },
  },
];
