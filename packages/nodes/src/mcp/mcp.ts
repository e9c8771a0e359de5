import { type Issue, type Limits, type Specialist, stoppable, TroupeError } from "@troupe/core";
import type { z } from "zod";
import { checkOptions } from "../check-options.js";
import { signalOption } from "../options.js";
import { checkMcpOptions } from "./check-mcp-options.js";
import { type Ask, type Connection, connection } from "./connection.js";
import { listed } from "./listed.js";
import { prompt, promptCard } from "./prompt.js";
import { anyResource, resource, resourceCard, template, templateCard } from "./resource.js";
import { specialistNames } from "./specialist-names.js";
import { tool, toolCard } from "./tool.js";

interface Head {
  /** Names the server in errors, and begins its specialists' names: letters, digits, `_` and `-`. */
  readonly name: string;
  /** Tools that only read, as you know of them; `true` where all do. Default: none, so that each has `effects`. What a server says of that itself is not believed. */
  readonly readOnly?: true | readonly string[];
  /** Milliseconds for one answer; progress begins them anew. Default: 60,000. */
  readonly timeout?: number;
  /** Bounds one message of the server: `mediaBytes` and `jsonSize`. What a run's limits are, its answers are held to as well. */
  readonly limits?: Partial<Limits>;
}

/** A program spoken with over its pipes. Its environment is `env` and what any program needs to start: no keys of yours. */
export interface McpProgram extends Head {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A server spoken with over HTTP (streamable). */
export interface McpAddress extends Head {
  readonly url: string | URL;
  /** Sent with each request: `{ authorization: `Bearer ${process.env.KEY}` }`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type McpOptions = McpProgram | McpAddress;

/** What a server offers, as specialists under the server's own names. */
export interface McpOffer {
  readonly tools: Readonly<Record<string, Specialist>>;
  readonly prompts: Readonly<Record<string, Specialist>>;
  /** By uri; templates by their own text, with what stands in braces as input. */
  readonly resources: Readonly<Record<string, Specialist>>;
  /** Reads any resource by its `uri`; absent where the server has none. */
  readonly read?: Specialist;
  /** What it lists and cannot be taken, or not be held to. */
  readonly issues: readonly Issue[];
}

/** A server of the Model Context Protocol. Nothing is started or fetched before it is first asked. */
export interface Mcp {
  /** Asks what it offers now; `ABORTED` or `TIMEOUT` once the signal is aborted. Specialists of an earlier offer go on to work. */
  offer(options?: { readonly signal?: AbortSignal }): Promise<McpOffer>;
  /** Ends the connection, and the program that was started. A later request begins anew. */
  close(): Promise<void>;
}

/**
 * Declares a server of the Model Context Protocol, whose tools, prompts and resources are specialists. It is started or reached when it
 * is first asked, ends with this process however that ends, and does not keep it running. Where it went, the next request begins anew;
 * a request that was on its way fails, and is not sent twice.
 *
 * The specialists throw `MCP_UNREACHABLE`, `MCP_GONE`, `MCP_TIMEOUT`, `MCP_REFUSED`, `MCP_ANSWER`, `MCP_TOOL_FAILED` (what a tool says of
 * its failure is in `text`), and what opening media throws. Needs the package `@modelcontextprotocol/sdk`.
 *
 * @throws TroupeError `MCP_INVALID` where the name is none, `OPTION_INVALID` for options that are none, and where neither a program nor an address is given, or both
 * @example
 * const files = mcp({ name: "files", command: "mcp-server-filesystem", args: ["/srv/files"], readOnly: ["read_text_file"] });
 * const { tools } = await files.offer();
 * const desk = team({ name: "desk", does: "…", members: [tools.read_text_file!, summarize], input, output });
 */
export function mcp(options: McpOptions): Mcp {
  checkMcpOptions(options);
  const { name, readOnly = [] } = options;
  if (typeof name !== "string" || !/^[A-Za-z][\w-]*$/.test(name)) {
    throw new TroupeError("MCP_INVALID", `${JSON.stringify(name)} cannot name an MCP server`, { hint: "Take letters, digits, _ and -." });
  }
  const connected = connection(options);
  const offered = async (ask: Ask): Promise<McpOffer> => {
    const named = specialistNames(name);
    const issues: Issue[] = [];
    const all = listOf(name, connected, issues, ask);
    const tools = new Map<string, Specialist>();
    const prompts = new Map<string, Specialist>();
    const resources = new Map<string, Specialist>();
    for (const card of await all("tools", "tools/list", "tools", toolCard)) {
      if (tools.has(card.name)) continue;
      const isReadOnly = readOnly === true || readOnly.includes(card.name);
      const made = tool({ server: name, name: named(card.name), card, readOnly: isReadOnly, connected });
      tools.set(card.name, made.tool);
      issues.push(...made.issues);
    }
    for (const card of await all("prompts", "prompts/list", "prompts", promptCard)) {
      if (prompts.has(card.name)) continue;
      prompts.set(card.name, prompt({ server: name, name: named(card.name), card, connected }));
    }
    for (const card of await all("resources", "resources/list", "resources", resourceCard)) {
      if (resources.has(card.uri)) continue;
      resources.set(card.uri, resource({ server: name, name: named(card.name), connected }, card));
    }
    for (const card of await all("resources", "resources/templates/list", "resourceTemplates", templateCard)) {
      if (resources.has(card.uriTemplate)) continue;
      try {
        resources.set(card.uriTemplate, await template({ server: name, name: named(card.name), connected }, card));
      } catch (error) {
        issues.push(itemInvalid("resourceTemplates", card.name, (error as Error).message));
      }
    }
    const read = (await connected.has("resources", ask)) && {
      read: anyResource({ server: name, name: named("read_resource"), connected }),
    };
    return Object.freeze({
      tools: Object.fromEntries(tools),
      prompts: Object.fromEntries(prompts),
      resources: Object.fromEntries(resources),
      ...read,
      issues,
    });
  };
  return Object.freeze({
    async offer(ask: Ask = {}) {
      checkOptions("offer", ask, { signal: signalOption });
      return stoppable("offer", ask.signal, () => offered(ask));
    },
    close: () => connected.close(),
  });
}

/** Lists what a server has of a kind; items that are not as the protocol has them become issues. */
const listOf =
  (name: string, connected: Connection, issues: Issue[], ask: Ask) =>
  async <C extends z.ZodType>(what: "tools" | "prompts" | "resources", method: string, key: string, card: C): Promise<z.output<C>[]> => {
    if (!(await connected.has(what, ask))) return [];
    const items = await listed(name, connected, method, key, ask);
    return items.flatMap((item, i) => {
      const read = card.safeParse(item);
      if (read.success) return [read.data];
      const of = String(Object(item).name ?? i);
      const why = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
      issues.push(itemInvalid(key, of, why));
      return [];
    });
  };

const itemInvalid = (key: string, of: string, why: string): Issue => ({
  code: "mcp-item-invalid",
  path: [key, of],
  message: `What the server lists here is not as the protocol has it: ${why}.`,
});
