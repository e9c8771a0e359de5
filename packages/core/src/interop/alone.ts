import type { CompileOptions, RunOptions } from "../host/run-options.js";
import type { Labels } from "../schema/label.js";
import type { Specialist } from "../specialist/specialist.js";
import { appOf } from "./app-of.js";

/** What runs a specialist by itself. */
export type Alone = (input: object, options?: Partial<RunOptions>) => Promise<Record<string, unknown>>;

/** A specialist as a run of its own inside LangChain or LangGraph, whose own words pass through it. */
export function alone(work: Specialist, options: CompileOptions, labels: Labels = {}): Alone {
  const app = appOf(work, options, labels);
  return async (input, config) => {
    const request: Record<string, unknown> = {};
    const named: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(input)) {
      if (Object.hasOwn(labels, field)) named[`given_${field}`] = value;
      else request[field] = value;
    }
    return (await app.invoke({ ...named, request }, config)).answer;
  };
}
