import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import { type Media, TroupeError } from "@troupe/core";

/** What a specialist gave, as a tool's answer: its fields, the same as text, and the bytes of its media; where these lie here is nobody's business. */
export async function answerOf(output: Record<string, unknown>): Promise<CallToolResult> {
  const media: Media[] = [];
  const structuredContent = told(output, media) as Record<string, unknown>;
  const content: ContentBlock[] = [{ type: "text", text: JSON.stringify(structuredContent) }];
  for (const medium of media) content.push(await blockOf(medium));
  return { content, structuredContent };
}

function told(value: unknown, media: Media[]): unknown {
  if (Array.isArray(value)) return value.map((one) => told(one, media));
  if (typeof value !== "object" || value === null) return value;
  const { path, type, hash } = value as Media;
  if (typeof path === "string" && typeof type === "string" && /^sha256:/.test(String(hash))) {
    media.push(value as Media);
    return { ...value, path: basename(path) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, told(one, media)]));
}

async function blockOf({ path, type, hash }: Media): Promise<ContentBlock> {
  const data = (await readFile(path)).toString("base64");
  const kind = /^(image|audio)\//.exec(type)?.[1] as "image" | "audio" | undefined;
  return kind
    ? { type: kind, data, mimeType: type }
    : { type: "resource", resource: { uri: `troupe:${hash}`, mimeType: type, blob: data } };
}

/** What went wrong, as a tool's answer, so that whoever called it can do better. */
export function failureOf(error: unknown): CallToolResult {
  const text = error instanceof TroupeError ? `${error.code}: ${error.message}` : String(Object(error).message ?? error);
  return { content: [{ type: "text", text }], isError: true };
}
