import { type Bindable, TroupeError } from "@troupe/core";
import type { Config } from "./config.js";

/** Model names by role, as the journal's first record keeps them. */
export type ModelNames = Readonly<Record<string, string>>;

/**
 * The models that somebody named, by role: in flags, else in the configuration. Weights too small to write plans decide what is open.
 * Throws where a name can stand for no model: most are asked late, or never.
 */
export async function namedModels(names: ModelNames, { models = {} }: Config): Promise<Readonly<Record<string, Bindable>>> {
  if (Object.keys({ ...models, ...names }).length === 0) return {};
  const { checkName, decisions, embeddings, model } = await import("@troupe/nodes");
  const { writesPlans } = await import("@troupe/core");
  const bound = (role: string, name: string) => {
    const kind = role === "embeddings" || role === "decisions" ? role : "chat";
    // Weights that were tuned to decide are asked what is open, as those are that are too small to write.
    const decides = role === "planner" && /^llamacpp:.*\+decisions$/s.test(name);
    checkName(name, decides ? "decisions" : kind);
    if (decides || kind === "decisions") return decisions(name);
    if (kind === "embeddings") return embeddings(name);
    const chat = model(name);
    const writes = role !== "planner" || !name.startsWith("llamacpp:") || (chat.card.memory !== undefined && writesPlans(chat));
    return writes ? chat : decisions(name);
  };
  const named = Object.entries({ ...models, ...names }).map(([role, one]) => {
    if (typeof one !== "string") return [role, one] as const;
    try {
      return [role, bound(role, one)] as const;
    } catch (error) {
      if (!(error instanceof TroupeError)) throw error;
      throw error.placed({ at: `${Object.hasOwn(names, role) ? flagOf(role) : `models.${role} of the configuration`}, ${one}` });
    }
  });
  return Object.fromEntries(named);
}

/** The flag that binds a role. */
function flagOf(role: string): string {
  if (role === "default") return "--model";
  return ["planner", "embeddings", "decisions"].includes(role) ? `--${role}` : `--bind ${role}`;
}
