// Reads journals one after the other, their paths a line each, and prints a line of JSON for each. Something that ends the process is
// noticed by what is missing.
import { createInterface } from "node:readline";
import { readAll } from "./read-all.mjs";

const runsOf = JSON.parse(process.argv[2]);
for await (const file of createInterface({ input: process.stdin }))
  console.log(JSON.stringify({ file, pieces: await readAll(file, runsOf) }));
