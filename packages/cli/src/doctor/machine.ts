import { availableParallelism, totalmem } from "node:os";
import { freeMemory } from "@troupe/nodes";
import { size } from "../show/amounts.js";
import type { Finding } from "./finding.js";

/** What the default weights and their working memory need, with room for speech. */
const enough = 1_500_000_000;

export function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const found = `${process.version} on ${process.platform} ${process.arch}`;
  return major > 20 || (major === 20 && minor >= 19)
    ? { name: "Node", status: "ok", found }
    : { name: "Node", status: "missing", found, hint: "Install Node 20.19 or later." };
}

export const cores = (): Finding => {
  const count = availableParallelism();
  const found = `${count}${count < 4 ? "; the smallest default model is taken, larger ones want 4" : ""}`;
  return { name: "Cores", status: "ok", found };
};

export function memory(): Finding {
  const free = freeMemory();
  const found = `${size(free)} free of ${size(totalmem())}`;
  if (free >= enough) return { name: "Memory", status: "ok", found };
  return {
    name: "Memory",
    status: "missing",
    found,
    hint: `The embedded models want ${size(enough)}: free some, or let models run elsewhere with --model and --embeddings.`,
  };
}
