import { constants } from "node:fs";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable, Writable } from "node:stream";
import type { RequestPermissionRequest, RequestPermissionResponse, SessionNotification } from "@agentclientprotocol/sdk";
import { type Limits, limitCrossed, TroupeError } from "@troupe/core";
import manifest from "../../package.json" with { type: "json" };
import type { GuardedChild } from "../child/guarded-child.js";
import { howEnded } from "../child/how-ended.js";
import { needs } from "../peer.js";
import { agentError, type Trouble } from "./agent-error.js";
import { type AskedFor, type ToolCalls, toolCalls } from "./asked-for.js";
import { pathInside } from "./path-inside.js";
import { type AgentAct, isAllowed, type PermissionRule } from "./permission.js";

export interface AgentSession {
  readonly name: string;
  readonly child: GuardedChild;
  /** The folder it works in: a real path. */
  readonly folder: string;
  readonly task: string;
  readonly policy: readonly PermissionRule[];
  readonly limits: Limits;
  readonly signal: AbortSignal;
  progress(message: string): void;
}

/** What was asked for and not allowed. */
interface Denied {
  readonly act: AgentAct;
  /** The paths, or what the agent calls it. */
  readonly what: string;
}

export interface Worked {
  /** What the agent says. */
  readonly said: string;
  /** Whether it came to its end by itself, and not to a bound of its own. */
  readonly finished: boolean;
  readonly denied: readonly Denied[];
}

/** Refusals that are told; more are no news. */
const mostDenied = 100;

/**
 * Gives an agent one task over the Agent Client Protocol and answers its questions by the policy. Files that it reads and writes through
 * the protocol are held to the policy too.
 * @throws TroupeError `AGENT_UNREACHABLE`, `AGENT_GONE`, `AGENT_FAILED`, `LIMIT_CROSSED`
 */
export async function agentSession(session: AgentSession): Promise<Worked> {
  const { name, child, folder, task, limits, signal, progress } = session;
  needs("@agentclientprotocol/sdk");
  const { client, methods, ndJsonStream, PROTOCOL_VERSION, RequestError } = await import("@agentclientprotocol/sdk");
  const denied: Denied[] = [];
  let said = "";
  // An abort, the agent's own end, or more than the limits allow.
  let stop: (why: unknown) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  stopped.catch(() => undefined);

  const held = async (act: "read" | "edit", path: string): Promise<string> => {
    if (await allows(session, { act, paths: [path], title: path }, denied)) return resolve(folder, path);
    throw new RequestError(-32602, `It is not allowed to ${act} ${path}.`);
  };
  const calls = toolCalls();
  const hear = ({ update }: SessionNotification) => {
    calls.hear(update);
    if (update.sessionUpdate === "agent_message_chunk" && update.content.type === "text") {
      said += update.content.text;
      if (said.length > limits.characters) stop(limitCrossed("characters", limits, `What ${name} says in more characters`));
    } else if (update.sessionUpdate === "tool_call") progress(update.title.slice(0, 300));
  };

  const app = client({ name: "troupe" })
    .onRequest(methods.client.session.requestPermission, ({ params }) => answer(params, calls, (asked) => allows(session, asked, denied)))
    .onRequest(methods.client.fs.readTextFile, async ({ params }) => {
      const path = await held("read", params.path);
      if ((await stat(path)).size > 4 * limits.characters) throw new RequestError(-32602, `${params.path} is too large.`);
      return { content: await linesOf(path, params.line ?? 1, params.limit ?? undefined) };
    })
    .onRequest(methods.client.fs.writeTextFile, async ({ params }) => {
      await write(await held("edit", params.path), params.content);
      return {};
    })
    .onNotification(methods.client.session.update, ({ params }) => hear(params));

  const stream = ndJsonStream(Writable.toWeb(child.stdin), Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>, {
    maxMessageBytes: limits.jsonSize,
  });
  const connection = app.connect(stream);
  howEnded(child).then(({ how }) => stop(new Error(`it ${how}`)), stop);
  if (signal.aborted) stop(signal.reason);
  signal.addEventListener("abort", () => stop(signal.reason), { once: true });
  const ask = <T>(work: Promise<T>, trouble: Trouble): Promise<T> =>
    Promise.race([work, stopped]).catch(async (cause) => {
      signal.throwIfAborted();
      throw cause instanceof TroupeError ? cause : await agentError(cause, session, trouble);
    });

  try {
    const hello = {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: { fs: { readTextFile: true, writeTextFile: true }, terminal: false },
      clientInfo: { name: "troupe", version: manifest.version },
    };
    const begin = connection.agent
      .request(methods.agent.initialize, hello)
      .then(() => connection.agent.request(methods.agent.session.new, { cwd: folder, mcpServers: [] }));
    const { sessionId } = await ask(begin, {
      code: "AGENT_UNREACHABLE",
      what: "cannot be spoken with",
      gone: { code: "AGENT_UNREACHABLE" },
    });
    const prompt = connection.agent.request(methods.agent.session.prompt, { sessionId, prompt: [{ type: "text", text: task }] });
    const { stopReason } = await ask(prompt, { code: "AGENT_FAILED", what: "failed", gone: { code: "AGENT_GONE" } });
    if (stopReason === "refusal" || stopReason === "cancelled") throw givenUp(name, stopReason, said);
    return { said: said.trim(), finished: stopReason === "end_turn", denied };
  } finally {
    connection.close();
  }
}

/** Whether the policy allows it; what it does not is told, and kept in `denied`. */
async function allows({ folder, policy, progress }: AgentSession, { act, paths, title }: AskedFor, denied: Denied[]): Promise<boolean> {
  const inside = await Promise.all(paths.map((path) => pathInside(folder, path)));
  if (isAllowed(policy, { act, paths: inside })) return true;
  const what = (paths.join(", ") || title).slice(0, 300);
  if (denied.length < mostDenied) denied.push({ act, what });
  progress(`is not allowed to ${act}: ${what}`);
  return false;
}

/** The answer to a question: a yes where all that it is about is allowed. */
async function answer(
  { toolCall, options }: RequestPermissionRequest,
  calls: ToolCalls,
  allowed: (asked: AskedFor) => Promise<boolean>,
): Promise<RequestPermissionResponse> {
  // What came before the question is heard by then: the library hands out messages in turn, yet not in one turn.
  await new Promise((resolve) => setImmediate(resolve));
  const answers: boolean[] = [];
  for (const asked of calls.askedBy(toolCall)) answers.push(await allowed(asked));
  // A yes for always would be the last question.
  const kinds = answers.every(Boolean) ? ["allow_once"] : ["reject_once", "reject_always"];
  const [option] = kinds.flatMap((kind) => options.filter((one) => one.kind === kind));
  return { outcome: option ? { outcome: "selected", optionId: option.optionId } : { outcome: "cancelled" } };
}

/** Lines of a file, from the one of this number, which counts from 1. */
async function linesOf(path: string, first: number, count: number | undefined): Promise<string> {
  const lines = (await readFile(path, "utf8")).split("\n");
  const from = Math.max(0, first - 1);
  return lines.slice(from, count === undefined ? undefined : from + count).join("\n");
}

/** Writes a file, in a folder that need not be there yet, and through no link. */
async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0));
  await file.writeFile(content).finally(() => file.close());
}

function givenUp(name: string, stopReason: "refusal" | "cancelled", said: string): TroupeError {
  return new TroupeError("AGENT_FAILED", `The agent ${name} ${stopReason === "refusal" ? "declines the task" : "gave the task up"}`, {
    text: said,
    hint: "Say the task in other words; what it said is in `text`.",
  });
}
