// Mistakes the type checker must name. Each stands below a line `//! what the error says`; types.test.ts holds them together.
import { z } from "zod";
import { append, defineGraph, END, specialist, use } from "../../index.js";

const answer = specialist({
  name: "answer",
  does: "Writes a reply",
  input: z.object({ text: z.string() }),
  output: z.object({ reply: z.string() }),
  run: ({ text }) => ({ reply: text }),
});
const triage = specialist({
  name: "triage",
  does: "Names a topic",
  input: z.object({ text: z.string(), language: z.string().optional() }),
  output: z.object({ topic: z.enum(["a", "b"]) }),
  run: () => ({ topic: "a" }),
});
const state = { text: z.string(), reply: z.string() };
const wide = { ...state, topic: z.enum(["a", "b"]), count: z.number(), pages: z.array(z.string()), page: z.string() };

//! reads a field that the state does not declare
defineGraph({ name: "g", state: { reply: z.string() }, input: [], output: [], nodes: { answer }, start: "answer", edges: { answer: END } });

//! writes a field that the state does not declare
defineGraph({ name: "g", state: { text: z.string() }, input: [], output: [], nodes: { answer }, start: "answer", edges: { answer: END } });

//! reads a field whose type it does not take
defineGraph({
  name: "g",
  state: { ...state, text: z.number() },
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: END },
});

//! writes a field with a type that the state does not take
defineGraph({
  name: "g",
  state: { ...state, topic: z.number() },
  input: [],
  output: [],
  nodes: { triage },
  start: "triage",
  edges: { triage: END },
});

//! writes a field with a type that the state does not take
defineGraph({
  name: "g",
  state: { text: z.string(), reply: append(z.number()) },
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: END },
});

//! "nope"
defineGraph({ name: "g", state, input: [], output: [], nodes: { answer }, start: "nope", edges: { answer: END } });

//! "nope"
defineGraph({ name: "g", state, input: [], output: [], nodes: { answer }, start: "answer", edges: { answer: "nope" } });

//! Property 'second' is missing
defineGraph({ name: "g", state, input: [], output: [], nodes: { answer, second: answer }, start: "answer", edges: { answer: "second" } });

//! 'zz' does not exist
defineGraph({
  name: "g",
  state: wide,
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: { by: "topic", to: { zz: END } } },
});

//! Type 'string' is not assignable to type 'number'
defineGraph({
  name: "g",
  state: wide,
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: [{ when: { count: { gte: "x" } }, to: END }, { otherwise: END }] },
});

//! 'lt' does not exist
defineGraph({
  name: "g",
  state: wide,
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: [{ when: { text: { lt: 3 } }, to: END }, { otherwise: END }] },
});

//! 'cuont' does not exist
defineGraph({
  name: "g",
  state: wide,
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: [{ when: { cuont: 3 }, to: END }, { otherwise: END }] },
});

//! Type 'string' has no properties in common with type 'Where<
defineGraph({
  name: "g",
  state,
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: [{ when: "nope", to: END }, { otherwise: END }] },
});

//! "text"
defineGraph({
  name: "g",
  state: wide,
  input: [],
  output: [],
  nodes: { answer },
  start: "answer",
  edges: { answer: { each: "text", as: "page", to: "answer", then: END } },
});

//! 'nope' does not exist
defineGraph({
  name: "g",
  state,
  input: [],
  output: [],
  nodes: { answer },
  loops: { nope: { max: 1, then: END } },
  start: "answer",
  edges: { answer: END },
});

//! "nope"
defineGraph({
  name: "g",
  state,
  input: [],
  output: [],
  nodes: { answer },
  loops: { answer: { max: 1, then: "nope" } },
  start: "answer",
  edges: { answer: END },
});

//! "rply"
defineGraph({ name: "g", state, input: ["text"], output: ["rply"], nodes: { answer }, start: "answer", edges: { answer: END } });

//! "txet"
defineGraph({ name: "g", state, input: ["txet"], output: [], nodes: { answer }, start: "answer", edges: { answer: END } });

//! "nope"
defineGraph({
  name: "g",
  state,
  input: [],
  output: [],
  nodes: { answer },
  conditions: { long: { reads: ["nope"], test: () => true } },
  start: "answer",
  edges: { answer: END },
});

//! '{ readonly rply: string; }' is not assignable to type '{ readonly reply: string; }
specialist({
  name: "s",
  does: "",
  input: z.object({ text: z.string() }),
  output: z.object({ reply: z.string() }),
  run: ({ text }) => ({ rply: text }),
});

//! "c"
specialist({ name: "s", does: "", input: z.object({}), output: z.object({ topic: z.enum(["a", "b"]) }), run: () => ({ topic: "c" }) });

//! 'txt' does not exist
use(answer, { read: { txt: "ticket" } });

//! 'rply' does not exist
use(answer, { write: { rply: "out" } });

//! Type 'number' is not assignable to type 'string'
use(triage, { set: { text: 3 } });
