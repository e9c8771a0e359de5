import type { AIMessageChunk } from "@langchain/core/messages";
import { dequal } from "dequal";
import { doubledIn } from "../schema/doubled-in.js";
import { lostInJson } from "../schema/lost-in-json.js";
import { isClosed } from "./is-closed.js";
import { mended } from "./mended.js";
import { parseJson } from "./parse-json.js";
import type { ToolCall } from "./tool-call.js";

/**
 * The calls of a whole message; those whose arguments cannot be read come last, without any. LangChain closes what a call leaves open, so
 * what was not closed is half of one, and so is the last one of an answer that was cut. Where a server gives no ids, which LangChain cannot
 * read, they have some that no earlier message has.
 */
export async function callsOf(message: AIMessageChunk, isCut: boolean, before: number): Promise<readonly ToolCall[]> {
  const { tool_calls = [], invalid_tool_calls = [], tool_call_chunks = [] } = message;
  const idOf = (id: string | undefined, i: number) => id || `call-${before}-${i + 1}`;
  const count = tool_calls.length;
  const cut = isCut ? count + invalid_tool_calls.length - 1 : -1;
  const isWhole = (id: string | undefined) => tool_call_chunks.every((one) => one.id !== id || isClosed(one.args ?? ""));
  // Some servers, and some models, write the text of the arguments as a text again.
  const held = (given: unknown): Pick<ToolCall, "arguments"> => {
    const value = typeof given === "string" ? parseJson(given) : given;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { arguments: value as object & ToolCall["arguments"] }
      : {};
  };
  /**
   * As the model wrote them, where LangChain has rounded a number away, or made one of half a one (`-` is 0); nothing where they say one
   * thing twice, and otherwise.
   */
  const exact = async (id: string | undefined, args: unknown) => {
    const own = tool_call_chunks.filter((one) => one.id === id);
    // Some servers give all calls one id.
    const written = (own.length > 1 ? own.find((one) => dequal(asLangChain(one.args), args)) : own[0])?.args ?? "";
    if (doubledIn(written) !== undefined) return undefined;
    const isBroken = written.trim() !== "" && parseJson(written) === undefined;
    if (isBroken) return parseJson((await mended(written, { closed: true, unread: new Set() })) ?? "");
    return (lostInJson(written, "number") && parseJson(written)) || args;
  };
  const read = (args: string | undefined, i: number) => (i === cut ? {} : held(parseJson(args ?? "")));
  const called = tool_calls.map(async ({ id, name, args }, i) => ({
    ...{ id: idOf(id, i), name },
    ...(i === cut || !isWhole(id) ? {} : held(await exact(id, args))),
  }));
  return [
    ...(await Promise.all(called)),
    ...invalid_tool_calls.map(({ id, name = "", args }, i) => ({ id: idOf(id, count + i), name, ...read(args, count + i) })),
  ];
}

/** Arguments as LangChain reads them where they are whole. */
function asLangChain(args = ""): unknown {
  try {
    return JSON.parse(args);
  } catch {
    return undefined;
  }
}
