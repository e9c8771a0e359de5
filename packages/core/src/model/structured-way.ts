import type { JsonSchema } from "../schema/json.js";
import type { ChatModel, ModelCard } from "./model.js";

/** Shapes that are remembered of one model; the oldest makes room. */
const most = 64;
/** How much must speak against a way before it is passed over: one plain refusal, or two failures that may have had other grounds. */
const enough = 2;

const known = new WeakMap<ChatModel, Map<string, number>>();

/** How to hold a model to a schema. */
export interface StructuredWay {
  readonly structured: ModelCard["structured"];
  /** Hears that the model took the schema, or its server refused it, or failed, or the model wrote prose, where it had one (`surely` false). */
  note(refused: { readonly surely: boolean } | undefined): void;
}

/** As the model's card says, unless schemas of this shape did not hold it before. Kept as long as the model is. */
export function structuredWay(model: ChatModel, schema: JsonSchema): StructuredWay {
  const shape = shapeOf(schema);
  const against = known.get(model)?.get(shape) ?? 0;
  return {
    structured: against >= enough ? "none" : model.card.structured,
    note: (refused) => {
      const shapes = known.get(model) ?? new Map<string, number>();
      shapes.delete(shape);
      if (!refused) return;
      shapes.set(shape, against + (refused.surely ? enough : 1));
      if (shapes.size > most) shapes.delete(shapes.keys().next().value!);
      known.set(model, shapes);
    },
  };
}

/** A schema without what is only said of it: no server refuses that. */
function shapeOf(schema: JsonSchema): string {
  return JSON.stringify(schema, (_, value) => {
    if (typeof value !== "object" || value === null || typeof value.description !== "string") return value;
    const { description: _said, ...shape } = value;
    return shape;
  });
}
