// Ways in which planners write a right plan: each takes {tasks, output} and gives what was written, as JSON or as text; undefined where
// a plan cannot be written so without losing something.
import { isRef } from "./plain.mjs";

/** A plan with each ref written by `spell(head, path, position)`; positions count from 0, the input's is undefined. */
function respell(plan, spell, shape = (tasks, output) => ({ tasks, output })) {
  const at = new Map(plan.tasks.map(({ id }, i) => [id, i]));
  const value = (said) => {
    if (Array.isArray(said)) return said.map(value);
    if (!isRef(said)) return said;
    const [head, ...path] = said.ref.split(".");
    return spell(head, path.join("."), at.get(head), plan);
  };
  const all = (fields) => Object.fromEntries(Object.entries(fields).map(([name, said]) => [name, value(said)]));
  return shape(
    plan.tasks.map((task) => ({ ...task, args: all(task.args) })),
    all(plan.output),
  );
}

const numbered = (tasks, output) => ({ steps: tasks.map(({ member, args }, i) => ({ id: i + 1, tool: member, arguments: args })), output });
const named = (tasks, output) => ({ steps: tasks.map(({ member, args }, i) => ({ id: `step${i + 1}`, tool: member, args })), output });
const unnamed = (tasks, output) => ({ plan: tasks.map(({ member, args }) => ({ action: member, args })), output });
const input = (path) => `input.${path}`;
const by = (write, shape) => (plan) =>
  respell(plan, (head, path, at) => write(at === undefined ? input(path) : undefined, path, at, head), shape);
const once = (plan) => new Set(plan.tasks.map(({ member }) => member)).size === plan.tasks.length;

const calls = (tasks, output, write) => [
  ...tasks.map(({ id, member, args }, i) => write(member, args, id, i)),
  write("final_answer", output, "last", tasks.length),
];
const dotted = by(
  (given, path, at) => `{{${given ?? `${at + 1}.${path}`}}}`,
  (tasks, output) => [tasks, output],
);

export const spellings = {
  "{{1.loud}}": by((given, path, at) => `{{${given ?? `${at + 1}.${path}`}}}`, numbered),
  "{{step1.loud}}": by((given, path, at) => `{{${given ?? `step${at + 1}.${path}`}}}`, named),
  "{{steps.1.loud}}": by((given, path, at) => `{{${given ?? `steps.${at + 1}.${path}`}}}`, numbered),
  "{{ steps[0].output.loud }}": by((given, path, at) => `{{ ${given ?? `steps[${at}].output.${path}`} }}`, unnamed),
  "{{ shout.loud }}": (plan) =>
    once(plan)
      ? respell(plan, (_head, path, at) => `{{ ${at === undefined ? input(path) : `${plan.tasks[at].member}.${path}`} }}`, unnamed)
      : undefined,
  "$1.loud": by((given, path, at) => `$${given ?? `${at + 1}.${path}`}`, numbered),
  "${1.loud}": by((given, path, at) => `\${${given ?? `${at + 1}.${path}`}}`, unnamed),
  "$t1.loud": by((given, path, _, head) => `$${given ?? `${head}.${path}`}`),
  "$.t1.loud": by((given, path, _, head) => `$.${given ?? `${head}.${path}`}`),
  "$var1.loud$": by((given, path, _, head) => `$${given ?? `${head}.${path}`}$`),
  "#E1.loud": by(
    (given, path, at) => given ?? `#E${at + 1}.${path}`,
    (tasks, output) => ({ steps: tasks.map(({ member, args }, i) => ({ id: `#E${i + 1}`, tool: member, args })), output }),
  ),
  "<t1.loud>": by((given, path, _, head) => `<${given ?? `${head}.${path}`}>`),
  "{from, field}": (plan) => respell(plan, (head, path) => ({ from: head, field: path })),
  "calls of a message": (plan) => {
    const [tasks, output] = dotted(plan);
    return {
      role: "assistant",
      content: null,
      tool_calls: calls(tasks, output, (name, args, _, i) => ({
        id: `call_${i + 1}`,
        type: "function",
        function: { name, arguments: JSON.stringify(args) },
      })),
    };
  },
  "blocks of a message": (plan) => {
    const [tasks, output] = dotted(plan);
    return {
      content: [
        { type: "text", text: "I will." },
        ...calls(tasks, output, (name, args, _, i) => ({ type: "tool_use", id: `toolu_${i + 1}`, name, input: args })),
      ],
    };
  },
  "names and values": (plan) =>
    respell(
      plan,
      (head, path) => `$${head}.${path}`,
      (tasks, output) => ({
        tasks: tasks.map(({ args, ...task }) => ({ ...task, args: Object.entries(args).map(([name, value]) => ({ name, value })) })),
        output,
      }),
    ),
  "prose and a fence": (plan) =>
    `Here is the plan:\n\`\`\`json\n${JSON.stringify(plan, null, 2)}\n\`\`\`\nIt uses ${plan.tasks.length} tools.`,
  "two objects": (plan) =>
    `{"tasks": [{"id": "t1", "member": "draft", "args": {}}], "output": {}}\nThat misses something. Better:\n${JSON.stringify(plan)}`,
  "without its last brackets": (plan) => JSON.stringify(plan).slice(0, -2),
  "marked calls": (plan) => {
    const [tasks, output] = dotted(plan);
    return calls(tasks, output, (name, args) => `<tool_call>\n${JSON.stringify({ name, arguments: args })}\n</tool_call>`).join("\n");
  },
  "[TOOL_CALLS]": (plan) => {
    const [tasks, output] = dotted(plan);
    return `[TOOL_CALLS]${JSON.stringify(calls(tasks, output, (name, args) => ({ name, arguments: args })))}`;
  },
  YAML: (plan) => {
    const write = (value) => (typeof value === "string" && /^[$<][\w.$>]+$/.test(value) ? value : JSON.stringify(value));
    const { tasks, output } = respell(plan, (head, path) => `$${head}.${path}`);
    const fields = (values, lead) => Object.entries(values).map(([name, value]) => `${lead}${JSON.stringify(name)}: ${write(value)}`);
    return [
      "tasks:",
      ...tasks.flatMap(({ id, member, args }) => [
        `  - id: ${id}`,
        `    member: ${JSON.stringify(member)}`,
        Object.keys(args).length ? "    args:" : "    args: {}",
        ...fields(args, "      "),
      ]),
      "output:",
      ...fields(output, "  "),
    ].join("\n");
  },
};
