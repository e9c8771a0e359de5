import { TroupeError } from "@troupe/core";
import type { GuardedChild } from "../child/guarded-child.js";
import { type HowEnded, howEnded } from "../child/how-ended.js";
import { unstartedHint } from "../child/unstarted-hint.js";
import { Lost } from "./bounded-fetch.js";

interface Happened {
  /** The server's name. */
  readonly name: string;
  readonly made: { readonly child?: GuardedChild; readonly gone?: true; readonly failed?: Error };
  readonly asking: string;
  /** Whether the request may have reached the server. */
  readonly begun: boolean;
}

/** What the protocol's library threw, as an error with a code. */
export async function connectionError(error: unknown, { name, made, asking, begun }: Happened): Promise<TroupeError> {
  const { code, message = String(error), name: kind } = Object(error) as { code?: number | string; message?: string; name?: string };
  const { child } = made;
  const text = child?.errors();
  const said = { ...(text ? { text } : {}), cause: error };
  if (code === -32001 && /timed out/i.test(message)) {
    return new TroupeError("MCP_TIMEOUT", `The MCP server ${name} did not answer ${asking} in time`, {
      hint: "Give it more time: mcp({ timeout }); progress that it tells begins its time anew.",
      ...said,
    });
  }
  if (!begun || neverLeft(error)) {
    const ended = child && (await soon(howEnded(child)));
    const why = ended ? `it ${ended.how}` : reasonOf(error);
    return new TroupeError("MCP_UNREACHABLE", `The MCP server ${name} cannot be spoken with: ${why}`, {
      hint: hintOf(child, ended),
      ...said,
    });
  }
  const refused = answeredHttp(error);
  if (refused && refused.status >= 400 && refused.status < 500) {
    return new TroupeError("MCP_REFUSED", `The MCP server ${name} refused ${asking}: ${refused.how}`, {
      hint: refusals[refused.status] ?? "What it says tells why; nothing was done.",
      ...said,
    });
  }
  const { data } = Object(error) as { data?: unknown };
  const isAnswer = (kind === "McpError" && !(data instanceof Lost)) || /ZodError$|SyntaxError/.test(kind ?? "") || isUnread(message);
  const tooMuch = made.gone && /a message of more than .* bytes/.exec(made.failed?.message ?? "")?.[0];
  if (made.gone || !isAnswer) {
    const why = tooMuch || (child ? `it ${(await howEnded(child)).how}` : reasonOf(error));
    return new TroupeError("MCP_GONE", `The MCP server ${name} went while it was asked for ${asking}: ${why}`, {
      hint: "What was asked may have been done or not, so it is not sent again. The next request starts or reaches the server anew.",
      ...said,
    });
  }
  if (kind === "McpError") {
    return new TroupeError("MCP_REFUSED", `The MCP server ${name} refused ${asking}: ${message.replace(/^MCP error -?\d+: /, "")}`, {
      hint: "List what it offers anew: it may have changed.",
      ...said,
    });
  }
  return new TroupeError("MCP_ANSWER", `The MCP server ${name} gave no answer to ${asking} as the protocol has them${strange(error)}`, {
    hint: "Take a newer version of the server.",
    ...said,
  });
}

/** Systems' words for a connection that was not made, so that nothing went over it. */
const unmade = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const neverLeft = (error: unknown): boolean => unmade.test(String(Object(Object(error).cause).code));

const refusals: Readonly<Record<number, string>> = {
  401: "Check the headers it wants, mcp({ headers }): a key may have run out.",
  403: "Check the headers it wants, mcp({ headers }): a key may not do all things.",
  404: "Check its address.",
  413: "Give it less at once.",
  429: "Ask it later, or less often.",
};

/** The status that a server answered with, and what it said beside it. */
function answeredHttp(error: unknown): { readonly status: number; readonly how: string } | undefined {
  const { code: status, message = "" } = Object(error) as { code?: unknown; message?: string };
  const [, text] = /Error POSTing to endpoint: (.*)$/s.exec(message) ?? [];
  if (text === undefined || typeof status !== "number") return undefined;
  let told = text;
  try {
    told = String(JSON.parse(text).error.message);
  } catch {
    // What is no error of the protocol's is told as it is.
  }
  return { status, how: `it answered HTTP ${status}${told ? `: ${short(told)}` : ""}` };
}

/** Whether an answer came whose kind nobody can read. */
const isUnread = (message: string): boolean => /Unexpected content type/.test(message);

/** What in an answer is not as it should be, and where. */
function strange(error: unknown): string {
  const { issues, message = "", name } = Object(error) as { issues?: unknown; message?: string; name?: string };
  if (name === "SyntaxError" || isUnread(message)) return `: ${reasonOf(error)}`;
  const [first] = (issues ?? []) as { readonly path: readonly PropertyKey[]; readonly message: string }[];
  return first ? `: at ${first.path.join(".")}, ${first.message}`.slice(0, 300) : "";
}

/** What a child came to, where it does so within a moment. */
const soon = <T>(gone: Promise<T>): Promise<T | undefined> =>
  Promise.race([gone, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 500))]);

function hintOf(child: GuardedChild | undefined, ended: HowEnded | undefined): string {
  if (!child) return "Check its address, and the headers it wants.";
  if (!ended?.unstarted) return "Run its command by hand to see what it says.";
  return unstartedHint(ended.unstarted, "Install it, or check mcp({ command, cwd }).");
}

function reasonOf(error: unknown): string {
  const { message = String(error), cause } = Object(error) as { message?: string; cause?: { message?: string; code?: string } };
  const plain = message.replace(/^(MCP error -?\d+|Streamable HTTP error): /, "");
  return answeredHttp(error)?.how ?? [short(plain), cause?.code ?? cause?.message].filter(Boolean).join(": ");
}

const short = (text: string): string => text.replace(/\s+/g, " ").slice(0, 300);
