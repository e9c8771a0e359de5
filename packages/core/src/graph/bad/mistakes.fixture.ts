// Mistakes the type checker must name. Each line in error stands below `//! what the error says`, with … for what compilers say differently,
// or below `//!! what its first line says`; types.test.ts holds the two together.
import { z } from "zod";
import { append, asSpecialist, compile, defineGraph, END, media, specialist, sum, use } from "../../index.js";

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
const wide = {
  ...state,
  topic: z.enum(["a", "b"]),
  count: z.number(),
  sure: z.boolean(),
  pages: z.array(z.string()),
  page: z.string(),
  replies: z.array(z.string()),
  seen: append(z.string()),
  cost: sum(z.number()),
};
const small = { name: "g", state, input: [], output: [], nodes: { answer }, start: "answer", edges: { answer: END } } as const;
const large = { ...small, state: wide } as const;

// What nodes read and write.
//!! reads a field that the state does not declare"; field: "text"
defineGraph({ ...small, state: { reply: z.string() }, nodes: { answer } });
//!! writes a field that the state does not declare"; field: "reply"
defineGraph({ ...small, state: { text: z.string() }, nodes: { answer } });
//!! reads a field whose type it does not take"; field: "text"
defineGraph({ ...small, state: { ...state, text: z.number() }, nodes: { answer } });
//!! reads a field whose type it does not take"; field: "text"
defineGraph({ ...small, state: { ...state, text: z.string().optional() }, nodes: { answer } });
//!! reads a field whose type it does not take"; field: "text"
defineGraph({ ...small, state: { ...state, text: append(z.string()) }, nodes: { answer } });
//!! writes a field with a type that the state does not take"; field: "topic"
defineGraph({ ...small, state: { ...state, topic: z.number() }, nodes: { answer: triage } });
//!! writes a field with a type that the state does not take"; field: "topic"
defineGraph({ ...small, state: { ...state, topic: z.enum(["a"]) }, nodes: { answer: triage } });
//!! writes a field with a type that the state does not take"; field: "reply"
defineGraph({ ...small, state: { ...state, reply: append(z.number()) }, nodes: { answer } });
//!! reads a field that the state does not declare"; field: "ticket"
defineGraph({ ...small, nodes: { answer: use(answer, { read: { text: "ticket" } }) } });
//!! writes a field that the state does not declare"; field: "draft"
defineGraph({ ...small, nodes: { answer: use(answer, { write: { reply: "draft" } }) } });
//!! writes a field with a type that the state does not take"; field: "count"
defineGraph({ ...large, nodes: { answer: use(answer, { write: { reply: "count" } }) } });
//!! reads a field whose type it does not take"; field: "count"
defineGraph({ ...large, nodes: { answer: use(answer, { read: { text: "count" } }) } });
const long = z.object({
  text: z.string(),
  first: z.array(z.object({ name: z.string(), age: z.number() })),
  second: z.record(z.string(), z.date()),
});
const lengthy = specialist({
  name: "lengthy",
  does: "Takes much",
  input: long,
  output: z.object({ reply: z.string() }),
  run: () => ({ reply: "" }),
});
//!! reads a field that the state does not declare"; field: "first" | "second"
defineGraph({ ...small, nodes: { answer: lengthy } });

// A graph as a specialist is held to its own fields.
const inner = asSpecialist(defineGraph({ ...small, input: ["text"], output: ["reply"], nodes: { answer }, edges: { answer: END } }));
//!! writes a field that the state does not declare"; field: "reply"
defineGraph({ ...small, state: { text: z.string() }, nodes: { answer: inner } });

// Placing a specialist.
//! 'txt' does not exist
use(answer, { read: { txt: "ticket" } });
//! 'rply' does not exist
use(answer, { write: { rply: "out" } });
//! 'txt' does not exist
use(answer, { set: { txt: "hello" } });
//! Type 'number' is not assignable to type 'string'
use(triage, { set: { text: 3 } });

// Targets.
//! Type '"nope"' is not assignable
defineGraph({ ...small, nodes: { answer }, start: "nope" });
//! Type '"nope"' is not assignable
defineGraph({ ...small, nodes: { answer }, start: ["answer", "nope"] });
//! Type '"nope"' is not assignable
defineGraph({ ...small, nodes: { answer }, edges: { answer: "nope" } });
//! Type 'string' is not assignable
defineGraph({ ...small, nodes: { answer }, edges: { answer: [END, "nope"] } });
//! Property 'second' is missing
defineGraph({ ...small, nodes: { answer, second: answer }, edges: { answer: "second" } });
//! 'second' does not exist
defineGraph({ ...small, nodes: { answer }, edges: { answer: END, second: END } });

// Labels.
//! 'zz' does not exist
defineGraph({ ...large, nodes: { answer }, edges: { answer: { by: "topic", to: { zz: END } } } });
//! Type '"nope"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { by: "topic", to: { a: "nope", b: END } } } });
//! Type '"nope"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { by: "topic", to: { a: END }, otherwise: "nope" } } });
//! 'maybe' does not exist
defineGraph({ ...large, nodes: { answer }, edges: { answer: { by: "sure", to: { maybe: END } } } });
//! Type '"topc"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { by: "topc", to: { a: END } } } });
//! Type '"pages"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { by: "pages", to: { a: END } } } });

// Conditions as data.
//! Type 'string' is not assignable to type 'number'
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { count: { gte: "x" } }, to: END }, { otherwise: END }] } });
//! Type '"z"' is not assignable to type
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { topic: "z" }, to: END }, { otherwise: END }] } });
//! Type '"z"' is not assignable to type 'NonNullable<"a" | "b">'
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { topic: { in: ["a", "z"] } }, to: END }, { otherwise: END }] } });
//! 'lt' does not exist
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { text: { lt: 3 } }, to: END }, { otherwise: END }] } });
//! 'lt' does not exist
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { seen: { lt: 3 } }, to: END }, { otherwise: END }] } });
//! 'cuont' does not exist
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { cuont: 3 }, to: END }, { otherwise: END }] } });
//! Type '"nope"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { count: 3 }, to: "nope" }, { otherwise: END }] } });
//! Type '"nope"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { count: 3 }, to: END }, { otherwise: "nope" }] } });

//! Source has 1 element(s) but target requires 2
defineGraph({ ...large, nodes: { answer }, edges: { answer: [{ when: { count: 3 }, to: END }] } });
const first = { when: { count: 3 }, to: END } as const;
//! 'when' does not exist in type 'Otherwise<"answer">'
defineGraph({ ...large, nodes: { answer }, edges: { answer: [first, { when: { count: 4 }, to: END }] } });

// Conditions by name.
//! Type '"nope"' is not assignable to type … Where<Values<{ text: ZodString; reply: ZodString; }>> … "(the graph declares no conditions)"
defineGraph({ ...small, nodes: { answer }, edges: { answer: [{ when: "nope", to: END }, { otherwise: END }] } });
const lasting = { reads: ["text"], test: ({ text }: { text: string }) => text.length > 9 } as const;
//! Type '"nope"' is not assignable to type … Where<Values<{ text: ZodString; reply: ZodString; }>> … "lasting"
defineGraph({ ...small, nodes: { answer }, conditions: { lasting }, edges: { answer: [{ when: "nope", to: END }, { otherwise: END }] } });
//! Type '"nope"' is not assignable
defineGraph({ ...small, nodes: { answer }, conditions: { long: { reads: ["nope"], test: () => true } }, edges: { answer: END } });
//! Property 'txt' does not exist
defineGraph({ ...small, nodes: { answer }, conditions: { long: { reads: ["text"], test: ({ txt }) => txt > 9 } }, edges: { answer: END } });

// Once an item.
//! Type '"text"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { each: "text", as: "page", to: "answer", then: END } } });
//! Type '"pge"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { each: "pages", as: "pge", to: "answer", then: END } } });
//! Type '"nope"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { each: "pages", as: "page", to: "nope", then: END } } });
const once = { each: "pages", as: "page", to: "answer", then: END } as const;
//! 'rply' does not exist
defineGraph({ ...large, nodes: { answer }, edges: { answer: { ...once, collect: { rply: "replies" } } } });
//! Type '"rplies"' is not assignable
defineGraph({ ...large, nodes: { answer }, edges: { answer: { ...once, collect: { reply: "rplies" } } } });
//! Property 'then' is missing
defineGraph({ ...large, nodes: { answer }, edges: { answer: { each: "pages", as: "page", to: "answer" } } });

// Loops.
//! 'nope' does not exist
defineGraph({ ...small, nodes: { answer }, loops: { nope: { max: 1, then: END } } });
//! Type '"nope"' is not assignable
defineGraph({ ...small, nodes: { answer }, loops: { answer: { max: 1, then: "nope" } } });
//! Property 'then' is missing
defineGraph({ ...small, nodes: { answer }, loops: { answer: { max: 1 } } });

// What is right is no mistake.
const empty = { name: "empty", does: "Tells nothing", input: z.object({ text: z.string() }), output: z.object({}), run: () => ({}) };
const silent = specialist(empty);
const alone = specialist({ ...empty, input: z.object({}) });
const loose = specialist({ ...empty, output: z.looseObject({ reply: z.string() }), run: () => ({ reply: "" }) });
defineGraph({ ...small, nodes: { answer: silent } });
defineGraph({ ...small, nodes: { answer: use(silent) } });
defineGraph({ ...small, nodes: { answer: alone } });
defineGraph({ ...small, nodes: { answer: loose } });
const reads = (page: ReturnType<typeof media.page> | ReturnType<typeof media.file>) =>
  specialist({
    name: "reads",
    does: "Reads",
    input: z.object({ page }),
    output: z.object({ text: z.string() }),
    run: () => ({ text: "" }),
  });
defineGraph({ ...small, state: { ...state, page: media.image() }, nodes: { answer: reads(media.page()) } });
defineGraph({ ...small, state: { ...state, page: media.audio() }, nodes: { answer: reads(media.file()) } });
//!! reads a field whose type it does not take"; field: "text"
defineGraph({ ...small, state: { ...state, text: z.number() }, nodes: { answer: silent } });
//!! writes a field that the state does not declare"; field: "reply"
defineGraph({ ...small, state: { text: z.string() }, nodes: { answer: loose } });
const sees = specialist({ ...empty, input: z.object({ page: media.image() }) });
//!! reads a field whose type it does not take"; field: "page"
defineGraph({ ...small, state: { ...state, page: media.page() }, nodes: { answer: sees } });

// Whole inputs of other forms than one object.
const shapes = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("circle"), radius: z.number() }),
  z.object({ kind: z.literal("square"), side: z.number() }),
]);
const draws = specialist({ ...empty, input: shapes });
const kinds = { ...state, kind: z.enum(["circle", "square"]), radius: z.number().optional(), side: z.number().optional() };
defineGraph({ ...small, state: kinds, nodes: { answer: draws } });
//!! reads a field whose type it does not take"; field: "kind"
defineGraph({ ...small, state: { ...kinds, kind: z.string() }, nodes: { answer: draws } });
//!! reads a field that the state does not declare"; field: "kind"
defineGraph({ ...small, nodes: { answer: draws } });
const tallies = specialist({ ...empty, input: z.record(z.enum(["ups", "downs"]), z.number()) });
defineGraph({ ...small, state: { ...state, ups: z.number(), downs: z.number() }, nodes: { answer: tallies } });
//!! reads a field that the state does not declare"; field: "downs"
defineGraph({ ...small, state: { ...state, ups: z.number() }, nodes: { answer: tallies } });

// What a run takes and gives.
//! Type '"rply"' is not assignable
defineGraph({ ...small, nodes: { answer }, output: ["rply"] });
//! Type '"txet"' is not assignable
defineGraph({ ...small, nodes: { answer }, input: ["txet"] });
const app = compile(defineGraph({ ...small, nodes: { answer }, input: ["text"], output: ["reply"] }));
//! Property 'text' is missing
await app.invoke({});
//! 'txet' does not exist
await app.invoke({ text: "", txet: "" });
//! Type 'number' is not assignable to type 'string'
await app.invoke({ text: 3 });
//! Property 'rply' does not exist
(await app.invoke({ text: "" })).rply;

// Specialists.
const card = { name: "s", does: "Answers", input: z.object({ text: z.string() }), output: z.object({ reply: z.string() }) };
//!! { readonly rply: string; }' is not assignable … { readonly reply: string; }
specialist({ ...card, run: ({ text }) => ({ rply: text }) });
//! Property 'reply' is missing in type '{ readonly rply: string; }'
specialist({ ...card, run: async ({ text }) => ({ rply: text }) });
//! Type 'number' is not assignable to type 'string'
specialist({ ...card, run: ({ text }) => ({ reply: text.length }) });
//! Type '"c"' is not assignable to type '"a" | "b"'
specialist({ ...card, output: z.object({ topic: z.enum(["a", "b"]) }), run: () => ({ topic: "c" }) });
//! Property 'txt' does not exist
specialist({ ...card, run: ({ txt }) => ({ reply: txt }) });
//! Property 'txt' does not exist
specialist({ ...card, prompt: ({ txt }) => txt });
//!! Type '() => number' is not assignable to type '(input: { text: string; }) => string
specialist({ ...card, prompt: () => 3 });
//! 'retries' does not exist in type
specialist({ ...card, retries: 3, run: ({ text }) => ({ reply: text }) });
//! 'retries' does not exist in type
specialist({ ...card, retries: 3, prompt: ({ text }) => text });
//! is not assignable to type … is missing in type
specialist(card);
const { does: sentence, ...mute } = card;
//! Property 'does' is missing in type
specialist({ ...mute, run: ({ text }) => ({ reply: text }) });
//! Property 'does' is missing in type
specialist({ ...mute, prompt: ({ text }) => text });
const { output: gives, ...vain } = card;
//! Property 'output' is missing in type
specialist({ ...vain, run: ({ text }) => ({ reply: text }) });
