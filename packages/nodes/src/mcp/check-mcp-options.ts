import { limitsOf, TroupeError } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";

const isAddress = (url: unknown): boolean => URL.canParse(String(url)) && /^https?:$/.test(new URL(String(url)).protocol);

const shape = {
  // What a name may be is told by itself.
  name: z.unknown().optional(),
  readOnly: z.union([z.literal(true), z.array(z.string())]).optional(),
  timeout: z.custom((ms) => typeof ms === "number" && ms > 0, "milliseconds, as in 60_000").optional(),
  limits: z.unknown().optional(),
  command: z.string().min(1).optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string().optional()).optional(),
  cwd: z.string().optional(),
  url: z.custom(isAddress, "an address that begins with http:// or https://").optional(),
  headers: z.record(z.string(), z.string("a text; a variable of the environment may not be set")).optional(),
};

/** Refuses what declares no server, where it is declared and not once it is asked. @throws TroupeError `OPTION_INVALID` */
export function checkMcpOptions(options: unknown): void {
  checkOptions("mcp", options, shape);
  const { command, url, args, env, cwd, headers, limits } = options as Readonly<Record<keyof typeof shape, any>>;
  limitsOf(limits);
  const hint = "A program has command, args, env and cwd; an address has url and headers.";
  const refused = (what: string) => new TroupeError("OPTION_INVALID", what, { hint });
  if ((command === undefined) === (url === undefined))
    throw refused(`mcp has ${url === undefined ? "neither a command nor a url" : "a command and a url"}`);
  const [stray] = Object.entries(url === undefined ? { headers } : { args, env, cwd }).find(([, one]) => one !== undefined) ?? [];
  if (stray !== undefined) throw refused(`mcp.${stray} is nothing to ${url === undefined ? "a program" : "an address"}`);
}
