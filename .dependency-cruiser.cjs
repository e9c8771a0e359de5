// The rooms' arrows (docs/design.md, section 5): what each room may import, the lowest first.
const allowed = {
  error: "",
  schema: "error",
  graph: "schema error",
  path: "",
  platform: "error",
  limits: "platform error",
  media: "limits platform schema error",
  model: "limits schema error",
  decision: "model platform schema error",
  specialist: "decision model limits graph schema error",
  engine: "model path graph schema error",
  marks: "specialist model graph schema error",
  check: "marks engine specialist model platform graph schema error",
  draw: "graph schema error",
  file: "check specialist media limits graph schema error",
  journal: "engine media platform graph error",
  plan: "file check marks specialist model media graph schema error",
  host: "plan check journal marks engine specialist decision model media limits platform path graph schema error",
  interop: "host marks engine specialist model platform path graph schema error",
  testing: "interop host check engine journal specialist model graph schema error",
};
const rooms = Object.keys(allowed);
const core = "^packages/core/src/";

module.exports = {
  forbidden: [
    ...rooms.map((room) => ({
      name: `${room}-arrows`,
      severity: "error",
      comment: `${room}/ imports only: ${allowed[room] || "nothing of Troupe"}`,
      from: { path: `${core}${room}/`, pathNot: "\\.(test|fixture)\\.ts$" },
      to: { path: core, pathNot: `${core}(${[room, ...allowed[room].split(" ")].join("|")})/` },
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
      comment: "of third parties; what a schema needs of zod, to say older versions of it as JSON Schema, stands in schema/",
      from: { path: `${core}graph/`, pathNot: "\\.(test|fixture)\\.ts$" },
      to: { dependencyTypesNot: ["type-only", "local"], pathNot: `${core}(graph|schema|error)/` },
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
