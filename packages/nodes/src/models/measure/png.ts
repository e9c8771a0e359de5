import { crc32, deflateSync } from "node:zlib";

const side = 224;

/** A square picture of one colour, as a data URL of a PNG (https://www.w3.org/TR/png-3/): one palette entry, a byte a pixel. */
export function plainPicture(colour: readonly [number, number, number]): string {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(side * (side + 1)));
  const parts = [chunk("IHDR", head), chunk("PLTE", Buffer.from(colour)), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))];
  const file = Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts]);
  return `data:image/png;base64,${file.toString("base64")}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
