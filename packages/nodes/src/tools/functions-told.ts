import type { FunctionCard } from "./function-card.js";
import { type Parameter, parametersOf } from "./parameter.js";

/** What a chat model is told of the functions, before it reads a request; word for word as the tuned model learnt it. */
export function functionsTold(functions: readonly FunctionCard[]): string {
  return `Choose the functions that fulfil the request and take their arguments from it. Answer with a JSON array of calls, each {"name": ..., "arguments": {...}}; answer [] if no function fits.\n\nFunctions:\n\n${functions.map(told).join("\n\n")}`;
}

function told({ name, description, parameters }: FunctionCard): string {
  const lines = parametersOf(parameters).map((one) => {
    const said = one.description ? `: ${one.description.trim()}` : "";
    return `\n- ${one.name} (${typeOf(one)}${one.optional ? ", optional" : ""})${said}`;
  });
  return `${description ? `${name}: ${description.trim()}` : name}${lines.join("")}`;
}

function typeOf({ type, labels, items, fields, either }: Omit<Parameter, "name" | "optional">): string {
  if (either) return [...new Set(either.map(typeOf))].join(" | ");
  if (type === "array") return items ? `array<${typeOf(items)}>` : "array";
  if (type === "object" && fields?.length)
    return `object{${fields.map((one) => `${one.name}${one.optional ? "?" : ""}: ${typeOf(one)}`).join(", ")}}`;
  return labels?.length ? `${type}: ${labels.map((label) => JSON.stringify(label)).join(" | ")}` : type;
}
