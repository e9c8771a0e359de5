import { TroupeError } from "@troupe/core";
import type { GuardedChild } from "../child/guarded-child.js";
import { type HowEnded, howEnded } from "../child/how-ended.js";

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
  if (!begun) {
    const ended = child && (await soon(howEnded(child)));
    const why = ended ? `it ${ended.how}` : reasonOf(error);
    return new TroupeError("MCP_UNREACHABLE", `The MCP server ${name} cannot be spoken with: ${why}`, {
      hint: hintOf(child, ended),
      ...said,
    });
  }
  const tooMuch = /a message of more than .* bytes/.exec(`${message} ${made.failed?.message ?? ""}`)?.[0];
  const isAnswer = kind === "McpError" || /ZodError$/.test(kind ?? "");
  if (made.gone || !isAnswer || tooMuch) {
    const why = tooMuch ?? (child ? `it ${(await howEnded(child)).how}` : reasonOf(error));
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

/** What in an answer is not as it should be, and where. */
function strange(error: unknown): string {
  const [first] = (Object(error).issues ?? []) as { readonly path: readonly PropertyKey[]; readonly message: string }[];
  return first ? `: at ${first.path.join(".")}, ${first.message}`.slice(0, 300) : "";
}

/** What a child came to, where it does so within a moment. */
const soon = <T>(gone: Promise<T>): Promise<T | undefined> =>
  Promise.race([gone, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 500))]);

function hintOf(child: GuardedChild | undefined, ended: HowEnded | undefined): string {
  if (!child) return "Check its address, and the headers it wants.";
  return ended?.started === false ? "Install it, or check mcp({ command, cwd })." : "Run its command by hand to see what it says.";
}

function reasonOf(error: unknown): string {
  const { message = String(error), cause } = Object(error) as { message?: string; cause?: { message?: string; code?: string } };
  return [message.replace(/\s+/g, " ").slice(0, 300), cause?.code ?? cause?.message].filter(Boolean).join(": ");
}
