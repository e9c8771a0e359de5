import { TroupeError } from "../error/error.js";
import { Path } from "../path/path.js";
import { after } from "../schema/after.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import type { Validated } from "../schema/schema.js";
import type { Post } from "./drive.js";
import { asError } from "./failure.js";
import { heard } from "./heard.js";
import { heldResult } from "./held-result.js";
import type { Ready } from "./ready.js";

/** Holds what a run's fields come to against the output's schema, and tells the machine. */
export function checkResult(
  { graph, takes, gives }: Pick<Ready, "graph" | "takes" | "gives">,
  post: Post,
  input: Json | undefined,
  output: Readonly<Record<string, unknown>>,
): void {
  const refuse = (problems: readonly string[], hint: string): never => {
    throw new TroupeError("RESULT_INVALID", `The run ended without a valid result: ${problems.join("; ")}`, { graph: graph.name, hint });
  };
  const held = (checked: Validated): Json => {
    if ("problems" in checked)
      return refuse(checked.problems, "Let every way to the end write the graph's output fields; `check` names the ways that do not.");
    // A schema may have made something of what is kept that is not.
    return plainJson(checked.value, (what, path) =>
      refuse([`${path.join(".")}: ${what} cannot be kept in a journal`], "Let the state's schemas give plain JSON."),
    );
  };
  heard(
    () => after(heldResult(graph, takes, gives, Object(input), output), held),
    (output) => post({ kind: "result", output }),
    (thrown) => post({ kind: "result", error: thrown instanceof TroupeError ? thrown : asError(thrown, Path.run, graph.name) }),
  );
}
