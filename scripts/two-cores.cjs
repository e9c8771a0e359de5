// Tests run as on a machine with two cores, whatever there are, in this process and in those it starts: so that they measure the same
// things everywhere, and the larger weights, which are a default where there are four cores, are never fetched unasked.
const os = require("node:os");
const { syncBuiltinESMExports } = require("node:module");

const cores = Math.min(2, os.availableParallelism());
os.availableParallelism = () => cores;
syncBuiltinESMExports();
