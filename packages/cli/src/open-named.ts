import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { asSpecialist, type Graph, jsonSchemaOf, type Limits, openAll, openMedia } from "@troupe/core";

/**
 * A run's input, the files of some of its fields opened: whoever names a file, in a flag or in a program, trusts it, wherever it lies.
 * Addresses are left to the run, which keeps what it fetches.
 * @throws TroupeError one of `openMedia`
 */
export async function openNamed(
  graph: Graph,
  input: object,
  names: readonly string[] = Object.keys(input),
  limits: Partial<Limits> = {},
): Promise<object> {
  const named = Object.fromEntries(Object.entries(input).filter(([name]) => names.includes(name)));
  const opened = await openAll(jsonSchemaOf(asSpecialist(graph).input, "input"), named, async (kind, source) => {
    const path = pathOf(source);
    return path === undefined ? source : openMedia(kind, path, { limits, trust: { folders: [path] } });
  });
  return { ...input, ...(opened as object) };
}

function pathOf(source: unknown): string | undefined {
  const text = source instanceof URL || typeof source === "string" ? String(source) : undefined;
  if (text === undefined || text === "" || /^(?!file:)[a-z][a-z0-9+.-]+:\/\/|^data:/i.test(text)) return undefined;
  try {
    return /^file:/i.test(text) ? fileURLToPath(text) : resolve(text);
  } catch {
    return undefined;
  }
}
