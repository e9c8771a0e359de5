import { TroupeError } from "../error/error.js";
import { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import { validate } from "../schema/schema.js";
import type { Post } from "./drive.js";
import { asError } from "./failure.js";
import { heard } from "./heard.js";
import type { Ready } from "./ready.js";

/** Holds what a run's fields come to against the output's schema, and tells the machine. */
export function checkResult({ graph, gives }: Pick<Ready, "graph" | "gives">, post: Post, output: object): void {
  heard(
    () => validate(gives, output),
    (checked) => {
      if (!("problems" in checked)) return post({ kind: "result", output: checked.value as Json });
      const what = `The run ended without a valid result: ${checked.problems.join("; ")}`;
      const hint = "Let every way to the end write the graph's output fields; `check` names the ways that do not.";
      post({ kind: "result", error: new TroupeError("RESULT_INVALID", what, { graph: graph.name, hint }) });
    },
    (thrown) => post({ kind: "result", error: asError(thrown, Path.run, graph.name) }),
  );
}
