import { execFile } from "node:child_process";
import { readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { pythonEnvironment } from "../../python/environment.js";
import { pythonFile } from "../../python/python-file.js";
import { catalogue } from "../catalogue.js";
import { model } from "../model.js";
import { pictures, png, tinyBlip } from "../onnx/tiny-blip.fixture.js";
import { sha256 } from "../sha256.js";
import { readKept } from "./kept.js";
import { ownCache } from "./own-cache.fixture.js";
import { pull } from "./pull.js";

vi.mock("../../python/environment.js", async (original) => {
  const { pythonEnvironment } = await original<typeof import("../../python/environment.js")>();
  // Made once, in the user's own cache.
  let made: Promise<string> | undefined;
  return {
    pythonEnvironment: (...asked: Parameters<typeof pythonEnvironment>) => {
      made ??= pythonEnvironment(...asked);
      return made;
    },
  };
});

const name = "blip-image-captioning-base";
const parts = ["pytorch_model.bin", "config.json", "vocab.txt"];
const tiny = tinyBlip();
let cache: string;
ownCache((own) => ({ cache } = own));
const real = catalogue[name]!;

let hub: Server;
const heard: string[] = [];
/** The catalogue, with the tiny model's bytes for the real one's. */
const known: Record<string, { bytes: number; sha256: string }> = {};
let python: string;
beforeAll(async () => {
  python = await pythonEnvironment("onnx", await readFile(pythonFile("blip_to_onnx.requirements.txt"), "utf8"));
  for (const part of parts) {
    const path = join(tiny.folder, part);
    known[part] = { bytes: (await stat(path)).size, sha256: await sha256(path) };
  }
  Object.assign(catalogue, { [name]: { ...real, parts: known } });
  hub = createServer(async (request, response) => {
    heard.push(request.url!);
    response.end(await readFile(join(tiny.folder, request.url!.split("/").at(-1)!)));
  });
  await new Promise<void>((done) => hub.listen(0, "127.0.0.1", done));
});
afterAll(() => {
  Object.assign(catalogue, { [name]: real });
  hub.close();
});

it("fetches BLIP of its pinned revision, holds it to its bytes, and keeps it as graphs that are held to what was made", async () => {
  vi.stubEnv("HF_HUB_OFFLINE", "");
  vi.stubEnv("HF_ENDPOINT", `http://127.0.0.1:${(hub.address() as AddressInfo).port}`);
  const { path, source } = await pull(name);
  expect(source).toBe("hub");
  const at = "/Salesforce/blip-image-captioning-base/resolve/82a37760796d32b1411fe092ab5d4e227313294b";
  expect(heard).toEqual(parts.map((part) => `${at}/${part}`));
  expect((await readdir(path)).sort()).toEqual(["captioner.json", "decoder.onnx", "encoder.onnx", "troupe.json"]);

  const image = (await png(pictures[5]!)).toString("base64");
  const chat = await model(`onnx:${name}`).load();
  const content = [{ type: "image_url", image_url: { url: `data:image/png;base64,${image}` } }];
  expect((await chat.invoke([{ role: "user", content }])).text).toBe("child child boat");
  await (chat as any).dispose();

  expect(await pull(name)).toEqual({ path, source: "cache", tried: [] });
  const weights = await readFile(join(path, "decoder.onnx"));
  weights[weights.length >> 1]! ^= 1;
  await writeFile(join(path, "decoder.onnx"), weights);
  expect(await readKept(name)).toEqual({ why: expect.stringContaining("its checksum differs") });
  await truncate(join(path, "decoder.onnx"), 1000);
  expect(await readKept(name)).toEqual({ why: expect.stringMatching(/has 1000 bytes of/) });
}, 300_000);

it("converts nothing that is not the known bytes", async () => {
  const others = join(cache, "others");
  await promisify(execFile)("cp", ["-r", tiny.folder, others]);
  await writeFile(join(others, "vocab.txt"), "[PAD]\n");
  await expect(pull(name, { path: others, sources: ["path"] })).rejects.toMatchObject({ code: "MODEL_CHECKSUM" });
});

it("runs nothing that a file of weights names", async () => {
  const script = `
import pickle, sys, zipfile
from pathlib import Path
sys.path.append(sys.argv[1])
from weight_files import read_torch

class Sly:
    def __reduce__(self):
        return eval, ("open(%r, 'w').close()" % sys.argv[2],)

with zipfile.ZipFile(sys.argv[3], "w") as archive:
    archive.writestr("weights/data.pkl", pickle.dumps({"a": Sly()}))
try:
    read_torch(Path(sys.argv[3]))
except pickle.UnpicklingError as error:
    print(error)
`;
  const harm = join(cache, "harm");
  const { stdout } = await promisify(execFile)(python, [
    "-I",
    "-B",
    "-c",
    script,
    join(pythonFile("weight_files.py"), ".."),
    harm,
    join(cache, "sly.bin"),
  ]);
  expect(stdout).toContain("weights have no use for builtins.eval");
  await expect(stat(harm)).rejects.toMatchObject({ code: "ENOENT" });
});
