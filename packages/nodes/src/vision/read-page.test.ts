import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { type Context, limitsOf, type Media, openMedia } from "@troupe/core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import facts from "../../../../examples/field-report/inputs/facts.json" with { type: "json" };
import { readPage } from "./read-page.js";

const receipt = fileURLToPath(new URL("../../../../examples/field-report/inputs/receipt.png", import.meta.url));
const file = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
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

  it("reads the amounts of the same receipt in light on dark", async () => {
    const bytes = await sharp(await readFile(receipt))
      .negate({ alpha: false })
      .png()
      .toBuffer();
    const text = await textOf(await picture("dark.png", bytes));
    const { items, subtotal, tax, total } = facts.receipt;
    for (const amount of [...items.map((item) => item.amount), subtotal, tax, total]) expect(text).toMatch(new RegExp(` ${amount}$`, "m"));
  });

  it("reads a roll that is longer than Tesseract takes", async () => {
    const line = await sharp(file("letters-of-12.png")).resize({ width: 600 }).flatten({ background: "#fff" }).png().toBuffer();
    const roll = sharp({ create: { width: 620, height: 34_000, channels: 3, background: "#fff" } }).composite([
      { input: line, left: 10, top: 100 },
    ]);
    const wide = sharp({ create: { width: 40_000, height: 200, channels: 3, background: "#fff" } });
    expect(await textOf(await picture("roll.png", await roll.png().toBuffer()))).toContain("Dogs are welcome on deck");
    expect(await textOf(await picture("wide.png", await wide.png().toBuffer()))).toBe("");
  });

  it("reads columns of prose one after the other", async () => {
    const text = await textOf(await openMedia("page", file("two-columns.png")));
    expect(text.replace(/\s+/g, " ")).toContain(
      "There is a small shop on board that sells tea, bread and maps. Dogs are welcome on deck. The island has one road",
    );
  });

  it("reads a page that lies upside down", async () => {
    expect(await textOf(await openMedia("page", file("upside-down.png")))).toMatch(/^The ferry leaves at nine\nin the morning and comes/);
  });

  it.each([0, 180])("reads a page that lies on its side, turned by %i degrees, rather than tell what it does not say", async (degrees) => {
    const bytes = await sharp(file("on-its-side.png")).rotate(degrees).toBuffer();
    expect(await textOf(await picture(`side-${degrees}.png`, bytes))).toMatch(/^The ferry leaves at nine\nin the morning and comes/);
  });

  it.each([90, 270])("reads a single line that stands, turned by %i degrees", async (degrees) => {
    const line = sharp(file("letters-of-12.png")).flatten({ background: "#fff" }).trim();
    const { data, info } = await line.toBuffer({ resolveWithObject: true });
    const first = await sharp(data)
      .extract({ left: 0, top: 0, width: info.width, height: Math.floor(info.height / 3) })
      .resize({ width: info.width * 3 })
      .extend({ top: 40, bottom: 40, left: 40, right: 40, background: "#fff" })
      .toBuffer();
    const bytes = await sharp(first).rotate(degrees).png().toBuffer();
    expect(await textOf(await picture(`line-${degrees}.png`, bytes))).toBe("The ferry leaves at nine");
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

  it.each(["three-pages-deflate.tif", "three-pages-jpeg.tif", "three-pages-group4.tif", "three-pages.pdf", "scan.pdf"])(
    "reads every page of %s",
    async (name) => {
      const seen: string[] = [];
      const text = await textOf(await openMedia("page", file(name)), { progress: (what: string) => seen.push(what) });
      expect(text).toBe("The ferry leaves at nine\n\nDogs are welcome on deck\n\nBring water and a hat");
      expect(new Set(seen)).toEqual(new Set(["reads page 1 of 3", "reads page 2 of 3", "reads page 3 of 3"]));
    },
  );

  it.each(["letter.bmp", "colours.bmp", "letter.webp", "turned.jpg", "clear.png", "half-blank.pdf"])("reads %s", async (name) => {
    expect(await textOf(await openMedia("page", file(name)))).toBe("The ferry leaves at nine");
  });

  it.each([12, 24, 40, 72])("reads capitals of %s points, whose bowls are no boxes", async (size) => {
    const lines = ["Page number 1", "Bill to Peter", "DEPOT BOARD"];
    for (const font of ["Helvetica", "Helvetica-Bold", "Times-Roman"])
      expect(await textOf(await picture("capitals.pdf", pdf(font, size, lines)))).toBe(lines.join("\n"));
  });

  it("reads what a form was filled in with", async () => {
    expect(await textOf(await openMedia("page", file("form.pdf")))).toBe("Name of the passenger\nDana Ortiz");
  });

  it("reads what stands in boxes and between the lines of a table, each row a line", async () => {
    const text = await textOf(await openMedia("page", file("table.png")));
    expect(text.split("\n").filter(Boolean)).toEqual(["Hill Hall Timetable", "Item Count Price", "Filter 2 45.00", "Gauge 1 120.50"]);
  });

  it.each([9, 12])("reads letters of %i pixels, scaled up", async (size) => {
    expect(await textOf(await openMedia("page", file(`letters-of-${size}.png`)))).toBe(
      "The ferry leaves at nine\nDogs are welcome on deck\nBring water and a hat",
    );
  });

  it.each([4, 6])("refuses letters of %i pixels, rather than give an empty page", async (size) => {
    const page = await openMedia("page", file(`letters-of-${size}.png`));
    await expect(textOf(page)).rejects.toMatchObject({ code: "IMAGE_UNREADABLE", what: expect.stringContaining("not legible") });
  });

  it("tells paper with a shadow and dust on it, which is blank, from a picture without a letter, which is not", async () => {
    expect(await textOf(await openMedia("page", file("paper.jpg")))).toBe("");
    await expect(
      textOf(
        await picture(
          "checks.png",
          png(200, 200, (x, y) => ((x >> 3) ^ (y >> 3)) & 1),
        ),
      ),
    ).rejects.toMatchObject({
      code: "IMAGE_UNREADABLE",
      what: expect.stringContaining("not legible"),
    });
  });

  it("says which page of several cannot be read", async () => {
    const bytes = await readFile(file("three-pages-deflate.tif"));
    // Into the second page's data.
    const page = await picture("half.tif", bytes.fill(7, bytes.length / 2 - 200, bytes.length / 2 + 200));
    await expect(textOf(page)).rejects.toMatchObject({ code: "IMAGE_UNREADABLE", what: expect.stringMatching(/Page \d of 3/) });
  });

  it.each([
    ["locked.pdf", /password/i],
    ["moving.gif", /3 pictures/],
  ])("refuses %s and says why", async (name, why) => {
    await expect(textOf(await openMedia("page", file(name)))).rejects.toMatchObject({
      code: "IMAGE_UNREADABLE",
      what: expect.stringMatching(why),
      hint: expect.any(String),
    });
  });

  it.each([
    ["no more than its head", () => Buffer.from("%PDF-1.4\n%EOF\n")],
    ["cut off", async () => (await readFile(file("three-pages.pdf"))).subarray(0, 900)],
  ])("refuses a PDF that is %s", async (_, bytes) => {
    await expect(textOf(await picture("page.pdf", await bytes()))).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
  });

  it.each([
    ["png", async () => headed(png(9, 9), 4, 16, 20)],
    ["bmp", async () => headed(await readFile(file("letter.bmp")), -4, 18, 22)],
    [
      "jpeg",
      async () => {
        const bytes = await readFile(file("turned.jpg"));
        const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
        return headed(bytes, 2, at + 5, at + 7);
      },
    ],
  ])("refuses a picture of 30,000 squared by its head (%s), should it come here", async (type, bytes) => {
    const path = join(dir, "vast");
    await writeFile(path, await bytes());
    await expect(textOf({ path, type: `image/${type}`, hash: "sha256:0" })).rejects.toMatchObject({
      code: "LIMIT_CROSSED",
      what: expect.stringMatching(/900,000,000 pixels crosses limits\.pixels/),
      detail: { file: path },
    });
  });

  it("holds pages and their number to the limits", async () => {
    const read = (name: string, limits: object) => openMedia("page", file(name)).then((page) => textOf(page, { limits: limitsOf(limits) }));
    for (const name of ["three-pages.pdf", "three-pages-deflate.tif"])
      await expect(read(name, { pages: 2 })).rejects.toMatchObject({
        code: "LIMIT_CROSSED",
        what: expect.stringMatching(/3 pages crosses limits\.pages/),
      });
    await expect(read("huge.pdf", {})).rejects.toMatchObject({ code: "LIMIT_CROSSED", what: expect.stringContaining("limits.pixels") });
    await expect(read("three-pages.pdf", { cpuMs: 1 })).rejects.toMatchObject({
      code: "LIMIT_CROSSED",
      what: expect.stringContaining("limits.cpuMs"),
    });
    expect(await read("three-pages.pdf", { pixels: 2_000_000 })).toContain("The ferry leaves");
  });

  it.each([receipt, file("three-pages.pdf")])("stops when it is told to, at whatever it is (%s)", async (path) => {
    const page = await openMedia("page", path);
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
  const ctx = { signal: new AbortController().signal, limits: limitsOf(), progress: () => {}, worked: () => {}, ...context } as Context;
  return (await readPage.run!({ page }, ctx)).text;
}

async function picture(name: string, bytes: Uint8Array): Promise<Media> {
  await writeFile(join(dir, name), bytes);
  return openMedia("page", join(dir, name), { trust: { folders: [dir] } });
}

/** A picture whose head was changed to say 30,000 at the places where its size is, in so many bytes; negative for little endian. */
function headed(bytes: Buffer, width: number, ...places: readonly number[]): Buffer {
  for (const at of places) {
    if (width < 0) bytes.writeUIntLE(30_000, at, -width);
    else bytes.writeUIntBE(30_000, at, width);
  }
  if (bytes[0] === 0x89) bytes.writeUInt32BE(crc(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** A picture, 8 bit grey; black where `ink` says so. */
function png(width: number, height: number, ink: (x: number, y: number) => unknown = () => false): Buffer {
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
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = 0;
    for (let x = 0; x < width; x++) if (ink(x, y)) rows[y * (width + 1) + 1 + x] = 0;
  }
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

/** A page of lines. */
function pdf(font: string, size: number, lines: readonly string[]): Buffer {
  const said = `BT /F ${size} Tf ${1.5 * size} TL 40 ${2 * size * lines.length} Td ${lines.map((line) => `(${line}) Tj T*`).join(" ")} ET`;
  const page = `/MediaBox [0 0 ${80 + 9 * size} ${2 * size * (lines.length + 1)}] /Contents 4 0 R`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R ${page} /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /${font} >> >> >> >>`,
    `<< /Length ${said.length} >>\nstream\n${said}\nendstream`,
  ];
  const body = objects.map((one, i) => `${i + 1} 0 obj\n${one}\nendobj\n`).join("");
  return Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R >>\n%%EOF\n`);
}
