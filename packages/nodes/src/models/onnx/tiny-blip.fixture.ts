import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll } from "vitest";
import { pythonEnvironment } from "../../python/environment.js";
import { pythonFile } from "../../python/python-file.js";
import { blipToOnnx } from "../pull/convert-blip.js";
import { runScript } from "../pull/run-script.js";

const script = fileURLToPath(new URL("fixtures/tiny_blip.py", import.meta.url));

/** Widths and heights of the pictures: they shrink, stay, grow, and do both. */
const sizes = [
  [97, 61],
  [48, 48],
  [30, 20],
  [200, 150],
  [48, 300],
  [640, 31],
] as const;

/** Up and down again, from 0 to 255. */
const wave = (n: number) => Math.abs((n % 510) - 255);

/** Pictures by a formula of whole numbers: waves across, the later ones finer and less even. */
export const pictures = sizes.map(([width, height], i) => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        data[at++] = wave(x * (3 + i * 5 + c * 2) + y * (7 - i + c) + Math.floor((x * y) / (9 + i * 4 + c)) * i * 3);
  return { width, height, data };
});

export const png = ({ width, height, data }: { width: number; height: number; data: Uint8Array }): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();

/** A tiny BLIP as the hub has the real one, and as our exporter writes it. Both folders are made once, and go with the tests of a file. */
export function tinyBlip(seed = 7): { readonly folder: string; readonly onnx: string } {
  const made = { folder: "", onnx: "" };
  beforeAll(async () => {
    made.folder = await mkdtemp(join(tmpdir(), "troupe-blip-"));
    made.onnx = join(made.folder, "onnx");
    const python = await pythonEnvironment("onnx", readFileSync(pythonFile("blip_to_onnx.requirements.txt"), "utf8"));
    await runScript(python, [pythonFile("watched.py"), script, made.folder, String(seed)], undefined);
    await blipToOnnx(made.folder, made.onnx, undefined);
  }, 300_000);
  afterAll(() => rm(made.folder, { recursive: true, force: true }));
  return made;
}
