import type { SessionUpdate, ToolCallUpdate } from "@agentclientprotocol/sdk";
import { type AgentAct, agentActs } from "./permission.js";

/** One thing that a question is about. */
export interface AskedFor {
  readonly act: AgentAct;
  /** Where it says that it acts, and where its changes would go; as the agent writes them. */
  readonly paths: readonly string[];
  readonly title: string;
}

/** Tool calls that an agent announced, and what its questions are about. */
export interface ToolCalls {
  hear(update: SessionUpdate): void;
  /**
   * What a question is about: its tool call, with what was said of that one before. A question that says nothing of its own (OpenHands
   * confirms what it is about to do so) is about all calls that were announced since the last one and are not done.
   */
  askedBy(question: ToolCallUpdate): readonly AskedFor[];
}

export function toolCalls(): ToolCalls {
  const open = new Map<string, ToolCallUpdate>();
  const merged = (update: ToolCallUpdate): ToolCallUpdate => {
    const said = Object.entries(update).filter(([, value]) => value !== undefined && value !== null);
    return { ...open.get(update.toolCallId), ...(Object.fromEntries(said) as unknown as ToolCallUpdate) };
  };
  return {
    hear(update) {
      if (update.sessionUpdate !== "tool_call" && update.sessionUpdate !== "tool_call_update") return;
      if (update.status === "completed" || update.status === "failed") open.delete(update.toolCallId);
      else open.set(update.toolCallId, merged(update));
    },
    askedBy(question) {
      const own = askedFor(merged(question));
      const saysNothing = !open.has(question.toolCallId) && own.act === "other" && own.paths.length === 0;
      const announced = [...open.values()];
      open.clear();
      return saysNothing && announced.length ? announced.map(askedFor) : [own];
    },
  };
}

function askedFor({ kind, locations, content, title }: ToolCallUpdate): AskedFor {
  const changed = (content ?? []).flatMap((one) => (one.type === "diff" ? [one.path] : []));
  const act = agentActs.find((one) => one === kind) ?? "other";
  return { act, paths: [...new Set([...(locations ?? []).map(({ path }) => path), ...changed])], title: title ?? act };
}
