// The rooms' arrows (docs/design.md, section 5): each room may import only the rooms listed after it.
const rooms = [
  "testing",
  "interop",
  "run",
  "plan",
  "check",
  "journal",
  "marks",
  "engine",
  "specialist",
  "decision",
  "model",
  "limits",
  "platform",
  "graph",
];
const allowed = {
  graph: [],
  limits: ["platform", "graph"],
  platform: ["graph"],
  model: ["limits", "platform", "graph"],
  decision: ["model", "limits", "platform", "graph"],
  specialist: ["decision", "model", "limits", "platform", "graph"],
  engine: ["decision", "model", "limits", "platform", "graph"],
  marks: ["specialist", "decision", "model", "limits", "platform", "graph"],
  check: ["marks", "engine", "specialist", "decision", "model", "limits", "platform", "graph"],
  journal: ["engine", "specialist", "decision", "model", "limits", "platform", "graph"],
  plan: ["check", "journal", "marks", "engine", "specialist", "decision", "model", "limits", "platform", "graph"],
  testing: [
    "interop",
    "run",
    "plan",
    "check",
    "journal",
    "marks",
    "engine",
    "specialist",
    "decision",
    "model",
    "limits",
    "platform",
    "graph",
  ],
  interop: ["run", "plan", "check", "journal", "marks", "engine", "specialist", "decision", "model", "limits", "platform", "graph"],
  run: ["plan", "check", "journal", "marks", "engine", "specialist", "decision", "model", "limits", "platform", "graph"],
};
const core = "^packages/core/src/";

module.exports = {
  forbidden: [
    ...rooms.map((room) => ({
      name: `${room}-arrows`,
      severity: "error",
      comment: `${room}/ imports only: ${allowed[room].join(", ") || "nothing of Troupe"}`,
      from: { path: `${core}${room}/`, pathNot: "\\.(test|fixture)\\.ts$" },
      to: { path: core, pathNot: `${core}(${[room, ...allowed[room]].join("|")})/` },
    })),
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "core-alone", severity: "error", from: { path: core }, to: { path: "packages/(nodes|cli|weights)/" } },
    {
      name: "weights-are-data",
      severity: "error",
      from: { path: "^packages/weights/src/", pathNot: "\\.test\\.ts$" },
      to: { path: "packages/(core|nodes|cli)/" },
    },
    { name: "nodes-below-cli", severity: "error", from: { path: "^packages/nodes/src/" }, to: { path: "packages/cli/" } },
    {
      name: "langgraph-only-in-interop",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "/interop/" },
      to: { path: "@langchain/langgraph" },
    },
    {
      name: "weight-when-used",
      severity: "error",
      comment:
        "core names third parties as types, or loads them with await import() when first used; zod's few parts are bundled, the rest is small",
      from: { path: core, pathNot: "\\.(test|fixture)\\.ts$" },
      to: {
        path: "node_modules/",
        pathNot: "node_modules/(zod|fastest-levenshtein|dequal|@noble/hashes)/",
        dynamic: false,
        dependencyTypesNot: ["type-only", "type-import"],
      },
    },
    {
      name: "graph-imports-types-only",
      severity: "error",
      comment: "but for schema.ts, which has zod's conversion to JSON Schema for its older versions, which lack it",
      from: { path: `${core}graph/`, pathNot: "(\\.(test|fixture)|graph/schema)\\.ts$" },
      to: { dependencyTypesNot: ["type-only", "local"], pathNot: `${core}graph/` },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Not every dist: third parties are found in theirs, and rules speak of them.
    exclude: { path: "^packages/[^/]+/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { conditionNames: ["import", "types", "default"], exportsFields: ["exports"] },
  },
};
