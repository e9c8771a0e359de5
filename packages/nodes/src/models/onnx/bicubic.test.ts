import fc from "fast-check";
import { expect, it } from "vitest";
import { breather } from "../../breather.js";
import { bicubic } from "./bicubic.js";

// That its bytes are Pillow's is held in parity.test.ts.
const side = fc.integer({ min: 1, max: 60 });

it("leaves a plain picture plain, whatever its size and the new one", () =>
  fc.assert(
    fc.asyncProperty(side, side, side, side, fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), async (width, height, to, down, colour) => {
      const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!);
      const made = await bicubic({ width, height, data }, to, down, breather());
      expect([made.width, made.height, made.data.length]).toEqual([to, down, to * down * 3]);
      expect(made.data.every((byte, i) => byte === colour[i % 3])).toBe(true);
    }),
  ));

it("is mirrored when its picture is", () =>
  fc.assert(
    fc.asyncProperty(side, side, fc.infiniteStream(fc.nat(255)), async (width, to, bytes) => {
      const data = Uint8Array.from({ length: width * 3 }, () => bytes.next().value);
      const mirrored = (row: Uint8Array) => row.map((_, i) => row[(row.length / 3 - 1 - Math.floor(i / 3)) * 3 + (i % 3)]!);
      const there = await bicubic({ width, height: 1, data }, to, 1, breather());
      const back = await bicubic({ width, height: 1, data: mirrored(data) }, to, 1, breather());
      // Halves round up on both sides.
      expect(back.data.every((byte, i) => Math.abs(byte - mirrored(there.data)[i]!) <= 1)).toBe(true);
    }),
  ));

it("lends its thread to others while a large picture shrinks, and stops where it is aborted", async () => {
  const picture = { width: 3000, height: 2000, data: new Uint8Array(3000 * 2000 * 3) };
  let others = 0;
  const timer = setInterval(() => others++, 1);
  await bicubic(picture, 384, 384, breather());
  clearInterval(timer);
  expect(others).toBeGreaterThan(1);
  const abort = new AbortController();
  const stopped = bicubic(picture, 384, 384, breather(abort.signal));
  setImmediate(() => abort.abort(new Error("enough")));
  await expect(stopped).rejects.toThrow("enough");
});
