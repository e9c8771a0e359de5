import { type Context, type Media, type MediaKind, media, openMedia } from "@troupe/core";
import { z } from "zod";

/** Node decodes whatever it is given, so that what is no base64 would come out as other bytes. */
const base64 = z.string().regex(/^[\w+/\s-]*[=\s]*$/, "it is no base64");

/** A resource as answers hold it: a text or bytes. */
export const resourcePart = z.union([z.object({ uri: z.string(), text: z.string() }), z.object({ uri: z.string(), blob: base64 })], {
  error: "it is neither text nor base64",
});

/** What servers put into answers: a text, a picture, a sound, a resource whole, or where one is. */
export const contentBlock = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.literal("text"), text: z.string() }),
    z.object({ type: z.literal("image"), data: base64 }),
    z.object({ type: z.literal("audio"), data: base64 }),
    z.object({ type: z.literal("resource"), resource: resourcePart }),
    z.object({ type: z.literal("resource_link"), uri: z.string(), name: z.string(), description: z.string().optional() }),
  ],
  { error: ({ input }) => `${JSON.stringify(Object(input).type)} is no kind of content` },
);

export type ContentBlock = z.output<typeof contentBlock>;

const link = z.object({ uri: z.string(), name: z.string(), description: z.string().optional() });

/** What a server's answer holds, by kind. */
export const contentFields = {
  text: z.string().describe("All texts of the answer"),
  images: z.array(media.image()).describe("Pictures in the answer"),
  audio: z.array(media.audio()).describe("Sounds in the answer"),
  files: z.array(media.file()).describe("Other files in the answer"),
  links: z.array(link).describe("Resources that the answer names, to be read by their uri"),
};

export type Contents = z.output<z.ZodObject<typeof contentFields>>;

/**
 * Blocks by kind, texts joined by line ends, bytes opened as media.
 * @throws TroupeError those of `openMedia`, where a picture is none or a limit is crossed
 */
export async function contents(blocks: readonly ContentBlock[], ctx: Context): Promise<Contents> {
  const texts: string[] = [];
  const found: Record<"images" | "audio" | "files", Media[]> = { images: [], audio: [], files: [] };
  const links: Contents["links"] = [];
  const opened = <K extends MediaKind>(kind: K, base64: string) => openMedia(kind, Buffer.from(base64, "base64"), ctx);
  for (const block of blocks) {
    if (block.type === "text") texts.push(block.text);
    else if (block.type === "image") found.images.push(await opened("image", block.data));
    else if (block.type === "audio") found.audio.push(await opened("audio", block.data));
    else if (block.type === "resource_link")
      links.push({ uri: block.uri, name: block.name, ...(block.description === undefined ? {} : { description: block.description }) });
    else if ("text" in block.resource) texts.push(block.resource.text);
    else {
      const file = await opened("file", block.resource.blob);
      const place = file.type.startsWith("image/") ? "images" : file.type.startsWith("audio/") ? "audio" : "files";
      found[place].push(file);
    }
  }
  return { text: texts.join("\n"), ...found, links };
}
