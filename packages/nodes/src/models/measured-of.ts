import { catalogue, type Weights } from "./catalogue.js";

/** What weights known by name were measured on, by a model's id; nothing of others. */
export function measuredOf(id: string): Pick<Weights, "decides" | "sharpness"> {
  const name = id.replace(/^llamacpp:/, "");
  return (Object.hasOwn(catalogue, name) ? catalogue[name] : undefined) ?? {};
}
