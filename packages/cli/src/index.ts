export type { Outcome } from "./carry-out.js";
export type { Config } from "./config.js";
export { type RunGraphOptions, runGraph } from "./run-graph.js";
