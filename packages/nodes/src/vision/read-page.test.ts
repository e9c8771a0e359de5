import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { type Context, type Media, openMedia } from "@troupe/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import facts from "../../../../examples/field-report/inputs/facts.json" with { type: "json" };
import { readPage } from "./read-page.js";

const receipt = fileURLToPath(new URL("../../../../examples/field-report/inputs/receipt.png", import.meta.url));
const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.png`, import.meta.url));
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-read-page-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("readPage", () => {
  it("reads the committed receipt: merchant, date and every amount, each in the row it belongs to", async () => {
    const done: string[] = [];
    const text = await textOf(await openMedia("page", receipt), { worked: (engine: string) => done.push(engine) });
    const { merchant, address, dateAsPrinted, number, items, subtotal, tax, total } = facts.receipt;
    for (const fact of [merchant, address, `Date: ${dateAsPrinted}`, number]) expect(text).toContain(fact);
    for (const { quantity, name, amount } of items) expect(text).toMatch(new RegExp(`^${quantity} x ${name} +${amount}$`, "m"));
    expect(text).toMatch(new RegExp(`^Subtotal +${subtotal}$`, "m"));
    expect(text).toMatch(new RegExp(`^Tax .*${tax}$`, "m"));
    expect(text).toMatch(new RegExp(`^TOTAL .*${total}$`, "m"));
    expect(done).toEqual(["tesseract"]);
  });

  it("reads columns of prose one after the other", async () => {
    const text = await textOf(await openMedia("page", fixture("two-columns")));
    expect(text.replace(/\s+/g, " ")).toContain(
      "There is a small shop on board that sells tea, bread and maps. Dogs are welcome on deck. The island has one road",
    );
  });

  it("reads a page that lies upside down", async () => {
    expect(await textOf(await openMedia("page", fixture("upside-down")))).toMatch(/^The ferry leaves at nine\nin the morning and comes/);
  });

  it("refuses a page that is not legible, rather than tell what it does not say", async () => {
    const page = await openMedia("page", fixture("on-its-side"));
    await expect(textOf(page)).rejects.toMatchObject({
      code: "IMAGE_UNREADABLE",
      what: expect.stringMatching(/not legible \(confidence \d+ of 100/),
    });
  });

  it("gives an empty text for a blank picture", async () => {
    expect(await textOf(await picture("blank.png", png(400, 300)))).toBe("");
    expect(await textOf(await picture("dot.png", png(1, 1)))).toBe("");
  });

  it.each([
    ["cut off", async () => (await readFile(receipt)).subarray(0, 9000)],
    ["only a head", async () => (await readFile(receipt)).subarray(0, 40)],
    ["no picture behind its head", async () => Buffer.concat([png(9, 9).subarray(0, 33), Buffer.alloc(500, 65)])],
    ["of an unknown format", async () => Buffer.from("\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B", "latin1")],
    ["empty", async () => Buffer.alloc(0)],
  ])("refuses a picture that is %s, and the process lives on", async (_, bytes) => {
    const path = join(dir, "broken.png");
    await writeFile(path, await bytes());
    const page = { path, type: "image/png", hash: "sha256:0" };
    await expect(textOf(page)).rejects.toMatchObject({
      code: "IMAGE_UNREADABLE",
      detail: { file: path },
      hint: expect.stringContaining("PNG"),
    });
  });

  it("says that it cannot read a PDF yet", async () => {
    const page = await picture("page.pdf", Buffer.from("%PDF-1.4\n%EOF\n"));
    await expect(textOf(page)).rejects.toMatchObject({ code: "PAGE_TYPE", hint: expect.stringContaining("pictures") });
  });

  it("stops when it is told to, at whatever it is", async () => {
    const page = await openMedia("page", receipt);
    const before = new AbortController();
    before.abort("never");
    await expect(textOf(page, { signal: before.signal })).rejects.toBe("never");
    const starting = new AbortController();
    const reading = textOf(page, { signal: starting.signal });
    starting.abort("at once");
    await expect(reading).rejects.toBe("at once");
    const working = new AbortController();
    await expect(textOf(page, { signal: working.signal, progress: () => working.abort("enough") })).rejects.toBe("enough");
  });
});

async function textOf(page: Media, context: Partial<Context> = {}): Promise<string> {
  const ctx = { signal: new AbortController().signal, progress: () => {}, worked: () => {}, ...context } as Context;
  return (await readPage.run!({ page }, ctx)).text;
}

async function picture(name: string, bytes: Uint8Array): Promise<Media> {
  await writeFile(join(dir, name), bytes);
  return openMedia("page", join(dir, name), { trust: { folders: [dir] } });
}

/** A white picture, 8 bit grey. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 255);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}
