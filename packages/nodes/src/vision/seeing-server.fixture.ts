import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";

/** An image that came over the wire. */
export interface Seen {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  /** The mean of its pixels: red, green, blue. */
  readonly mean: readonly number[];
  /** The colours of its corners, row by row. */
  readonly corners: readonly string[];
  /** Whether its file tells anything but pixels. */
  readonly bare: boolean;
}

/** A server that speaks OpenAI's language, and sees: it takes images as data URLs in the parts of a user's message, and nothing else. */
export interface SeeingServer {
  readonly url: string;
  /** What was sent: the images of each request, and its text. */
  readonly heard: { readonly images: readonly Seen[]; readonly text: string; readonly body: any }[];
  /** What it answers; by default the colours of the images, `red, blue`. */
  answers: (images: readonly Seen[]) => string;
  close(): Promise<void>;
}

const colours = { red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255], white: [255, 255, 255], black: [0, 0, 0] } as const;

/** The colour that an image is nearest to. */
export function colourOf({ mean }: Pick<Seen, "mean">): string {
  const far = (colour: readonly number[]) => colour.reduce((sum, part, i) => sum + (part - mean[i]!) ** 2, 0);
  return Object.entries(colours).sort(([, a], [, b]) => far(a) - far(b))[0]![0];
}

export async function seeingServer(): Promise<SeeingServer> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += data));
    request.on("end", () => {
      answer(JSON.parse(body)).then(
        (text) => {
          response.writeHead(200, { "content-type": "text/event-stream" });
          for (const word of text.match(/\S+\s*/g) ?? []) response.write(piece({ role: "assistant", content: word }, null));
          response.end(`${piece({}, "stop")}data: [DONE]\n\n`);
        },
        (error) =>
          response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error: { message: error.message } })),
      );
    });
  });
  const self: SeeingServer = {
    url: "",
    heard: [],
    answers: (images) => images.map(colourOf).join(", "),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  async function answer(body: any): Promise<string> {
    const parts = body.messages.flatMap(({ role, content }: any) => {
      if (role !== "user") throw new Error(`a message of ${role}`);
      return typeof content === "string" ? [{ type: "text", text: content }] : content;
    });
    const images: Seen[] = [];
    let text = "";
    for (const part of parts) {
      if (part.type === "text") text += part.text;
      else if (part.type === "image_url") images.push(await seen(part.image_url.url));
      else throw new Error(`a part of ${part.type}`);
    }
    self.heard.push({ images, text, body });
    return self.answers(images);
  }
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return Object.assign(self, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
}

async function seen(url: string): Promise<Seen> {
  const [, type, data] = /^data:image\/(png|jpeg);base64,([A-Za-z0-9+/]+=*)$/.exec(url) ?? [];
  if (!data) throw new Error("an image that is no data URL of PNG or JPEG");
  const image = sharp(Buffer.from(data, "base64"));
  const { format, width, height, exif, icc, orientation } = await image.metadata();
  if (format !== type) throw new Error(`${format} that is called ${type}`);
  const { channels } = await image.stats();
  const pixels = await image.clone().removeAlpha().toColourspace("srgb").raw().toBuffer();
  const corners = [0, width - 1, (height - 1) * width, height * width - 1].map((at) =>
    colourOf({ mean: [...pixels.subarray(3 * at, 3 * at + 3)] }),
  );
  return { format, width, height, corners, mean: channels.map(({ mean }) => mean), bare: !exif && !icc && !orientation };
}

const piece = (delta: object, finish_reason: string | null) =>
  `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
