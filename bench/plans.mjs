// What planning gets right, a part a kind of data; see bench/README.md for where the public sets come from.
//   node bench/plans.mjs --recorded [FILE] [--gold FILE …] [--damages MODULE]   what planners write: read, repaired, asked about
import { parseArgs } from "node:util";

const { values } = parseArgs({
  strict: false,
  options: {
    recorded: { type: "string" },
    gold: { type: "string", multiple: true },
    damages: { type: "string" },
  },
});

/** A flag without a file takes the small set of this bench. */
const fileOf = (value) => (value === true || value === "" ? undefined : value);

if (values.recorded !== undefined || Object.keys(values).length === 0) {
  const { recorded } = await import("./plans/recorded.mjs");
  await recorded({ ...values, recorded: fileOf(values.recorded) });
}
