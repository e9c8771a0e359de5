import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import { type Media, type MediaKind, type MediaSource, mediaSchemaOf, openAll, type Schema, TroupeError } from "@troupe/core";
import { withoutPaths } from "./without-paths.js";

/**
 * What a specialist gave, as a tool's answer: its fields, the same as text, and the bytes of its media; where these lie here is nobody's
 * business. `schema` is the specialist's own: media are what the run found and opened by it within its trust, and nothing that looks so.
 */
export async function answerOf(schema: Schema, output: Record<string, unknown>): Promise<CallToolResult> {
  const media: Media[] = [];
  const told = async (_: MediaKind, opened: MediaSource): Promise<Media> => {
    media.push(opened as Media);
    return { ...(opened as Media), path: basename((opened as Media).path) };
  };
  const withMedia = mediaSchemaOf(schema);
  const structuredContent = (withMedia ? await openAll(withMedia, output, told) : output) as Record<string, unknown>;
  const content: ContentBlock[] = [{ type: "text", text: JSON.stringify(structuredContent) }];
  for (const medium of media) content.push(await blockOf(medium));
  return { content, structuredContent };
}

async function blockOf({ path, type, hash }: Media): Promise<ContentBlock> {
  const data = (await readFile(path)).toString("base64");
  const kind = /^(image|audio)\//.exec(type)?.[1] as "image" | "audio" | undefined;
  return kind
    ? { type: kind, data, mimeType: type }
    : { type: "resource", resource: { uri: `troupe:${hash}`, mimeType: type, blob: data } };
}

/**
 * What went wrong, as a tool's answer, so that whoever called it can do better: an error of Troupe's or a specialist's with what to do, any
 * other in one line. Where things lie on this machine is told in neither.
 */
export function failureOf(error: unknown): CallToolResult {
  const text =
    error instanceof TroupeError ? `${error.code}: ${error.message}` : String(Object(error).message ?? error).replace(/\n.*/s, "");
  return { content: [{ type: "text", text: withoutPaths(text) }], isError: true };
}
