import { type JsonSchema, type Schema, schemaFromJson, TroupeError } from "@troupe/core";

/**
 * What a server's JSON Schema takes, of whatever draft it says to be. One that values cannot be held to here (a format of its own) is told as it is and takes any object:
 * `unheld` says why, and the server holds what it is given.
 */
export function heldSchema({ $schema: _, ...json }: JsonSchema): { readonly schema: Schema; readonly unheld?: string } {
  try {
    return { schema: schemaFromJson(json) };
  } catch (error) {
    if (!(error instanceof TroupeError)) throw error;
    const any = schemaFromJson({ type: "object" });
    const say = () => ({ ...json });
    const told = { ...any["~standard"], jsonSchema: { input: say, output: say } } as Schema["~standard"];
    return { schema: { "~standard": told }, unheld: error.what };
  }
}
