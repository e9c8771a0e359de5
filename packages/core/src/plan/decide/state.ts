import type { JsonSchema } from "../../schema/json.js";
import { alternatives } from "../../schema/resolve.js";
import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";

/** A team as decision models are told of it: who takes and gives what, what is given, asked for and wanted. The same for all questions. */
export function stateOf({ members, given, request, wanted }: Brief): string {
  const parts = [`Specialists:\n${members.map(cardLine).join("\n")}`];
  const all = Object.values(given);
  const rest = [
    ...(all.length ? [`Given: ${all.map(said).join(", ")}`] : []),
    ...(request ? [`Request: ${request}`] : []),
    ...(Object.keys(wanted).length ? [`Wanted: ${Object.values(wanted).map(said).join(", ")}`] : []),
  ];
  return [...parts, rest.join("\n")].join("\n\n");
}

function cardLine({ name, does, takes, gives }: Card): string {
  const args = Object.values(takes).map((slot) => `${slot.name}: ${typeOf(slot.schema)}${slot.description && ` (${slot.description})`}`);
  return `- ${name}(${args.join(", ")}) -> ${Object.values(gives).map(said).join(", ")}. ${does}`;
}

const said = (slot: Slot): string => `${slot.name}: ${typeOf(slot.schema)}${slot.description && ` (${slot.description})`}`;

/** A type in the words that decision models learnt. */
function typeOf(schema: JsonSchema, root: JsonSchema = schema): string {
  const [one = {}] = alternatives(schema, root);
  if (one["x-media"]) return one["x-media"] === "page" ? "pdf" : String(one["x-media"]);
  if (one.enum) return one.enum.join("|");
  switch (one.type) {
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "yes/no";
    case "array":
      return `list of ${typeOf(one.items ?? {}, root)}`;
    case "string":
      return one.format === "date" ? "date" : "text";
    default:
      return "text";
  }
}
