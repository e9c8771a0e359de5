import { availableParallelism } from "node:os";
import { pull } from "@troupe/nodes";
import { getLlama, LlamaChatSession, resolveChatWrapper } from "node-llama-cpp";

const system = `Choose the functions that fulfil the request and take their arguments from it. Answer with a JSON array of calls, each {"name": ..., "arguments": {...}}; answer [] if no function fits.`;

/**
 * A model of the catalogue asked through node-llama-cpp alone: functions as JSON in the system prompt, its chat template, greedy, under its
 * own grammar of a list of calls, in which an optional argument may be left out.
 */
export async function askedAlone(name, wanted) {
  if (!wanted) return undefined;
  const { path } = await pull(name);
  const llama = await getLlama({ gpu: false, logLevel: "error" });
  const model = await llama.loadModel({ modelPath: path });
  const context = await model.createContext({ contextSize: 6144, threads: Math.max(1, availableParallelism() - 1) });
  const sequence = context.getSequence();
  return async (request, functions) => {
    const grammar = await llama.createGrammar({ grammar: grammarOf(functions) });
    const told = functions.map((one) => JSON.stringify(one)).join("\n");
    const session = new LlamaChatSession({
      contextSequence: sequence,
      chatWrapper: resolveChatWrapper(model),
      systemPrompt: `${system}\n\nFunctions:\n${told}`,
      autoDisposeSequence: false,
    });
    try {
      const text = await session.prompt(request, { grammar, temperature: 0, maxTokens: 400 });
      return { calls: whole(text) ?? [], missing: [] };
    } finally {
      session.dispose({ disposeSequence: false });
      await sequence.clearHistory();
    }
  };
}

/** What a text says as JSON; nothing where it was cut at its bound. */
function whole(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A grammar of a list of calls. */
function grammarOf(functions) {
  const rules = [];
  const rule = (body) => {
    rules.push(`r${rules.length} ::= ${body}`);
    return `r${rules.length - 1}`;
  };
  const text = (value) => JSON.stringify(JSON.stringify(value));
  const ruleOf = ({ type, enum: labels, items, properties, required }) => {
    if (labels?.length && type !== "array") return rule(labels.map(text).join(" | "));
    if (properties) return rule(`"{" ${membersOf(properties, required)} "}"`);
    if (type === "array") {
      const item = items ? ruleOf(items) : "value";
      return rule(`"[" (${item} ("," ${item}){0,30})? "]"`);
    }
    return { string: "string", integer: "integer", number: "number", boolean: "boolean", object: "object" }[type] ?? "value";
  };
  /** Members in their order; optional ones may be left out. */
  const membersOf = (properties, required = []) => {
    let [first, next] = ['""', '""'];
    for (const [name, one] of Object.entries(properties).reverse()) {
      const member = `${JSON.stringify(`${JSON.stringify(name)}:`)} ${ruleOf(one)}`;
      const optional = !required.includes(name);
      [first, next] = [
        rule(`${member} ${next}${optional ? ` | ${first}` : ""}`),
        rule(`"," ${member} ${next}${optional ? ` | ${next}` : ""}`),
      ];
    }
    return first;
  };
  const calls = functions.map(({ name, parameters: { properties = {}, required } }) =>
    rule(`${JSON.stringify(`{"name":${JSON.stringify(name)},"arguments":{`)} ${membersOf(properties, required)} "}}"`),
  );
  const call = rule(calls.join(" | "));
  return `root ::= "[]" | "[" ${call} ("," ${call}){0,9} "]"
${rules.join("\n")}
string ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" ["\\\\/bfnrt])* "\\""
integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
number ::= integer ("." [0-9]{1,10})?
boolean ::= "true" | "false"
value ::= string | number | boolean | "null"
object ::= "{" (string ":" value ("," string ":" value)*)? "}"
`;
}
