import type { State } from "@langchain/core/decisions";
import { BaseMessage } from "@langchain/core/messages";
import { type Json, TroupeError } from "@troupe/core";

const roles: Readonly<Record<string, string>> = { human: "user", ai: "assistant" };
const roleOf = (message: BaseMessage): string => roles[message.getType()] ?? message.getType();

/** A state as JSON: messages as their role and content, media as they are. */
export function plain(state: State): Json {
  if (BaseMessage.isInstance(state)) return { role: roleOf(state), content: plain(state.content as State) };
  if (Array.isArray(state)) return state.map((one) => plain(one as State));
  if (typeof state !== "object" || state === null) return state;
  return Object.fromEntries(Object.entries(state).map(([key, one]) => [key, plain(one as State)]));
}

/** A state as text: a text itself, messages and fields a line each. Throws MODALITY_UNSUPPORTED for media in it. */
export function told(state: State): string {
  if (typeof state === "string") return state;
  if (BaseMessage.isInstance(state)) return `${roleOf(state)}: ${said(state)}`;
  if (Array.isArray(state)) return state.map((one) => told(one as State)).join("\n");
  if (typeof state !== "object" || state === null) return JSON.stringify(state);
  return Object.entries(state)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => `${key}: ${typeof one === "string" ? one : JSON.stringify(plain(one as State))}`)
    .join("\n");
}

/** A state as its own head says (`Specialists: …`), or else as a text: what tuned weights were shown. */
export function stated(state: State): string {
  const text = told(state);
  return typeof state === "string" && !/^\p{Lu}[\p{L} ]{0,30}:\s/u.test(text) ? `Text: ${text}` : text;
}

function said({ content }: BaseMessage): string {
  if (typeof content === "string") return content;
  return content
    .map((block) => {
      if (block.type === "text") return String(block.text ?? "");
      throw new TroupeError(
        "MODALITY_UNSUPPORTED",
        `This decision model takes text, and the state holds a part of the type ${block.type}`,
        {
          hint: "Take a decision model that sees pictures, or read it first: readPage, transcribe.",
        },
      );
    })
    .join("\n");
}
