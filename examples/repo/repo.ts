import { fileURLToPath } from "node:url";
import { defineGraph, END, type Specialist, specialist, team, use } from "@troupe/core";
import { type CodingAgentOptions, codingAgent, staysInside, testRunner } from "@troupe/nodes";
import { z } from "zod";

/** What the agent is asked to do: the task, and what the tests said of its last try. */
const brief = specialist({
  name: "brief",
  does: "Writes down what is to be done",
  input: z.object({ task: z.string(), report: z.string().optional() }),
  output: z.object({ brief: z.string() }),
  run: ({ task, report }) => ({
    brief: report === undefined ? task : `${task}\n\nYour changes so far are there. The tests fail:\n\n${report}`,
  }),
});

/** The tests say what is right: the agent may read them, and not change them. */
const coder = (agent: Pick<CodingAgentOptions, "command" | "args" | "env">): Specialist =>
  codingAgent({
    ...agent,
    name: "coder",
    policy: [{ answer: "deny", acts: ["edit", "delete", "move"], in: ["test", "package.json"] }, ...staysInside],
  });

const tester = testRunner({ name: "tester", command: "npm", args: ["test"] });

/** A planner has the agent change the repository and the tester try it, three times at the most. */
export const repo = (agent: Pick<CodingAgentOptions, "command" | "args" | "env">) => {
  const desk = team({
    name: "desk",
    does: "Changes a repository as a task says, and runs its tests with the changes",
    planner: "planner",
    members: [coder(agent), tester],
    input: z.object({ task: z.string(), repository: z.string(), begun: z.string().optional() }),
    output: z.object({ diff: z.string(), said: z.string(), passed: z.boolean(), report: z.string() }),
    settle: { "coder.diff": "input.begun", "tester.diff": "coder.diff", "tester.repository": "input.repository" },
  });
  return defineGraph({
    name: "repo",
    does: "Mends a repository until its tests pass",
    state: {
      task: z.string(),
      repository: z.string(),
      brief: z.string(),
      diff: z.string(),
      said: z.string(),
      passed: z.boolean(),
      report: z.string(),
    },
    input: ["task", "repository"],
    output: ["diff", "said", "passed"],
    nodes: { brief, desk: use(desk, { read: { task: "brief", begun: "diff" } }) },
    loops: { brief: { max: 3, then: END } },
    start: "brief",
    edges: { brief: "desk", desk: [{ when: { passed: true }, to: END }, { otherwise: "brief" }] },
  });
};

const scripted = fileURLToPath(new URL("scripted-agent.js", import.meta.url));
const [command = "node", ...args] = process.env.CODING_AGENT?.match(/\S+/g) ?? ["node", scripted];

export default repo({ command, args });
