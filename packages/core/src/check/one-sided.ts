import type { Issue } from "../error/issue.js";
import type { GraphData, TestData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import type { JsonSchema } from "../schema/json.js";
import { objectFields } from "../schema/object-fields.js";
import { alternatives } from "../schema/resolve.js";
import { jsonSchemaOf } from "../schema/schema.js";
import { schemaRead } from "./read-schema.js";

/** The least and the greatest number that a field can be. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Comparisons that no value of their field passes, or that every one does since the number lies outside of what the field can be, as a
 * confidence held against `60`: the way that such a rule goes is known before it is asked.
 */
export function oneSided(graph: Graph, data: GraphData): readonly Issue[] {
  return Object.entries(data.edges).flatMap(([node, rule]) =>
    rule.kind !== "when"
      ? []
      : rule.cases.flatMap(({ when }, i) =>
          typeof when === "string"
            ? []
            : Object.entries(when).flatMap(([field, test]): Issue[] => {
                const bounds = boundsOf(graph, data, field);
                const how = bounds && (never(test, bounds) ? "never holds" : always(test, bounds) ? "always holds" : undefined);
                if (!how) return [];
                const names = { field: [field], node: [node] };
                const message = `"${field}" goes from ${bounds.least} to ${bounds.most}, so that this comparison ${how}.`;
                const hint = "Compare it with a number that it can be on either side of.";
                return [{ code: "test-one-sided", path: ["edges", node, i, "when", field], names, message, hint }];
              }),
        ),
  );
}

/** What the state declares, else what all nodes that write the field promise; undefined where it may be any number, or none. */
function boundsOf(graph: Graph, data: GraphData, field: string): Bounds | undefined {
  const schema = schemaRead(data, field);
  const declared = schema && boundsIn(schema);
  if (declared) return declared;
  if (data.state[field]?.reduce !== undefined || data.input.includes(field)) return undefined;
  const written = Object.entries(data.nodes).flatMap(([node, { write }]) =>
    Object.entries(write).flatMap(([output, to]) => (to === field ? [writtenBy(graph, node, output)] : [])),
  );
  return written.length > 0 && written.every((one) => one !== undefined) ? widest(written) : undefined;
}

function writtenBy(graph: Graph, node: string, output: string): Bounds | undefined {
  const specialist = graph.nodes[node]?.specialist;
  const properties = specialist && objectFields(jsonSchemaOf(specialist.output, "output"))?.properties;
  return properties && Object.hasOwn(properties, output) ? boundsIn(properties[output]!) : undefined;
}

function boundsIn(schema: JsonSchema): Bounds | undefined {
  const all = alternatives(schema, schema).map(({ type, minimum, maximum }) =>
    (type === "number" || type === "integer") && typeof minimum === "number" && typeof maximum === "number"
      ? { least: minimum, most: maximum }
      : undefined,
  );
  return all.length > 0 && all.every((one) => one !== undefined) ? widest(all) : undefined;
}

const widest = (all: readonly Bounds[]): Bounds => ({
  least: Math.min(...all.map(({ least }) => least)),
  most: Math.max(...all.map(({ most }) => most)),
});

function never({ lt = Infinity, lte = Infinity, gt = -Infinity, gte = -Infinity }: TestData, { least, most }: Bounds): boolean {
  const apart = Math.max(gt, gte) > Math.min(lt, lte) || (Math.max(gt, gte) === Math.min(lt, lte) && (gt >= gte || lt <= lte));
  return lt <= least || lte < least || gt >= most || gte > most || apart;
}

/** A number at a bound may be meant for all that is there (`gte: 0`); one beyond it is a slip. */
function always({ lt, lte, gt, gte, ...others }: TestData, { least, most }: Bounds): boolean {
  const all = [lt, lte].every((one) => one === undefined || one > most) && [gt, gte].every((one) => one === undefined || one < least);
  return all && [lt, lte, gt, gte].some((one) => one !== undefined) && Object.keys(others).length === 0;
}
