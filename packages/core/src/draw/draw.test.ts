import { expect, test } from "vitest";
import { z } from "zod";
import { report, support } from "../check/graphs.fixture.js";
import { dataOf, defineGraph, END, type GraphData, specialist, team } from "../index.js";
import { draw } from "./draw.js";

test("a graph as Mermaid: rules with what they ask, and where the loop goes after its last round", () => {
  expect(draw(dataOf(support), "mermaid")).toBe(`flowchart TD
  _start(("start"))
  n_triage["triage"]
  n_billing["billing"]
  n_engineer["engineer"]
  n_review["review"]
  n_giant["giant"]
  _end(("end"))
  _start --> n_triage
  n_triage -->|"confidence #60; 0.6, otherwise"| n_giant
  n_triage -->|"topic = billing"| n_billing
  n_triage -->|"topic = bug"| n_engineer
  n_billing --> _end
  n_engineer --> n_review
  n_review -->|"score #60; 0.8"| n_engineer
  n_review -->|"otherwise"| _end
  n_giant --> _end
  n_engineer -.->|"after 3 rounds"| n_giant
`);
});

test("an each, and a graph inside as a group that is entered at its start and left at its end", () => {
  const text = draw(dataOf(report), "mermaid");
  expect(text).toContain('n_split ==>|"each chapters as chapter, 2 at once"| n_work');
  expect(text).toContain('n_work -->|"after all, summary into parts"| n_join');
  expect(text).toContain('subgraph n_desk["desk: support"]');
  expect(text).toContain('n_join -->|"style = short, style = long"| n_desk__start');
  expect(text).toContain("n_desk__end --> _end");
});

const odd: GraphData = {
  ...dataOf(support),
  name: 'a "graph" \\ of',
  nodes: {
    'say "hi" <b>': dataOf(support).nodes.triage!,
    "end of it": dataOf(support).nodes.triage!,
    end_of_it: dataOf(support).nodes.triage!,
  },
  start: ['say "hi" <b>'],
  edges: { 'say "hi" <b>': { kind: "to", to: ["nowhere", "end of it", "end_of_it"] } },
};

test("text is escaped, names that come out alike keep apart, and what does not exist is drawn as unknown", () => {
  const text = draw(odd, "mermaid");
  expect(text).toContain('n_say__hi___b_["say #34;hi#34; #60;b#62;<br/>triage"]');
  expect(text).toContain('n_end_of_it["end of it<br/>triage"]');
  expect(text).toContain('n_end_of_it_2["end_of_it<br/>triage"]');
  expect(text).toContain('n_nowhere{{"nowhere?"}}');
  const dot = draw(odd, "dot");
  expect(dot).toContain('digraph "a \\"graph\\" \\\\ of" {');
  expect(dot).toContain('n_say__hi___b_ [label="say \\"hi\\" <b>\\ntriage", shape=box];');
});

test("a team with its members, which it calls as its plan says", () => {
  const member = (name: string) =>
    specialist({
      name,
      does: "x",
      input: z.object({ ticket: z.string() }),
      output: z.object({ topic: z.string() }),
      run: () => ({ topic: "" }),
    });
  const desk = team({
    name: "desk",
    does: "x",
    planner: "typed",
    members: [member("read <it>"), member("judge")],
    input: z.object({ ticket: z.string() }),
    output: z.object({ topic: z.string() }),
  });
  const graph = defineGraph({
    name: "g",
    state: { ticket: z.string(), topic: z.string() },
    input: ["ticket"],
    output: ["topic"],
    nodes: { front: desk },
    start: "front",
    edges: { front: END },
  });
  const text = draw(dataOf(graph), "mermaid");
  expect(text).toContain('n_front["front<br/>desk"]');
  expect(text).toContain('n_front_m_read__it_("read #60;it#62;")');
  expect(text).toContain('n_front_m_judge("judge")');
  expect(text).toContain("n_front -.- n_front_m_read__it_");
  expect(text).toContain("n_front --> _end");
  const dotted = draw(dataOf(graph), "dot");
  expect(dotted).toContain('n_front_m_judge [label="judge", shape=box, style=rounded];');
  expect(dotted).toContain('n_front -> n_front_m_judge [label="", style=dotted, dir=none];');
});

test("a graph in DOT", () => {
  const text = draw(dataOf(report), "dot");
  expect(text).toContain("subgraph cluster_n_desk {");
  expect(text).toContain('n_desk_n_engineer -> n_desk_n_giant [label="after 3 rounds", style=dashed];');
  expect(text.split("{").length).toBe(text.split("}").length);
});
