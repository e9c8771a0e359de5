import { constants } from "node:fs";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable, Writable } from "node:stream";
import type { RequestPermissionRequest, SessionNotification } from "@agentclientprotocol/sdk";
import { type Limits, limitCrossed, TroupeError } from "@troupe/core";
import manifest from "../../package.json" with { type: "json" };
import type { GuardedChild } from "../child/guarded-child.js";
import { type HowEnded, howEnded } from "../child/how-ended.js";
import { needs } from "../peer.js";
import { toolCalls } from "./asked-for.js";
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
export interface Denied {
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
export async function agentSession({ name, child, folder, task, policy, limits, signal, progress }: AgentSession): Promise<Worked> {
  needs("@agentclientprotocol/sdk");
  const { client, methods, ndJsonStream, PROTOCOL_VERSION, RequestError } = await import("@agentclientprotocol/sdk");
  const denied: Denied[] = [];
  let said = "";
  let crossed: ((error: TroupeError) => void) | undefined;
  const tooMuch = new Promise<never>((_, reject) => {
    crossed = reject;
  });
  tooMuch.catch(() => undefined);

  const allows = async (act: AgentAct, paths: readonly string[], otherwise: string): Promise<boolean> => {
    const inside = await Promise.all(paths.map((path) => pathInside(folder, path)));
    if (isAllowed(policy, { act, paths: inside })) return true;
    const what = (paths.join(", ") || otherwise).slice(0, 300);
    if (denied.length < mostDenied) denied.push({ act, what });
    progress(`is not allowed to ${act}: ${what}`);
    return false;
  };
  const held = async (act: "read" | "edit", path: string): Promise<string> => {
    if (await allows(act, [path], path)) return resolve(folder, path);
    throw new RequestError(-32602, `It is not allowed to ${act} ${path}.`);
  };
  const calls = toolCalls();
  const hear = ({ update }: SessionNotification) => {
    calls.hear(update);
    if (update.sessionUpdate === "agent_message_chunk" && update.content.type === "text") {
      said += update.content.text;
      if (said.length > limits.characters) crossed?.(limitCrossed("characters", limits, `What ${name} says in more characters`));
    } else if (update.sessionUpdate === "tool_call") progress(update.title.slice(0, 300));
  };
  const answer = async ({ toolCall, options }: RequestPermissionRequest) => {
    // What came before the question is heard by then: the library hands out messages in turn, yet not in one turn.
    await new Promise((resolve) => setImmediate(resolve));
    const answers: boolean[] = [];
    for (const { act, paths, title } of calls.askedBy(toolCall)) answers.push(await allows(act, paths, title));
    // A yes for always would be the last question.
    const kinds = answers.every(Boolean) ? ["allow_once"] : ["reject_once", "reject_always"];
    const [option] = kinds.flatMap((kind) => options.filter((one) => one.kind === kind));
    return { outcome: option ? ({ outcome: "selected", optionId: option.optionId } as const) : ({ outcome: "cancelled" } as const) };
  };

  const app = client({ name: "troupe" })
    .onRequest(methods.client.session.requestPermission, ({ params }) => answer(params))
    .onRequest(methods.client.fs.readTextFile, async ({ params }) => {
      const path = await held("read", params.path);
      if ((await stat(path)).size > 4 * limits.characters) throw new RequestError(-32602, `${params.path} is too large.`);
      const lines = (await readFile(path, "utf8")).split("\n");
      const from = Math.max(0, (params.line ?? 1) - 1);
      return { content: lines.slice(from, params.limit == null ? undefined : from + params.limit).join("\n") };
    })
    .onRequest(methods.client.fs.writeTextFile, async ({ params }) => {
      const path = await held("edit", params.path);
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0));
      await file.writeFile(params.content).finally(() => file.close());
      return {};
    })
    .onNotification(methods.client.session.update, ({ params }) => hear(params));

  const stream = ndJsonStream(Writable.toWeb(child.stdin), Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>, {
    maxMessageBytes: limits.jsonSize,
  });
  const connection = app.connect(stream);
  const gone = howEnded(child).then((ended): never => {
    throw new Gone(ended);
  });
  gone.catch(() => undefined);
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  const wait = <T>(work: Promise<T>): Promise<T> => Promise.race([work, gone, aborted, tooMuch]);
  const ask = <T>(work: Promise<T>, { code, what, gone: ofGone = { code } }: Trouble): Promise<T> =>
    wait(work).catch(async (cause) => {
      signal.throwIfAborted();
      if (cause instanceof TroupeError) throw cause;
      // What closes the connection may have ended the agent: that says more.
      const ended = await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 200))]).catch((error) => error);
      const happened = cause instanceof Gone ? cause : ended instanceof Gone ? ended : undefined;
      const why =
        happened?.message ?? [Object(cause).message ?? String(cause), Object(Object(cause).data).details].filter(Boolean).join(": ");
      const hint =
        happened?.ended.started === false
          ? "Install it, or check codingAgent({ command })."
          : "Run its command by hand: it may want to be logged in, or told which model to take.";
      throw new TroupeError(happened ? ofGone.code : code, `The agent ${name} ${what}: ${why}`, { hint, text: child.errors(), cause });
    });

  try {
    const capabilities = { fs: { readTextFile: true, writeTextFile: true }, terminal: false };
    const hello = {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: capabilities,
      clientInfo: { name: "troupe", version: manifest.version },
    };
    const begin = connection.agent
      .request(methods.agent.initialize, hello)
      .then(() => connection.agent.request(methods.agent.session.new, { cwd: folder, mcpServers: [] }));
    const { sessionId } = await ask(begin, { code: "AGENT_UNREACHABLE", what: "cannot be spoken with" });
    const prompt = connection.agent.request(methods.agent.session.prompt, { sessionId, prompt: [{ type: "text", text: task }] });
    const { stopReason } = await ask(prompt, { code: "AGENT_FAILED", what: "failed", gone: { code: "AGENT_GONE" } });
    if (stopReason === "refusal" || stopReason === "cancelled") {
      throw new TroupeError("AGENT_FAILED", `The agent ${name} ${stopReason === "refusal" ? "declines the task" : "gave the task up"}`, {
        text: said,
        hint: "Say the task in other words; what it said is in `text`.",
      });
    }
    return { said: said.trim(), finished: stopReason === "end_turn", denied };
  } finally {
    connection.close();
  }
}

/** What it is that went wrong, and where the agent ended. */
interface Trouble {
  readonly code: string;
  readonly what: string;
  readonly gone?: { readonly code: string };
}

/** An agent that ended. */
class Gone extends Error {
  constructor(readonly ended: HowEnded) {
    super(`it ${ended.how}`);
  }
}
