// Plans that models wrote for TaskBench's requests: {id, domain, model, request, plan: {task_nodes: [{task, arguments}], task_links}, flaws},
// with the tools of each domain in taskbench-DOMAIN-catalogue.jsonl beside the file: {id, desc, input-type, output-type}.
import { dirname, join } from "node:path";
import { lines, slot } from "./cases.mjs";

const schemaOf = (type) => (/^(text|url)$/i.test(type) ? { type: "string" } : { type: "object", "x-media": type.toLowerCase() });
const slots = (types) =>
  Object.fromEntries(
    types.map((type, i) => {
      const earlier = types.slice(0, i).filter((one) => one === type).length;
      const name = `${type.toLowerCase()}${earlier ? earlier + 1 : ""}`;
      return [name, slot(name, schemaOf(type))];
    }),
  );

const kinds = { jpg: "image", jpeg: "image", png: "image", wav: "audio", mp3: "audio", mp4: "video", avi: "video", mov: "video" };
const filesIn = (text) => [...new Set(text.match(/\b[\w-]+\.(?:jpe?g|png|wav|mp3|mp4|avi|mov)\b/gi) ?? [])];
const inputOf = (file) => file.replace(/\W/g, "_");

/** The steps whose answer no other step takes: what the plan was made to give. */
const sinksOf = ({ task_nodes: nodes }) =>
  nodes
    .map((node, i) => ({ ...node, i }))
    .filter(({ i }) => !nodes.some((node, j) => j !== i && JSON.stringify(node.arguments ?? []).includes(`<node-${i}>`)));

/**
 * Each record with its brief, what was written (the output added as refs to the last steps, since these plans have none), and, where
 * nothing is wrong with it, the plan in Troupe's words.
 */
export function recordedPlans(path, own) {
  const records = own ?? lines(path);
  const plans = records.filter(({ plan }) => plan);
  const tools = new Map();
  const toolsOf = (domain) => {
    if (!tools.has(domain)) {
      const found = own
        ? records.filter((one) => one.domain === domain && one.desc)
        : lines(join(dirname(path), `taskbench-${domain}-catalogue.jsonl`));
      const gives = (tool) => slots(tool["output-type"].length ? tool["output-type"] : ["text"]);
      tools.set(
        domain,
        found.map((tool) => ({ name: tool.id, does: tool.desc, takes: slots(tool["input-type"]), gives: gives(tool), effects: false })),
      );
    }
    return tools.get(domain);
  };
  return plans.map(({ id, domain, request, plan, flaws = [] }) => {
    const members = toolsOf(domain);
    const given = Object.fromEntries(
      filesIn(request).map((file) => [inputOf(file), slot(inputOf(file), schemaOf(kinds[file.split(".").at(-1).toLowerCase()]))]),
    );
    given.request = slot("request", { type: "string" });
    const sinks = sinksOf(plan);
    const wanted = sinks.map(({ task, i }) => {
      const card = members.find(({ name }) => name === task);
      return [`result${i}`, slot(`result${i}`, card ? Object.values(card.gives)[0].schema : {})];
    });
    const brief = { request, members, given, wanted: Object.fromEntries(wanted), spare: Object.keys(given), shown: {} };
    const written = { ...plan, output: Object.fromEntries(sinks.map(({ i }) => [`result${i}`, `<node-${i}>`])) };
    return { id, brief, written, gold: flaws.length === 0 ? draftOf(plan, request, members, sinks) : undefined };
  });
}

/** A flawless plan in Troupe's words: positions become the arguments of that type, in their order; `<node-2>` a ref, a file an input. */
function draftOf(plan, request, members, sinks) {
  const cardOf = (i) => members.find(({ name }) => name === plan.task_nodes[i].task);
  const fieldOf = (i) => Object.keys(cardOf(i).gives)[0];
  const known = new Set(filesIn(request));
  const value = (said) => {
    const node = /^<node-(\d+)>$/.exec(String(said));
    if (node) return { ref: `n${node[1]}.${fieldOf(Number(node[1]))}` };
    return known.has(said) ? { ref: `input.${inputOf(said)}` } : said;
  };
  const typeOf = (said) => {
    const node = /^<node-(\d+)>$/.exec(String(said));
    const schema = node
      ? cardOf(Number(node[1])).gives[fieldOf(Number(node[1]))].schema
      : schemaOf(kinds[String(said).split(".").at(-1).toLowerCase()] ?? "text");
    return schema["x-media"] ?? "text";
  };
  if (plan.task_nodes.some((_, i) => !cardOf(i))) return undefined;
  const tasks = plan.task_nodes.map(({ task, arguments: given = [] }, i) => {
    const args = {};
    for (const said of given) {
      const free = Object.values(cardOf(i).takes).find(
        ({ name, schema }) => !(name in args) && (schema["x-media"] ?? "text") === typeOf(said),
      );
      if (free) args[free.name] = value(said);
    }
    return { id: `n${i}`, member: task, args, given: given.length };
  });
  if (tasks.some(({ args, given }) => Object.keys(args).length < given)) return undefined;
  return {
    tasks: tasks.map(({ id, member, args }) => ({ id, member, args })),
    output: Object.fromEntries(sinks.map(({ i }) => [`result${i}`, { ref: `n${i}.${fieldOf(i)}` }])),
  };
}
